/** One line of what our reporter for `node --test` writes. */
export interface NodeEvent {
  readonly type: string;
  readonly name?: string;
  readonly nesting?: number;
  readonly file?: string;
  readonly line?: number;
  readonly ms?: number;
  readonly kind?: string;
  readonly skip?: unknown;
  readonly todo?: unknown;
  readonly message?: string;
  /** Pairs of one-based line and count. */
  readonly lines?: readonly (readonly [number, number])[];
  /** Pairs of one-based line and count. */
  readonly branches?: readonly (readonly [number, number])[];
  readonly error?: NodeError;
}

export interface NodeError {
  readonly type?: string;
  readonly message: string;
  readonly stack: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** What ran may have written into its report: shapes are looked at before they are used. */
export function isNodeEvent(value: unknown): value is NodeEvent {
  if (!isRecord(value)) return false;
  const { type, nesting, error, lines, branches } = value;
  return (
    typeof type === 'string' &&
    hasOnly(value, ['name', 'file', 'message', 'kind'], 'string') &&
    hasOnly(value, ['line', 'ms'], 'number') &&
    (nesting === undefined ||
      (Number.isInteger(nesting) && Number(nesting) >= 0 && Number(nesting) < 1_000)) &&
    (error === undefined || isNodeError(error)) &&
    [lines, branches].every((pairs) => pairs === undefined || (Array.isArray(pairs) && pairs.every(isPair)))
  );
}

function isNodeError(value: unknown): boolean {
  return (
    isRecord(value) &&
    hasOnly(value, ['type', 'message', 'stack', 'expected', 'actual'], 'string') &&
    'message' in value &&
    'stack' in value
  );
}

function isPair(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((entry) => typeof entry === 'number');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys that are there are of the type. */
function hasOnly(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  type: 'string' | 'number',
): boolean {
  return keys.every((key) => value[key] === undefined || typeof value[key] === type);
}
