import assert from 'node:assert/strict';
import type { TestCase } from '../../server/protocol/tests.ts';
import type { TestFileView } from '../../server/protocol/viewState.ts';
import { selectTests } from './testSelection.ts';
import { buildTestTree, type TestNode } from './testTree.ts';

function test(name: string, suites: readonly string[] = []): TestCase {
  return { id: [...suites, name].join('::'), name, suites, status: 'passed', ms: 1 };
}

function file(path: string, tests: readonly TestCase[]): TestFileView {
  return { folder: '/w', path, runner: 'pytest', phase: 'proof', run: 'r', at: 1, tests };
}

function outline(node: TestNode, depth = 0): readonly string[] {
  return [
    `${'  '.repeat(depth)}${node.label}`,
    ...node.children.flatMap((child) => outline(child, depth + 1)),
  ];
}

function idsOf(node: TestNode): readonly string[] {
  return [node.id, ...node.children.flatMap(idsOf)];
}

describe('buildTestTree', () => {
  const tree = buildTestTree(
    file('tests/test_a.py', [test('one', ['A', 'B']), test('two', ['A']), test('three'), test('A')]),
  );

  it('nests tests by their suites', () => {
    assert.deepEqual(outline(tree), [
      'tests/test_a.py',
      '  A',
      '    B',
      '      one',
      '    two',
      '  three',
      '  A',
    ]);
  });

  it('gives every node its own id, also a suite and a test of one name', () => {
    assert.equal(new Set(idsOf(tree)).size, idsOf(tree).length);
  });
});

describe('selectTests', () => {
  const a = buildTestTree(file('a.py', [test('one', ['S']), test('two', ['S']), test('three')]));
  const b = buildTestTree(file('b.py', [test('four')]));
  const none = new Set<string>();

  it('runs whole files without naming their tests', () => {
    assert.deepEqual(selectTests([a, b], none), [{ folder: '/w', paths: ['a.py', 'b.py'], ids: [] }]);
  });

  it('names the tests of a suite', () => {
    const suite = a.children.filter((node) => node.label === 'S');
    assert.deepEqual(selectTests(suite, none), [
      { folder: '/w', paths: ['a.py'], ids: ['S::one', 'S::two'] },
    ]);
  });

  it('leaves out what is excluded', () => {
    const three = a.children.find((node) => node.label === 'three');
    assert.deepEqual(selectTests([a], new Set([three?.id ?? ''])), [
      { folder: '/w', paths: ['a.py'], ids: ['S::one', 'S::two'] },
    ]);
    assert.deepEqual(selectTests([b], new Set([b.id])), []);
  });
});
