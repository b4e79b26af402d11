/** What `cargo test` printed, taken apart. */
export interface CargoOutput {
  readonly targets: readonly CargoTarget[];
  /** What the compiler found, first to last. */
  readonly errors: readonly CompilerError[];
}

/** One test binary, or the documentation tests of a crate. */
export interface CargoTarget {
  /** Its root, relative to the crate, such as `src/lib.rs`; undefined for documentation tests. */
  readonly root: string | undefined;
  /** As `running 3 tests` says; undefined: it did not come so far. */
  readonly announced: number | undefined;
  readonly results: readonly LibtestResult[];
  /** What red tests printed, by name. */
  readonly told: ReadonlyMap<string, string>;
  /** Whether it came to its `test result:`. */
  readonly isWhole: boolean;
  /** What cargo said of a binary that ended by itself. */
  readonly cause: string;
}

export interface LibtestResult {
  readonly name: string;
  readonly status: 'ok' | 'FAILED' | 'ignored';
}

export interface CompilerError {
  readonly message: string;
  /** Relative to the crate or the folder where cargo ran. */
  readonly path: string | undefined;
  /** Zero-based. */
  readonly line: number;
  /** With the source lines that the compiler shows. */
  readonly text: string;
}

const running = /^ {5}Running (?:unittests )?(.+?) \(.+\)$/u;
const docTests = /^ {3}Doc-tests \S/u;
const result =
  /^test (.+?)(?: - should panic)?(?: - compile(?: fail)?)? \.\.\. (ok|FAILED|ignored)(?:, .*)?$/u;
const told = /^---- (.+) stdout ----$/u;

interface OpenTarget {
  root: string | undefined;
  announced: number | undefined;
  results: LibtestResult[];
  told: Map<string, string>;
  isWhole: boolean;
  cause: string;
}

/** Never throws; lines that mean nothing here are passed over. */
export function parseCargoOutput(text: string): CargoOutput {
  const targets: OpenTarget[] = [];
  let target: OpenTarget | undefined;
  let failing: string | undefined;
  for (const line of text.split('\n')) {
    const [, root] = running.exec(line) ?? [];
    // The words of a failing test end with the list of all that failed, whatever it printed.
    if (failing === undefined && (root !== undefined || docTests.test(line))) {
      target = { root, announced: undefined, results: [], told: new Map(), isWhole: false, cause: '' };
      targets.push(target);
      continue;
    }
    if (target === undefined) continue;
    if (target.isWhole) {
      if (line.startsWith('error: ')) target = undefined;
      continue;
    }
    failing = readLine(target, line, failing);
  }
  return { targets, errors: readErrors(text) };
}

/** The test whose words the next line may be; undefined: none. */
function readLine(target: OpenTarget, line: string, failing: string | undefined): string | undefined {
  const [, started] = told.exec(line) ?? [];
  const isRed = target.results.some(({ name, status }) => name === started && status === 'FAILED');
  if (started !== undefined && isRed && !target.told.has(started)) {
    target.told.set(started, '');
    return started;
  }
  if (failing !== undefined && line !== 'failures:') {
    target.told.set(failing, `${target.told.get(failing) ?? ''}${line}\n`);
    return failing;
  }
  const [, announced] = /^running (\d+) tests?$/u.exec(line) ?? [];
  if (announced !== undefined) target.announced = Number(announced);
  const [, name, status] = result.exec(line) ?? [];
  if (name !== undefined && (status === 'ok' || status === 'FAILED' || status === 'ignored'))
    target.results.push({ name, status });
  if (/^test result: (?:ok|FAILED)\. .*; finished in [\d.]+s$/u.test(line)) target.isWhole = true;
  if (/process didn't exit successfully: /u.test(line)) target.cause = line.trim();
  return undefined;
}

/** `error[E0308]: mismatched types`, its place below it, and the lines up to the next blank one. */
function readErrors(text: string): readonly CompilerError[] {
  const errors: CompilerError[] = [];
  const form =
    /^error(?:\[E\d+\])?: (.+)\n(?: *--> (.+?):(\d+):\d+\n)?((?: *(?:\d+ )?\|.*\n| *= .*\n|\.\.\.\n)*)/gmu;
  for (const [whole, message = '', path, line = '1', shown = ''] of text.matchAll(form)) {
    if (
      path === undefined &&
      shown === '' &&
      !/^(?:could not compile|failed to|no matching|.*manifest)/u.test(message)
    )
      continue;
    errors.push({ message, path, line: Math.max(0, Number(line) - 1), text: whole });
  }
  return errors;
}
