import { XMLParser } from 'fast-xml-parser';
import type { TestCase, TestFailure } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { isBalanced } from './isBalanced.ts';
import { cleanDetail, firstLine, readFrames, withUniqueIds } from './reportText.ts';

type Attributes = Readonly<Record<string, string>>;

interface XmlNode {
  readonly ':@'?: Attributes;
  readonly [tag: string]: readonly XmlNode[] | string | Attributes | undefined;
}

/** Entities are decoded by us, so that a report cannot define its own. Order is kept, since suites and cases may mix. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
});

/**
 * Reads JUnit XML: pytest's (`junit_family=xunit1`: with file and line), and others that name suites by nesting. undefined:
 * it is not whole, or not such a report.
 */
export function readJunit(text: string, paths: PathMap): readonly TestCase[] | undefined {
  const trimmed = text.trim();
  if (!/<\/testsuites?>$/u.test(trimmed) || !isBalanced(trimmed)) return undefined;
  const root = parseXml(trimmed);
  if (root === undefined) return undefined;
  const tests = [...casesOf(root, [], paths)];
  // pytest leaves a test without a name where the run was ended from within, whatever the exit code says.
  return tests.every((test) => test.name !== '') ? withUniqueIds(tests) : undefined;
}

/** undefined: the parser itself refuses it, such as names that reach prototypes. */
function parseXml(text: string): readonly XmlNode[] | undefined {
  try {
    return parser.parse(text) as readonly XmlNode[];
  } catch {
    return undefined;
  }
}

function* casesOf(nodes: readonly XmlNode[], suites: readonly string[], paths: PathMap): Generator<TestCase> {
  for (const node of nodes) {
    const attributes = node[':@'] ?? {};
    const test = childrenOf(node, 'testcase');
    if (test) yield testOf(attributes, test, suites, paths);
    yield* casesOf(childrenOf(node, 'testsuites') ?? [], suites, paths);
    yield* casesOf(
      childrenOf(node, 'testsuite') ?? [],
      withName(suites, decode(attributes['name'] ?? '')),
      paths,
    );
  }
}

function withName(suites: readonly string[], name: string): readonly string[] {
  return name === '' ? suites : [...suites, name];
}

function testOf(
  attributes: Attributes,
  children: readonly XmlNode[],
  nesting: readonly string[],
  paths: PathMap,
): TestCase {
  const file = attributes['file'] === undefined ? undefined : decode(attributes['file']);
  const path = file === undefined ? undefined : paths(file);
  const suites =
    file?.endsWith('.py') === true ? pythonSuites(decode(attributes['classname'] ?? ''), file) : nesting;
  const failure = resultOf(children, 'failure') ?? resultOf(children, 'error');
  const isWholeFile = failure?.message === 'collection failure';
  const name = isWholeFile ? `${path ?? ''} could not be loaded` : decode(attributes['name'] ?? '');
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

function resultOf(children: readonly XmlNode[], tag: string): Result | undefined {
  for (const node of children) {
    const inner = childrenOf(node, tag);
    if (inner) return { tag, message: plain(node[':@']?.['message'] ?? ''), text: plain(textOf(inner)) };
  }
  return undefined;
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

function childrenOf(node: XmlNode, tag: string): readonly XmlNode[] | undefined {
  const value = node[tag];
  return Array.isArray(value) ? (value as readonly XmlNode[]) : undefined;
}

function textOf(nodes: readonly XmlNode[]): string {
  return nodes.map((node) => (typeof node['#text'] === 'string' ? node['#text'] : '')).join('');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** pytest writes the escapes of its colours out, since XML cannot hold them. */
function plain(text: string): string {
  return decode(text).replace(/#x1B\[[\d;]*m/gu, '');
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/giu,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
