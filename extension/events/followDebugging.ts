import * as vscode from 'vscode';
import { debuggingChanged } from '../../server/protocol/requests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';

/** Tells the server whether a debug session is under way; also each server that starts meanwhile. */
export function followDebugging(server: ServerConnection): vscode.Disposable {
  const sessions = new Set(vscode.debug.activeDebugSession ? [vscode.debug.activeDebugSession.id] : []);
  let told = false;
  const tell = (): void => {
    const active = sessions.size > 0;
    if (active === told) return;
    told = active;
    server.notify(debuggingChanged, { active });
  };
  return vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession(({ id }) => {
      sessions.add(id);
      tell();
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => {
      sessions.delete(id);
      tell();
    }),
    server.onDidChangeState((state) => {
      if (state !== 'running') return;
      told = false;
      tell();
    }),
  );
}
