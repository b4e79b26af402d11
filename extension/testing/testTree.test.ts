import assert from 'node:assert/strict';
import type { DeclaredTest } from '../../server/protocol/testDisplay.ts';
import type { TestCase } from '../../server/protocol/tests.ts';
import { selectTests } from './testSelection.ts';
import { buildTestTree, type TestNode } from './testTree.ts';

function test(name: string, suites: readonly string[] = []): TestCase {
  return { id: [...suites, name].join('::'), name, suites, status: 'passed', ms: 1 };
}

function declare(name: string, line: number, suites: readonly string[] = []): DeclaredTest {
  return { id: [...suites, name].join('::'), name, suites, line };
}

interface Given {
  readonly declared?: readonly DeclaredTest[];
  readonly results?: readonly TestCase[];
  readonly runner?: string;
}

function file(path: string, { results = [], runner = 'pytest', ...given }: Given): TestNode {
  return buildTestTree({ folder: '/w', path, runner, results, ...given });
}

function outline(node: TestNode, depth = 0): readonly string[] {
  const line = node.line === undefined ? '' : ` @${node.line}`;
  const result = node.result === undefined ? '' : ` ${node.result.status}`;
  return [
    `${'  '.repeat(depth)}${node.label}${line}${result}`,
    ...node.children.flatMap((child) => outline(child, depth + 1)),
  ];
}

function idsOf(node: TestNode): readonly string[] {
  return [node.id, ...node.children.flatMap(idsOf)];
}

describe('buildTestTree', () => {
  const results = [test('one', ['A', 'B']), test('two', ['A']), test('three'), test('A')];
  const tree = file('tests/test_a.py', { results });

  it('nests tests by their suites', () => {
    assert.deepEqual(outline(tree), [
      'tests/test_a.py',
      '  A',
      '    B',
      '      one passed',
      '    two passed',
      '  three passed',
      '  A passed',
    ]);
  });

  it('gives every node its own id, also a suite and a test of one name', () => {
    assert.equal(new Set(idsOf(tree)).size, idsOf(tree).length);
  });

  it('puts results where the source declares them now, and keeps what has not run', () => {
    const declared = [declare('new', 1), declare('adds', 4), declare('two', 9, ['A'])];
    const merged = file('a.py', {
      declared,
      results: [test('adds[1]'), test('adds[2]'), test('two', ['A']), { ...test('made'), line: 3 }],
    });
    assert.deepEqual(outline(merged), [
      'a.py',
      '  A',
      '    two @9 passed',
      '  new @1',
      '  adds[1] @4 passed',
      '  adds[2] @4 passed',
      '  made @3 passed',
    ]);
  });
});

describe('selectTests', () => {
  const a = file('a.py', { results: [test('one', ['S']), test('two', ['S']), test('three')] });
  const b = file('b.py', { results: [test('four')] });
  const unread = file('c.py', {});
  const script = file('d.js', { runner: 'node-test', declared: [declare('x', 1), declare('is %d', 2)] });
  const [x, made] = script.children;
  const suite = a.children.filter((node) => node.label === 'S');
  const three = a.children.filter((node) => node.label === 'three');
  const cases: readonly (readonly [
    what: string,
    chosen: readonly (TestNode | undefined)[],
    excluded: readonly (TestNode | undefined)[],
    expected: readonly string[],
  ])[] = [
    ['whole files without naming their tests', [a, b, unread], [], ['a.py,b.py,c.py: ']],
    ['the tests of a suite', suite, [], ['a.py: S::one,S::two']],
    ['what is not excluded', [a], three, ['a.py: S::one,S::two']],
    ['nothing when all is excluded', [b], [b], []],
    ['tests of two runners apart', [...three, x], [], ['a.py: three', 'd.js: x']],
    ['a test that cannot be named with its file', [made], [], ['d.js: ']],
    ['a file once when it is run whole', [a, ...three], [], ['a.py: ']],
  ];
  for (const [what, chosen, excluded, expected] of cases) {
    it(`takes ${what}`, () => {
      const present = (nodes: readonly (TestNode | undefined)[]): readonly TestNode[] =>
        nodes.flatMap((node) => node ?? []);
      const selected = selectTests(present(chosen), new Set(present(excluded).map(({ id }) => id)));
      assert.deepEqual(
        selected.map(({ paths, ids }) => `${paths.join()}: ${ids.join()}`),
        expected,
      );
    });
  }
});
