import type { TestCase } from '../../server/protocol/tests.ts';
import type { TestFileView } from '../../server/protocol/viewState.ts';

/** A file, a suite or a test of the Test Explorer, without the editor's classes. */
export interface TestNode {
  readonly id: string;
  readonly label: string;
  readonly folder: string;
  /** Relative to the folder. */
  readonly path: string;
  /** Zero-based; undefined if the report did not say. */
  readonly line?: number;
  /** undefined for files and suites. */
  readonly test?: TestCase;
  readonly children: readonly TestNode[];
}

/** The editor keeps NUL for itself. */
const separator = '\u001f';

/** The id of a file's node; the ids of what it holds begin with it. */
export function fileNodeId(folder: string, path: string): string {
  return [folder, path].join(separator);
}

/** Nests the tests of a file by their suites, in the order of the report. */
export function buildTestTree(file: TestFileView): TestNode {
  const id = fileNodeId(file.folder, file.path);
  return {
    id,
    label: file.path,
    folder: file.folder,
    path: file.path,
    children: nest(file, id, file.tests, 0),
  };
}

function nest(
  file: TestFileView,
  parent: string,
  tests: readonly TestCase[],
  depth: number,
): readonly TestNode[] {
  const nodes: TestNode[] = [];
  const suites = new Map<string, TestCase[]>();
  for (const test of tests) {
    const suite = test.suites[depth];
    if (suite === undefined) nodes.push(testNode(file, test));
    else suites.set(suite, [...(suites.get(suite) ?? []), test]);
  }
  const groups = [...suites].map(([label, members]) => {
    const id = [parent, label].join(separator);
    return { id, label, folder: file.folder, path: file.path, children: nest(file, id, members, depth + 1) };
  });
  return [...groups, ...nodes];
}

function testNode(file: TestFileView, test: TestCase): TestNode {
  return {
    // The empty part keeps a test apart from a suite that has its name.
    id: [fileNodeId(file.folder, file.path), '', test.id].join(separator),
    label: test.name,
    folder: file.folder,
    path: test.path ?? file.path,
    ...(test.line === undefined ? {} : { line: test.line }),
    test,
    children: [],
  };
}
