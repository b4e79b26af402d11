import type { TestCase, TestRunOutcome, TraceFrame } from '../../../protocol/tests.ts';
import { neutralise } from '../../safety/neutralise.ts';
import type { PathMap } from '../runners/runner.ts';

const maxDetail = 8_000;

/** A report's text for screens and prompts: without escapes, bounded, its beginning and end kept. */
export function cleanDetail(text: string): string {
  const clean = neutralise(text);
  if (clean.length <= maxDetail) return clean;
  return `${clean.slice(0, maxDetail / 2)}\n… ${clean.length - maxDetail} characters left out …\n${clean.slice(-maxDetail / 2)}`;
}

/** The first line that says something, with what follows its colon: `Expected values to be strictly equal: 3 !== 4`. */
export function firstLine(text: string): string {
  const lines = cleanDetail(text)
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = 'failed', second] = lines;
  return first.endsWith(':') && second !== undefined && !second.startsWith('+ actual')
    ? `${first} ${second}`
    : first;
}

/** Each takes a whole line, since paths may hold anything; bounded, since a test chooses the text. */
const frameForms = [
  String.raw`\s*at (?:[^\n]{0,300}? \()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\n]{1,400}?):(\d{1,7}):\d{1,7}\)?(?: \{)?$`,
  String.raw`((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\n:]{1,400}):(\d{1,7})$`,
  String.raw`((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^\n:]{1,400}):(\d{1,7}):\d{1,7}: `,
  String.raw`[ \t]{0,20}(?:SyntaxError: )?((?:\/|[A-Za-z]:[\\/])[^\n:]{1,400}): [^\n]{1,300} \((\d{1,7}):\d{1,7}\)$`,
  String.raw`[ \t]{0,20}╭─\[ ([^\n:\]]{1,400}):(\d{1,7}):\d{1,7} \]$`,
  String.raw`((?:[A-Za-z]:)?[^\n:]{1,400}\.py):(\d{1,7}):`,
  String.raw`E?\s*File "([^"\n]{1,400})", line (\d{1,7})`,
];
const frame = new RegExp(`^(?:${frameForms.join('|')})`, 'gmu');
const maxTrace = 100_000;

/** Places inside the workspace that a trace names, in its order. */
export function readFrames(trace: string, paths: PathMap): readonly TraceFrame[] {
  const frames: TraceFrame[] = [];
  for (const [, ...groups] of trace.slice(-maxTrace).matchAll(frame)) {
    const [file = '', at = '1'] = groups.filter((group) => group !== undefined);
    const path = paths(file);
    const line = Math.max(0, Number(at) - 1);
    const known = frames.some((other) => other.path === path && other.line === line);
    if (path !== undefined && !known) frames.push({ path, line });
    if (frames.length === maxFrames) break;
  }
  return frames;
}

const maxFrames = 50;

/** Gives tests that share a name ids of their own, in order. */
export function withUniqueIds(tests: readonly TestCase[]): readonly TestCase[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const count = (seen.get(test.id) ?? 0) + 1;
    seen.set(test.id, count);
    return count === 1 ? test : { ...test, id: `${test.id}#${count}` };
  });
}

/** Holds a complete report against the exit code: they must agree, or nothing was shown. No tests show nothing either. */
export function agree(
  tests: readonly TestCase[],
  exitCode: number,
  run: { readonly ms: number; readonly output: string },
): TestRunOutcome {
  const red = tests.some((test) => test.status === 'failed' || test.status === 'errored');
  if (red === (exitCode !== 0) && tests.length > 0) return { kind: 'finished', tests, ms: run.ms };
  const message = red
    ? 'The report has failed tests, but the runner ended with success; the run is not believed. Run it again.'
    : `No test of the report failed, but the runner ended with code ${exitCode}. Look at its output.`;
  return { kind: 'noReport', message, output: cleanDetail(run.output) };
}
