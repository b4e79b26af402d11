/** What reading one file came to. */
export type FileRead =
  /** `text` is the exact content: a BOM, CRLF and a missing final newline are in it. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  /** Not UTF-8, or it holds NUL. */
  | { readonly kind: 'binary' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * The files of workspace folders. `root` is a folder's absolute path, opaque to the engine; every `path` is relative
 * to it with `/`, and never leaves it: a path that does, or a symlink that leads out, reads as `unreadable`.
 */
export interface Files {
  /** Reads at most `maxBytes` (default 1 MiB). Never throws for what the disk holds. */
  read(root: string, path: string, signal: AbortSignal, maxBytes?: number): Promise<FileRead>;
  /**
   * Files that version control does not ignore; without git all but dependency and build folders. Sorted. `within`:
   * only these files and what lies in these folders; one that is not there is no fault. `gone`: whether files that
   * version control still knows and that are deleted may stand among them, which is faster, for who looks at each anyway.
   */
  list(
    root: string,
    signal: AbortSignal,
    within?: readonly string[],
    gone?: 'leftOut' | 'mayStand',
  ): Promise<readonly string[]>;
  /** Rule files only (`.mdc`, `.mdc.md`, `RULE.md`, `.cursorrules`), ignored ones included, dependency folders not. Sorted. */
  listRules(root: string, signal: AbortSignal): Promise<readonly string[]>;
  /** The first symbolic link on the way to `path`, the file itself included, relative to the folder; undefined: none. */
  linkTo(root: string, path: string, signal: AbortSignal): Promise<string | undefined>;
  exists(root: string, path: string, signal: AbortSignal): Promise<boolean>;
}
