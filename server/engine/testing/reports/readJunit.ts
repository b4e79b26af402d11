import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import type { TestCase, TestFailure } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

/**
 * Reads JUnit XML: pytest's (`junit_family=xunit1`: with file and line), and others that name suites by nesting. undefined:
 * it is not whole, or not such a report.
 */
export function readJunit(text: string, paths: PathMap): readonly TestCase[] | undefined {
  const trimmed = text.trim();
  if (!/<\/testsuites?>$/u.test(trimmed)) return undefined;
  const root = readRoot(trimmed);
  if (root === undefined) return undefined;
  const tests = [...casesOf([root], [], paths)];
  // pytest leaves a test without a name where the run was ended from within, whatever the exit code says.
  return tests.every((test) => test.name !== '') ? withUniqueIds(tests) : undefined;
}

/** undefined: it is no whole document. Types of documents, and with them entities of its own, are refused. */
function readRoot(text: string): XmlElement | undefined {
  if (text.includes('<!DOCTYPE')) return undefined;
  try {
    return parseXml(withoutForbidden(text), { ignoreUndefinedEntities: true }).root ?? undefined;
  } catch {
    return undefined;
  }
}

/** Runners write what a test printed as it is, and XML cannot hold all of it, not even by number. */
function withoutForbidden(text: string): string {
  return text
    .replace(forbidden, '')
    .replace(/&#(?:(\d+)|x([\da-f]+));/giu, (whole: string, decimal?: string, hex?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (code > 0x10ffff) return whole.replace('&', '&amp;');
      return String.fromCodePoint(code).replace(forbidden, '') === '' ? '' : whole;
    });
}

const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

function* casesOf(
  elements: readonly XmlElement[],
  suites: readonly string[],
  paths: PathMap,
): Generator<TestCase> {
  for (const element of elements) {
    if (element.name === 'testcase') yield testOf(element, suites, paths);
    const inner = element.name === 'testsuite' ? withName(suites, element.attributes['name'] ?? '') : suites;
    if (element.name === 'testsuite' || element.name === 'testsuites')
      yield* casesOf(elementsOf(element), inner, paths);
  }
}

function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement);
}

function withName(suites: readonly string[], name: string): readonly string[] {
  return name === '' ? suites : [...suites, name];
}

function testOf(element: XmlElement, nesting: readonly string[], paths: PathMap): TestCase {
  const { attributes } = element;
  const children = elementsOf(element);
  const file = attributes['file'];
  const path = file === undefined ? undefined : paths(file);
  const suites = file?.endsWith('.py') === true ? pythonSuites(attributes['classname'] ?? '', file) : nesting;
  const failure = resultOf(children, 'failure') ?? resultOf(children, 'error');
  const isWholeFile = failure?.message === 'collection failure';
  const name = isWholeFile ? `${path ?? ''} could not be loaded` : (attributes['name'] ?? '');
  const line = Number(attributes['line'] ?? Number.NaN);
  const base = {
    id: [path ?? '', ...suites, isWholeFile ? '' : name].join('::'),
    name,
    suites,
    ms: Number(attributes['time'] ?? 0) * 1_000 || 0,
    ...(path === undefined ? {} : { path }),
    ...(Number.isInteger(line) && line >= 0 ? { line } : {}),
  };
  if (failure === undefined) return { ...base, status: resultOf(children, 'skipped') ? 'skipped' : 'passed' };
  return {
    ...base,
    status: failure.tag === 'failure' ? 'failed' : 'errored',
    failure: failureOf(failure, paths),
  };
}

/** `tests.test_x.TestClass` in `tests/test_x.py` gives `TestClass`; a plain function has none. */
function pythonSuites(classname: string, file: string): readonly string[] {
  const module = file.replace(/\.py$/u, '').split('/').join('.');
  if (classname === module || classname === '') return [];
  return (classname.startsWith(`${module}.`) ? classname.slice(module.length + 1) : classname).split('.');
}

interface Result {
  readonly tag: string;
  readonly message: string;
  readonly text: string;
}

function resultOf(children: readonly XmlElement[], tag: string): Result | undefined {
  const element = children.find(({ name }) => name === tag);
  if (element === undefined) return undefined;
  return { tag, message: plain(element.attributes['message'] ?? ''), text: plain(textOf(element)) };
}

function failureOf({ message, text }: Result, paths: PathMap): TestFailure {
  return {
    message: message === 'collection failure' ? lastErrorLine(text) : firstLine(message || text),
    detail: cleanDetail(text || message),
    // pytest tells from the test inwards, other runners as a stack: the place of the failure first.
    frames: pytestTrace.test(text) ? readFrames(text, paths).toReversed() : readFrames(text, paths),
    ...comparison(text),
  };
}

const pytestTrace = /^(?:E {3}|[\w./@-]{1,400}\.py:\d+: )/mu;

/** pytest's `E   assert 3 == 4`; values that it cut or spread over lines are left to the detail. */
function comparison(text: string): Pick<TestFailure, 'expected' | 'actual'> {
  const found =
    /^E +(?:AssertionError: )?assert (?<actual>[^\n]{1,200}?) == (?<expected>[^\n]{1,200})$/mu.exec(
      text,
    )?.groups;
  if (
    found?.['actual'] === undefined ||
    found['expected'] === undefined ||
    found['expected'].includes(' == ')
  )
    return {};
  return { expected: cleanDetail(found['expected']), actual: cleanDetail(found['actual']) };
}

/** pytest marks what was raised with `E   `. */
function lastErrorLine(text: string): string {
  return firstLine(text.split('\n').findLast((line) => line.startsWith('E ')) ?? text).replace(/^E\s+/u, '');
}

function textOf(element: XmlElement): string {
  return element.children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
}

/** pytest writes the escapes of its colours out, since XML cannot hold them. */
function plain(text: string): string {
  return text.replace(/#x1B\[[\d;]*m/gu, '');
}
