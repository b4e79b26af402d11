import type { Disposable, TreeView } from 'vscode';
import type { ServerConnection } from '../server/serverConnection.ts';
import { startServer } from '../server/startWhenConcerned.ts';

/** Who opens a view wants to see what there is, also in a window without rules. */
export function startWhenSeen(view: TreeView<unknown>, server: ServerConnection): Disposable {
  if (view.visible) setImmediate(() => startServer(server));
  return view.onDidChangeVisibility(({ visible }) => {
    if (visible) startServer(server);
  });
}
