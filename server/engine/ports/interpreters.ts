/** Finds the interpreter that a project's tests run with. */
export interface Interpreters {
  /**
   * Python: the wished one, `.venv` or `venv` of the folder, `VIRTUAL_ENV`, `uv run` if there is a `uv.lock`, `python3`. Node:
   * the wished one or `node`, with the program of a package relative to the folder. Others: the language's own tool. The
   * first argument is an absolute path.
   */
  find(request: InterpreterRequest, signal: AbortSignal): Promise<Interpreter>;
}

/** Names what is looked for. */
export type RunnerLanguage = 'python' | 'node' | 'go' | 'rust' | 'java';

export interface InterpreterRequest {
  readonly language: RunnerLanguage;
  /** Absolute; nothing above it is looked at. */
  readonly root: string;
  /** The npm package whose program is wanted, run by Node; found in `node_modules` of the folder or above it. */
  readonly npmPackage?: string;
  /** Absolute folder of the package. */
  readonly folder: string;
  /** A person's setting; empty when there is none. */
  readonly wish: string;
}

export type Interpreter =
  | { readonly kind: 'found'; readonly program: readonly [string, ...string[]]; readonly label: string }
  | { readonly kind: 'missing'; readonly message: string };
