/** One line of what our reporters for vitest, jest and mocha write (`packageReporters.ts`). */
export interface PackageEvent {
  /**
   * `start`: a file or a test has begun. `test`: it has ended. `suite`, `file`: what failed outside of a test. `error`: what
   * failed outside of any file. `end`: the last line.
   */
  readonly type: string;
  /** Absolute. */
  readonly file?: string;
  readonly suites?: readonly string[];
  readonly name?: string;
  /** One-based. */
  readonly line?: number;
  readonly status?: string;
  readonly ms?: number;
  /** How often the runner itself ran it again. */
  readonly retries?: number;
  /** Of a file: whether its tests were collected before it failed. */
  readonly loaded?: boolean;
  readonly errors?: readonly PackageError[];
  /** Of the last line: how many there are, itself included. */
  readonly lines?: number;
}

export interface PackageError {
  readonly name?: string;
  readonly message: string;
  readonly stack: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** What ran may have written into its report: shapes are looked at before they are used. */
export function isPackageEvent(value: unknown): value is PackageEvent {
  if (!isRecord(value)) return false;
  const { type, suites, errors } = value;
  return (
    typeof type === 'string' &&
    hasOnly(value, ['file', 'name', 'status'], 'string') &&
    hasOnly(value, ['line', 'ms', 'retries', 'lines'], 'number') &&
    hasOnly(value, ['loaded'], 'boolean') &&
    (suites === undefined || isListOf(suites, (entry) => typeof entry === 'string')) &&
    (errors === undefined || isListOf(errors, isPackageError))
  );
}

function isPackageError(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value['message'] === 'string' &&
    typeof value['stack'] === 'string' &&
    hasOnly(value, ['name', 'expected', 'actual'], 'string')
  );
}

const maxEntries = 1_000;

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length <= maxEntries && value.every(isEntry);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that are there are of the type. */
function hasOnly(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  type: 'string' | 'number' | 'boolean',
): boolean {
  return keys.every((key) => value[key] === undefined || typeof value[key] === type);
}
