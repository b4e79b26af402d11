/** One line of `go test -json`. */
export interface GoEvent {
  readonly Action: string;
  readonly Package?: string;
  /** With the names of subtests behind slashes, which names may hold too. */
  readonly Test?: string;
  /** Seconds. */
  readonly Elapsed?: number;
  readonly Output?: string;
  /** Of `build-output` and `build-fail`, Go 1.24 and newer. */
  readonly ImportPath?: string;
  /** The `ImportPath` whose build failed. */
  readonly FailedBuild?: string;
}

/** What was printed: events in their order, and what stood between them. */
export interface GoOutput {
  readonly events: readonly GoEvent[];
  /** Lines that are no events: before Go 1.24, what the compiler said. */
  readonly said: string;
  /** The last line was cut, or one in the middle is garbled. */
  readonly isBroken: boolean;
}

export function parseGoOutput(text: string): GoOutput {
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const events: GoEvent[] = [];
  const said: string[] = [];
  let isBroken = rest.trim() !== '';
  for (const line of lines) {
    const event = line.startsWith('{"') ? parseEvent(line) : undefined;
    if (event !== undefined) events.push(event);
    else if (line.startsWith('{"')) isBroken = true;
    else said.push(line);
  }
  return { events, said: said.join('\n'), isBroken };
}

/** undefined: the line is none. */
export function parseEvent(line: string): GoEvent | undefined {
  try {
    const event: unknown = JSON.parse(line);
    return isGoEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** What ran may have printed such lines itself: shapes are looked at before they are used. */
function isGoEvent(value: unknown): value is GoEvent {
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  const texts = ['Package', 'Test', 'Output', 'ImportPath', 'FailedBuild'];
  return (
    typeof entries.get('Action') === 'string' &&
    texts.every((key) => ['string', 'undefined'].includes(typeof entries.get(key))) &&
    ['number', 'undefined'].includes(typeof entries.get('Elapsed'))
  );
}
