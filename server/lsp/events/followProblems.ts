import type { Connection } from 'vscode-languageserver/node';
import { debuggingChanged, problemsChanged, problemsWanted } from '../../protocol/requests.ts';
import { logFailures } from '../logFailures.ts';
import type { TellEventsParts } from './tellEvents.ts';

export interface FollowProblemsParts extends TellEventsParts {
  readonly connection: Connection;
}

const neverAborted = new AbortController().signal;

/**
 * Lets rules fire on problems that other extensions report, and keeps quiet while somebody debugs. Returns what is to be
 * called when rules may be others: the editor sends problems only while a rule fires on them.
 */
export function followProblems({ connection, engine, folders, log }: FollowProblemsParts): () => void {
  let told = false;
  const followFile = async ({ uri }: { readonly uri: string }): Promise<void> => {
    const placed = folders.place(uri);
    if (placed) await engine.problemsChanged(placed.root, placed.path, neverAborted);
  };
  connection.onNotification(problemsChanged.method, logFailures(log, 'The problems of a file', followFile));
  connection.onNotification(debuggingChanged.method, ({ active }: { readonly active: boolean }) =>
    engine.setDebugging(active),
  );
  return () => {
    const wanted = engine.listensTo('problems');
    if (wanted === told) return;
    told = wanted;
    void connection.sendNotification(problemsWanted.method, { wanted });
  };
}
