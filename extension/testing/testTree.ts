import { isCaseOf, isTitleMade } from '../../server/protocol/isCaseOf.ts';
import type { DeclaredTest } from '../../server/protocol/testDisplay.ts';
import type { TestCase } from '../../server/protocol/tests.ts';

/** All that is known of a test file. */
export interface KnownTestFile {
  readonly folder: string;
  /** Relative to the folder. */
  readonly path: string;
  /** The runner's id. */
  readonly runner: string;
  /** What its text says now; undefined: nobody has looked, or nobody can tell. */
  readonly declared?: readonly DeclaredTest[];
  /** Last results. */
  readonly results: readonly TestCase[];
}

/** A file, a suite or a test of the Test Explorer, without the editor's classes. */
export interface TestNode {
  readonly id: string;
  readonly kind: 'file' | 'suite' | 'test';
  readonly label: string;
  readonly folder: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly runner: string;
  /** Zero-based; undefined if neither source nor report told. */
  readonly line?: number;
  /** By which it can be run alone; undefined for files, suites, and tests whose title is made while they run. */
  readonly testId?: string;
  /** undefined: it has not run. */
  readonly result?: TestCase;
  readonly children: readonly TestNode[];
}

/** The editor keeps NUL for itself. */
const separator = '\u001f';

/** The id of a file's node; the ids of what it holds begin with it. */
export function fileNodeId(folder: string, path: string): string {
  return [folder, path].join(separator);
}

/** Nests the tests of a file by their suites: as the source declares them, with their results; others as reported. */
export function buildTestTree(file: KnownTestFile): TestNode {
  const { folder, path, runner } = file;
  const id = fileNodeId(folder, path);
  const children = nest(file, id, merge(file), 0);
  return { id, kind: 'file', label: path, folder, path, runner, children };
}

/** A test that is declared, has run, or both. */
interface Entry {
  readonly id: string;
  readonly name: string;
  readonly suites: readonly string[];
  readonly line?: number;
  readonly result?: TestCase;
}

function merge({ declared, results }: KnownTestFile): readonly Entry[] {
  const left = new Set(results);
  const entries = (declared ?? []).flatMap((test): readonly Entry[] => {
    const cases = [...left].filter((result) => isCaseOf(test, result));
    for (const result of cases) left.delete(result);
    return cases.length === 0 ? [test] : cases.map((result) => entryOf(result, test.line));
  });
  return [...entries, ...[...left].map((result) => entryOf(result, result.line))];
}

function entryOf(result: TestCase, line: number | undefined): Entry {
  const { id, name, suites } = result;
  return { id, name, suites, ...(line === undefined ? {} : { line }), result };
}

function nest(
  file: KnownTestFile,
  parent: string,
  entries: readonly Entry[],
  depth: number,
): readonly TestNode[] {
  const { folder, path, runner } = file;
  const tests: TestNode[] = [];
  const suites = new Map<string, Entry[]>();
  for (const entry of entries) {
    const suite = entry.suites[depth];
    if (suite === undefined) tests.push(testNode(file, entry));
    else suites.set(suite, [...(suites.get(suite) ?? []), entry]);
  }
  const groups = [...suites].map(([label, members]): TestNode => {
    const id = [parent, label].join(separator);
    const children = nest(file, id, members, depth + 1);
    return { id, kind: 'suite', label, folder, path, runner, children };
  });
  return [...groups, ...tests];
}

function testNode({ folder, path, runner }: KnownTestFile, { id, name, line, result }: Entry): TestNode {
  return {
    // The empty part keeps a test apart from a suite that has its name.
    id: [fileNodeId(folder, path), '', id].join(separator),
    kind: 'test',
    label: name,
    folder,
    path: result?.path ?? path,
    runner,
    ...(line === undefined ? {} : { line }),
    ...(result === undefined && isTitleMade(name) ? {} : { testId: id }),
    ...(result === undefined ? {} : { result }),
    children: [],
  };
}
