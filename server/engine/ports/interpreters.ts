/** Finds the interpreter that a project's tests run with. */
export interface Interpreters {
  /**
   * Python: the wished one, `.venv` or `venv` of the folder, `VIRTUAL_ENV`, `uv run` if there is a `uv.lock`, `python3`. Node:
   * the wished one or `node`. The first argument is an absolute path.
   */
  find(request: InterpreterRequest, signal: AbortSignal): Promise<Interpreter>;
}

export interface InterpreterRequest {
  readonly language: 'python' | 'node';
  /** Absolute folder of the package. */
  readonly folder: string;
  /** A person's setting; empty when there is none. */
  readonly wish: string;
}

export type Interpreter =
  | { readonly kind: 'found'; readonly program: readonly [string, ...string[]]; readonly label: string }
  | { readonly kind: 'missing'; readonly message: string };
