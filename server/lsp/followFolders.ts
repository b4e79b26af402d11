import {
  FileChangeType,
  type Connection,
  type DidChangeWatchedFilesParams,
  type FileEvent,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import type { Log } from '../engine/ports/log.ts';
import type { PathChanges } from '../engine/rules/globs/folderPaths.ts';
import { isRulePath } from '../engine/rules/rulePaths.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';
import { tellDiskChanges } from './events/tellEvents.ts';
import type { Folders } from './folders.ts';
import { logFailures } from './logFailures.ts';
import { showRuleProblems } from './ruleProblems.ts';
import { createTurns } from './turns.ts';

export interface FollowFoldersParts {
  readonly connection: Connection;
  readonly engine: Engine;
  readonly folders: Folders;
  readonly diagnostics: DiagnosticsPublisher;
  readonly log: Log;
  /** The rules of a folder are others now: what depends on them is checked again. */
  readonly onRulesChanged: () => void;
  /** A folder has other files now, or it is known at last which it has. */
  readonly onFilesChanged: () => void;
}

export interface FollowedFolders {
  /** Opens the folders that the editor named at the start. */
  start(): void;
  /** Reads these files again, if they are rules or rules include them, and shows the problems of what they concern. Never rejects. */
  reload(root: string, paths: readonly string[] | 'all'): Promise<void>;
  /** Shows the problems of all rule files again, since what is shown may be another choice now. */
  showProblems(): void;
  stop(): void;
}

/** Rule files whose problems are looked at in one turn of the event loop, when files came or went. */
const filesOfTurn = 25;
/** How long such a look at all of them leaves the next to wait, in milliseconds. */
const restMs = 1_000;

/** Keeps the engine's folders and rules as the workspace has them. */
export function followFolders(parts: FollowFoldersParts): FollowedFolders {
  const { connection, engine, folders, diagnostics, log, onRulesChanged, onFilesChanged } = parts;
  const lifetime = new AbortController();
  const publish = (root: string, paths?: Iterable<string>): boolean => {
    if (lifetime.signal.aborted || !folders.has(root)) return false;
    showRuleProblems(parts, root, paths);
    return true;
  };
  const publishAfter = async (
    root: string,
    work: Promise<ReadonlySet<string> | undefined | void>,
  ): Promise<void> => {
    let affected: ReadonlySet<string> | undefined;
    try {
      affected = (await work) ?? undefined;
    } catch (error) {
      if (!lifetime.signal.aborted) log.error(`The rules of ${root} cannot be read: ${String(error)}`);
    }
    if (affected?.size !== 0 && publish(root, affected)) onRulesChanged();
  };
  /** A glob may match other files now. */
  const followPaths = async (root: string, changes: PathChanges): Promise<void> => {
    if (await engine.pathsChanged(root, changes, lifetime.signal)) publishInTurns(root);
  };
  const turns = createTurns();
  /** What is still to be shown anew, by folder; `again`: something changed meanwhile, which concerns all once more. */
  const passes = new Map<string, { readonly left: Set<string>; again: boolean }>();
  /** A part at a time, since there may be thousands, and files come and go all the time. */
  const publishInTurns = (root: string): void => {
    const pass = passes.get(root);
    if (pass) {
      pass.again = true;
      return;
    }
    const paths = engine
      .ruleCatalog(root, 'typed')
      ?.documents()
      .map(({ path }) => path);
    passes.set(root, { left: new Set(paths), again: false });
    turns.add(() => publishPart(root));
  };
  const publishPart = (root: string): void => {
    const pass = passes.get(root);
    const part = [...(pass?.left ?? [])].slice(0, filesOfTurn);
    for (const path of part) pass?.left.delete(path);
    const isOpen = publish(root, part);
    if (isOpen && pass && pass.left.size > 0) return void turns.add(() => publishPart(root));
    passes.delete(root);
    if (!isOpen) return;
    onFilesChanged();
    if (pass?.again === true) setTimeout(() => publishInTurns(root), restMs).unref();
  };
  const open = async (root: string): Promise<void> => {
    await publishAfter(root, engine.openFolder(root, lifetime.signal));
    await countFiles(root);
  };
  /** Only with the files of the folder can it be said what globs match; without globs nobody needs them. */
  const countFiles = async (root: string): Promise<void> => {
    if (!engine.ruleDocuments(root).some(({ file }) => file.globs.length > 0)) return;
    try {
      await engine.workspacePaths(root)?.load(lifetime.signal);
      if (publish(root)) onFilesChanged();
    } catch (error) {
      if (!lifetime.signal.aborted) log.error(`The files of ${root} cannot be listed: ${String(error)}`);
    }
  };
  const reload = (root: string, paths: readonly string[] | 'all'): Promise<void> =>
    publishAfter(root, engine.reloadRules(root, paths, lifetime.signal));

  const followChanges = async ({ changes }: DidChangeWatchedFilesParams): Promise<void> => {
    const changed = changedRules(changes, parts);
    const comeOrGone = changedPaths(changes, folders);
    // First, while it is known still which files there were.
    const told = tellDiskChanges(parts, changes);
    const reloaded = [...changed].map(([root, paths]) => reload(root, paths));
    const followed = [...comeOrGone].map(([root, paths]) => followPaths(root, paths));
    await Promise.all([told, ...reloaded, ...followed]);
  };
  connection.onDidChangeWatchedFiles(logFailures(log, 'Changes of files', followChanges));
  const followRoots = async ({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> => {
    for (const folder of removed) {
      const root = folders.remove(folder.uri);
      if (root === undefined) continue;
      engine.closeFolder(root);
      diagnostics.forgetFolder(root);
    }
    const roots = added.flatMap((folder) => folders.add(folder.uri) ?? []);
    await Promise.all(roots.map(open));
  };
  return {
    reload,
    showProblems() {
      for (const root of folders.roots()) publish(root);
    },
    start() {
      for (const root of folders.roots()) void open(root);
      const changeRoots = logFailures(log, 'A change of the folders', followRoots);
      connection.workspace.onDidChangeWorkspaceFolders(changeRoots);
    },
    stop: () => lifetime.abort(),
  };
}

/** What came or went, by every folder that it lies in: one may lie in another. */
function changedPaths(changes: readonly FileEvent[], folders: Folders): ReadonlyMap<string, PathChanges> {
  const changed = new Map<string, { readonly created: string[]; readonly deleted: string[] }>();
  for (const { uri, type } of changes) {
    for (const { root, path } of folders.places(uri)) {
      const known = changed.get(root) ?? { created: [], deleted: [] };
      changed.set(root, known);
      if (type === FileChangeType.Deleted) known.deleted.push(path);
      else if (type === FileChangeType.Created || /(?:^|\/)\.gitignore$/.test(path)) known.created.push(path);
    }
  }
  return changed;
}

/** What is to be read again, by folder. The editor tells of a folder that came or went, not of the files in it. */
function changedRules(
  changes: readonly FileEvent[],
  { engine, folders }: FollowFoldersParts,
): ReadonlyMap<string, readonly string[] | 'all'> {
  const changed = new Map<string, string[] | 'all'>();
  const gone = new Map<string, Set<string>>();
  for (const { uri, type } of changes) {
    const placed = folders.place(uri);
    if (!placed) continue;
    const { root, path } = placed;
    const known = changed.get(root) ?? [];
    // Any file may be one that a rule includes or looks for.
    changed.set(root, known === 'all' ? known : [...known, path]);
    if (isRulePath(path)) continue;
    if (type === FileChangeType.Created && mayHoldRules(path)) changed.set(root, 'all');
    else if (type === FileChangeType.Deleted) gone.set(root, (gone.get(root) ?? new Set()).add(path));
  }
  for (const [root, paths] of gone) {
    const known = changed.get(root) ?? [];
    const below = known === 'all' ? [] : rulesBelow(engine, root, paths);
    if (known !== 'all' && below.length > 0) changed.set(root, [...known, ...below]);
  }
  return changed;
}

/** Whether a path that no rule file has may be a folder with rules in it. Names of folders rarely hold a dot. */
function mayHoldRules(path: string): boolean {
  if (/(?:^|\/)(?:\.git|\.codegen-lab|node_modules|\.venv|__pycache__)(?:\/|$)/.test(path)) return false;
  // Builds write names without a dot all the time.
  if (/(?:^|\/)(?:dist|build|out|target|coverage)\//.test(path)) return false;
  return /(?:^|\/)\.cursor(?:\/|$)/.test(path) || !/[^/]\.[^/]*$/.test(path);
}

function rulesBelow(engine: Engine, root: string, gone: ReadonlySet<string>): readonly string[] {
  const paths = engine.ruleDocuments(root).map((document) => document.path);
  return paths.filter((path) => {
    const names = path.split('/');
    return names.some((_, index) => gone.has(names.slice(0, index).join('/')));
  });
}
