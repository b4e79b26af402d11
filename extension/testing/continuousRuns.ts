import * as vscode from 'vscode';
import { findAffectedTests } from '../../server/protocol/testRequests.ts';
import type { Host } from '../commands/command.ts';
import type { TestSelection } from './testSelection.ts';

export interface WatchedTests {
  /** Ids of files' tests that are watched; undefined: all. */
  readonly isWatched: (folder: string, path: string) => boolean;
  readonly token: vscode.CancellationToken;
  /** Runs what a save affects; resolves with its end. */
  readonly run: (selection: TestSelection, why: string) => Promise<void>;
}

/** Runs the tests that a save can affect, until the person switches it off. Saves during a run are one run afterwards. */
export function watchSaves({ server, output }: Host, watched: WatchedTests): void {
  const saved = new Map<string, Set<string>>();
  let isRunning = false;
  const runSaved = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next = takeOne(saved); next && !watched.token.isCancellationRequested; next = takeOne(saved)) {
        const { folder, paths } = next;
        const affected = await server.request(findAffectedTests, { folder, paths });
        const tests = affected.paths.filter((path) => watched.isWatched(folder, path));
        if (tests.length > 0) await watched.run({ folder, paths: tests, ids: affected.ids }, affected.why);
      }
    } catch (error) {
      output.error(
        `Tests could not be run after a save: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      isRunning = false;
    }
  };
  const saves = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
    if (folder === undefined || uri.scheme !== 'file') return;
    saved.set(folder, (saved.get(folder) ?? new Set()).add(vscode.workspace.asRelativePath(uri, false)));
    void runSaved();
  });
  watched.token.onCancellationRequested(() => void saves.dispose());
}

function takeOne(
  saved: Map<string, Set<string>>,
): { readonly folder: string; readonly paths: readonly string[] } | undefined {
  const [first] = saved;
  if (!first) return undefined;
  const [folder, paths] = first;
  saved.delete(folder);
  return { folder, paths: [...paths] };
}
