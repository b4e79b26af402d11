import * as vscode from 'vscode';
import { problemsChanged, problemsWanted } from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import { problemsKey } from './problemsKey.ts';

/** How long the problems of a file must stay as they are, in milliseconds: language servers send them in parts. */
const settleMs = 500;

/** Tells the server of files whose problems changed and settled, as long as some rule fires on that. */
export function followProblems(server: ServerConnection): vscode.Disposable {
  let following: vscode.Disposable | undefined;
  const stop = (): void => {
    following?.dispose();
    following = undefined;
  };
  server.onNotification(problemsWanted, ({ wanted }) => {
    stop();
    if (wanted) following = follow(server);
  });
  return { dispose: stop };
}

function follow(server: ServerConnection): vscode.Disposable {
  const timers = new Map<string, NodeJS.Timeout>();
  const known = new Map(
    vscode.languages.getDiagnostics().map(([uri, problems]) => [uri.toString(), problemsKey(problems)]),
  );
  const settle = (uri: vscode.Uri): void => {
    const name = uri.toString();
    timers.delete(name);
    const key = problemsKey(vscode.languages.getDiagnostics(uri));
    if (key === (known.get(name) ?? problemsKey([]))) return;
    known.set(name, key);
    server.notify(problemsChanged, { uri: name });
  };
  const listening = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
    for (const uri of uris) {
      if (uri.scheme !== 'file') continue;
      const name = uri.toString();
      clearTimeout(timers.get(name));
      timers.set(
        name,
        setTimeout(() => settle(uri), settleMs),
      );
    }
  });
  return {
    dispose() {
      listening.dispose();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
