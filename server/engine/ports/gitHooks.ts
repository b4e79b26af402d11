/** The hook that git runs before each commit, and where it is kept. */
export interface GitHooks {
  /** Where the hook of a folder's repository is kept. Never rejects. */
  find(root: string, signal: AbortSignal): Promise<FoundHook>;
  /** Writes a hook that `find` found, so that git can run it; undefined removes its file. Resolves to what went wrong. */
  write(place: HookFile, text: string | undefined): Promise<string | undefined>;
}

export type FoundHook =
  | { readonly kind: 'file'; readonly place: HookFile }
  /** A program that writes git's hooks anew from a file of its own, which people write. */
  | {
      readonly kind: 'managed';
      readonly by: 'lefthook' | 'pre-commit';
      readonly path: string;
      readonly text: string;
    }
  /** A sentence: there is no git, no repository, or hooks that are not this repository's alone. */
  | { readonly kind: 'failed'; readonly message: string };

export interface HookFile {
  /** Whose file it is. */
  readonly by: 'git' | 'husky';
  /** Absolute. */
  readonly path: string;
  /** The folder above it, absolute, below which no link is followed. */
  readonly within: string;
  /** undefined when there is none. */
  readonly text: string | undefined;
  /** The workspace folder as seen from where git runs the hook, with `/`; empty when it is the same. */
  readonly folder: string;
}
