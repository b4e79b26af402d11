import assert from 'node:assert/strict';
import { createImportGraph } from '../imports/importGraph.ts';
import { selectTests, type CoveredChange, type TestSelection } from './selectTests.ts';

const files: Readonly<Record<string, string>> = {
  'src/a.ts': '',
  'src/b.ts': "import './a'",
  'src/c.ts': "import './b'",
  'src/plugins.ts': 'import(name)',
  'test/a.test.ts': "import '../src/a'",
  'test/b.test.ts': "import '../src/b'",
  'test/c.test.ts': "import '../src/c'",
  'test/plugins.test.ts': "import '../src/plugins'",
  'test/other.test.ts': '',
  'e2e/a.spec.ts': '',
  'package.json': '{}',
  'README.md': '',
};
const tests = Object.keys(files).filter((path) => /\.(?:test|spec)\.ts$/u.test(path));

function select(changed: readonly string[], covered?: (path: string) => CoveredChange): TestSelection {
  const graph = createImportGraph();
  for (const [path, text] of Object.entries(files)) graph.set(path, text);
  return selectTests({ changed, tests, graph, ...(covered ? { covered } : {}) });
}

const told = ({ chosen }: TestSelection): readonly string[] =>
  chosen.map(({ path, why }) => `${path} ${why}`);

describe('affected tests', () => {
  it('are those named after a file, then those that import it, the nearest first, then what cannot be told', () => {
    const selection = select(['src/a.ts']);
    assert.deepEqual(told(selection), [
      'e2e/a.spec.ts is named after src/a.ts',
      'test/a.test.ts is named after src/a.ts',
      'test/b.test.ts imports src/a.ts through src/b.ts',
      'test/c.test.ts imports src/a.ts through src/c.ts and 1 more',
      'test/plugins.test.ts may load src/a.ts through src/plugins.ts, which is named only at run time',
    ]);
    assert.deepEqual(selection.left, ['test/other.test.ts']);
  });

  it('are a test file itself', () => {
    assert.deepEqual(told(select(['test/b.test.ts']))[0], 'test/b.test.ts changed itself');
  });

  it('are all when what every test depends on changed', () => {
    const { chosen, left } = select(['package.json']);
    assert.deepEqual([chosen.length, left.length], [tests.length, 0]);
    assert.equal(chosen[0]?.why, 'may depend on package.json, as every test does');
  });

  it('are none of a text that nothing imports, and all others are left, not lost', () => {
    const { chosen, left } = select(['README.md']);
    assert.deepEqual([chosen, left], [[], tests]);
  });

  it('are those that ran the changed lines, where that was measured on the text before', () => {
    const selection = select(['src/a.ts'], () => ({
      kind: 'fresh',
      when: 'yesterday',
      countOf: () => 7,
      holds: (path) => path !== 'test/b.test.ts',
      tests: [
        { test: 'test/c.test.ts::suite::one', path: 'src/a.ts', lines: [9, 10] },
        { test: 'test/c.test.ts::two', path: 'src/a.ts', lines: [13] },
      ],
    }));
    assert.deepEqual(told(selection), [
      'test/c.test.ts covered lines 10-14 of src/a.ts yesterday with 2 of its 7 tests',
      'test/b.test.ts imports src/a.ts through src/b.ts',
    ]);
    assert.deepEqual(selection.chosen[0]?.ids, ['test/c.test.ts::suite::one', 'test/c.test.ts::two']);
    assert.equal(selection.left.length, tests.length - 2);
  });

  it('are told by imports where what was measured is not to be trusted, which is said', () => {
    const selection = select(['src/a.ts'], () => ({ kind: 'unusable', note: 'What was measured is old.' }));
    assert.equal(selection.chosen.length, 5);
    assert.deepEqual(selection.notes, ['What was measured is old.']);
  });

  it('are never lost: every test file is chosen or left', () => {
    for (const path of Object.keys(files)) {
      const { chosen, left } = select([path]);
      assert.deepEqual([...chosen.map((choice) => choice.path), ...left].toSorted(), tests.toSorted());
    }
  });
});
