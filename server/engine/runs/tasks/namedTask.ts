/** Where a task was found. */
export type TaskKind = 'vscode' | 'npm' | 'make' | 'just' | 'pyproject';

/** One command of a task; `folder` is relative to the workspace folder. */
export interface TaskCommand {
  readonly argv: readonly [string, ...string[]];
  readonly display: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A task by its name, as it can be run without an editor. */
export interface NamedTask {
  readonly kind: TaskKind;
  readonly name: string;
  /** What it runs, as its file says it: the approval of a rule is bound to that. */
  readonly text: string;
  /** In the order in which they run; or why this task cannot be run here, as a sentence. */
  readonly run: TaskRun;
  /** Matchers that its definition names. */
  readonly matchers: readonly unknown[];
}

export type TaskRun = { readonly commands: readonly TaskCommand[] } | { readonly obstacle: string };

/** The text of a file of the workspace folder; undefined if there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** A path in a folder; the folder may be the workspace folder itself, which is empty. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
