import type { TestCase } from '../../protocol/tests.ts';
import { fenceText, showName } from './fenceText.ts';
import { removeMachine } from './removeMachine.ts';

const maxShown = 8;
const maxNamed = 30;
const maxDetail = 1_800;
const maxValue = 600;
const maxOutput = 4_000;

/**
 * Red tests as data, the first ones with their reasons, the next ones by name. `roots`: absolute folders that stand for the
 * workspace folder.
 */
export function renderFailures(failed: readonly TestCase[], roots: readonly string[]): readonly string[] {
  const shown = failed.slice(0, maxShown).map((test, index) => renderFailure(test, index, roots));
  const others = failed.slice(maxShown, maxShown + maxNamed).map((test) => `- ${nameOf(test)}`);
  return [...shown, ...(others.length === 0 ? [] : [['Failed too:', ...others].join('\n')])];
}

/** What a program printed as data; nothing where it printed nothing. */
export function renderOutput(output: string, roots: readonly string[]): readonly string[] {
  if (output.trim() === '') return [];
  return [fenceText(cut(trimLines(removeMachine(output, roots)), maxOutput), 'text')];
}

/** Lines of a reason as data. */
export function renderDetail(text: string): string {
  return fenceText(cut(text, maxDetail), 'text');
}

function renderFailure(test: TestCase, index: number, roots: readonly string[]): string {
  const place =
    test.path === undefined
      ? ''
      : ` (${showName(test.path)}${test.line === undefined ? '' : `, line ${test.line + 1}`})`;
  const body = cut(trimLines(removeMachine(describeFailure(test), roots)), maxDetail);
  return `${index + 1}. ${nameOf(test)}${place}\n${fenceText(body, 'text')}`;
}

/** Expected and actual values where the runner gives them; else its text, which holds them. */
function describeFailure({ failure }: TestCase): string {
  if (failure === undefined) return 'The runner gives no reason.';
  const { message, expected, actual, detail, frames } = failure;
  const trace = frames.slice(0, 6).map((frame) => `at ${frame.path}, line ${frame.line + 1}`);
  if (expected === undefined && actual === undefined)
    return [...(detail.includes(message) ? [] : [message]), detail, ...trace].join('\n');
  return [
    message,
    `expected: ${cut(expected ?? '(not given)', maxValue)}`,
    `actual: ${cut(actual ?? '(not given)', maxValue)}`,
    ...trace,
  ].join('\n');
}

function nameOf(test: TestCase): string {
  return showName([...test.suites, test.name].join(' > ').slice(0, 300));
}

/** The beginning and the end, as the reason may stand in either. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most * 0.6);
  return `${text.slice(0, head).toWellFormed()}\n[… ${text.length - most} characters left out …]\n${text.slice(text.length - (most - head)).toWellFormed()}`;
}

/** Without blank lines at the beginning and the end; indentation stays. */
function trimLines(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}
