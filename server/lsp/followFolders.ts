import { FileChangeType, type Connection, type FileEvent } from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import type { Log } from '../engine/ports/log.ts';
import { ruleFindings } from '../engine/rules/ruleFindings.ts';
import { isRulePath } from '../engine/rules/rulePaths.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import type { Folders } from './folders.ts';

export interface FollowFoldersParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly folders: Folders;
  readonly diagnostics: DiagnosticsPublisher;
  readonly log: Log;
  /** The rules of a folder are others now: what depends on them is checked again. */
  readonly onRulesChanged: () => void;
}

export interface FollowedFolders {
  /** Opens the folders that the editor named at the start. */
  start(): void;
  /** Reads these rule files again and shows their problems. Never rejects. */
  reload(root: string, paths: readonly string[] | 'all'): Promise<void>;
  stop(): void;
}

/** Keeps the engine's folders and rules as the workspace has them. */
export function followFolders(parts: FollowFoldersParts): FollowedFolders {
  const { connection, engine, folders, diagnostics, log, onRulesChanged } = parts;
  const lifetime = new AbortController();
  const publishAfter = async (root: string, work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!lifetime.signal.aborted) log.error(`The rules of ${root} cannot be read: ${String(error)}`);
    }
    if (lifetime.signal.aborted || !folders.has(root)) return;
    const findings = engine.ruleDocuments(root).flatMap((document) => ruleFindings(document));
    diagnostics.setFolder('rules', root, findings);
    onRulesChanged();
  };
  const open = (root: string): Promise<void> => publishAfter(root, engine.openFolder(root, lifetime.signal));
  const reload = (root: string, paths: readonly string[] | 'all'): Promise<void> =>
    publishAfter(root, engine.reloadRules(root, paths, lifetime.signal));

  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    const changed = changedRules(changes, parts);
    await Promise.all([...changed].map(([root, paths]) => reload(root, paths)));
  });
  return {
    reload,
    start() {
      for (const root of folders.roots()) void open(root);
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        for (const folder of removed) {
          const root = folders.remove(folder.uri);
          if (root === undefined) continue;
          engine.closeFolder(root);
          diagnostics.forgetFolder(root);
        }
        const roots = added.flatMap((folder) => folders.add(folder.uri) ?? []);
        await Promise.all(roots.map(open));
      });
    },
    stop: () => lifetime.abort(),
  };
}

/** What is to be read again, by folder. The editor tells of a folder that came or went, not of the files in it. */
function changedRules(
  changes: readonly FileEvent[],
  { engine, folders }: FollowFoldersParts,
): ReadonlyMap<string, readonly string[] | 'all'> {
  const changed = new Map<string, string[] | 'all'>();
  for (const { uri, type } of changes) {
    const placed = folders.place(uri);
    if (!placed) continue;
    const { root, path } = placed;
    const known = changed.get(root) ?? [];
    if (known === 'all') continue;
    if (isRulePath(path)) changed.set(root, [...known, path]);
    else if (type === FileChangeType.Created) changed.set(root, 'all');
    else if (type === FileChangeType.Deleted)
      changed.set(root, [...known, ...rulesBelow(engine, root, path)]);
  }
  return changed;
}

function rulesBelow(engine: Engine, root: string, folder: string): readonly string[] {
  const paths = engine.ruleDocuments(root).map((document) => document.path);
  return paths.filter((path) => path.startsWith(`${folder}/`));
}
