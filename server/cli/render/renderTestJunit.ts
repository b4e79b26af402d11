import type { TestCase, TestRunOutcome, TestsNotRun } from '../../protocol/tests.ts';
import { plainLine } from './plainText.ts';

/**
 * Test results as a JUnit report: suites nest as the tests do, and files and lines stand where pytest writes them, lines counted
 * from zero. What kept the tests from ending, or a file of them from running, is one case with an error, so that the report is
 * red where the exit code is.
 */
export function renderTestJunit(outcome: TestRunOutcome, notRun: readonly TestsNotRun[] = []): string {
  const tests =
    outcome.kind === 'finished' ? [...outcome.tests, ...notRun.flatMap(absent)] : [unfinished(outcome)];
  const content = renderSuite({ name: '', tests, depth: 0 });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="codegen-lab" ${countsOf(tests)}>\n${content}</testsuites>\n`;
}

function unfinished(outcome: Exclude<TestRunOutcome, { readonly kind: 'finished' }>): TestCase {
  const message = 'message' in outcome ? outcome.message : 'Stopped.';
  const detail = outcome.kind === 'noReport' && outcome.output !== '' ? outcome.output : message;
  return {
    ...{ id: outcome.kind, name: `The tests did not end: ${outcome.kind}`, suites: [], ms: 0 },
    ...{ status: 'errored', failure: { message, detail, frames: [] } },
  };
}

/** No runner is known: nobody can tell whether these are tests at all. */
function absent({ why, paths, message }: TestsNotRun): readonly TestCase[] {
  return paths.map((path) => ({
    ...{ id: `notRun::${path}`, name: 'These tests did not run', suites: [], path, ms: 0 },
    ...(why === 'noProgram'
      ? { status: 'errored', failure: { message, detail: message, frames: [] } }
      : { status: 'skipped' }),
  }));
}

function countsOf(tests: readonly TestCase[]): string {
  const count = (status: TestCase['status']): number => tests.filter((test) => test.status === status).length;
  const seconds = tests.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
  return `tests="${tests.length}" failures="${count('failed')}" errors="${count('errored')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`;
}

interface Suite {
  readonly name: string;
  readonly tests: readonly TestCase[];
  /** How many of a test's suites stand around this one. */
  readonly depth: number;
}

function renderSuite({ name, tests, depth }: Suite): string {
  const inner = new Map<string, TestCase[]>();
  const own: TestCase[] = [];
  for (const test of tests) {
    const next = isPython(test) ? undefined : test.suites[depth];
    const known = next === undefined ? own : inner.get(next);
    if (known !== undefined) known.push(test);
    else if (next !== undefined) inner.set(next, [test]);
  }
  const suites = [...inner].map(([next, each]) => renderSuite({ name: next, tests: each, depth: depth + 1 }));
  return `<testsuite name="${escape(name)}" ${countsOf(tests)}>\n${own.map(renderCase).join('')}${suites.join('')}</testsuite>\n`;
}

function isPython({ path }: TestCase): boolean {
  return path?.endsWith('.py') === true;
}

function renderCase(test: TestCase): string {
  const { name, path, line, ms } = test;
  const at = line === undefined ? '' : ` line="${line}"`;
  const place = path === undefined ? '' : ` file="${escape(path)}"${at}`;
  const time = `time="${(ms / 1_000).toFixed(3)}"`;
  const open = `<testcase classname="${escape(classOf(test))}" name="${escape(name)}"${place} ${time}`;
  const inside = outcomeOf(test);
  return inside === '' ? `${open}/>\n` : `${open}>${inside}</testcase>\n`;
}

/** As pytest has it: the module with dots, then the classes. */
function classOf(test: TestCase): string {
  const { path = '', suites } = test;
  const module = isPython(test) ? path.replace(/\.py$/u, '').split('/') : path === '' ? [] : [path];
  return [...module, ...suites].join('.');
}

function outcomeOf({ status, failure }: TestCase): string {
  const message = plainLine(failure?.message ?? '');
  const text = escapeText(failure?.detail ?? '');
  switch (status) {
    case 'passed':
      return '';
    case 'skipped':
      return '<skipped/>';
    case 'flaky':
      return `<system-out>${escapeText(`It failed and then passed: ${message}`)}\n${text}</system-out>`;
    case 'failed':
      return `<failure message="${escape(message)}">${text}</failure>`;
    case 'errored':
      return `<error message="${escape(message)}">${text}</error>`;
  }
}

/** In an attribute, space of any kind is one blank unless it is written by number. */
function escape(text: string): string {
  return escapeText(text).replaceAll(/["\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** No XML document can hold these characters, not even by number. */
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

function escapeText(text: string): string {
  return text
    .replace(forbidden, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
