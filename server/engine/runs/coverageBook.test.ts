import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import type { FileCoverage } from '../../protocol/tests.ts';
import type { KeptName } from '../ports/keptTexts.ts';
import { createImportIndex } from '../testing/imports/importIndex.ts';
import { findAffectedTests } from './affectedTests.ts';
import { compareWithBest, renderTeamFile, teamFile, type Compared } from './coverageBook.ts';
import { keepTestLines } from './keptTestLines.ts';

const never = new AbortController().signal;
const text = 'def f(x):\n    if x:\n        return 1\n    return 2\n';

function covering(missed: readonly number[]): readonly FileCoverage[] {
  const covered = [0, 1, 2, 3].filter((line) => !missed.includes(line));
  return [{ path: 'a.py', lines: 4, coveredLines: covered.length, covered, missed }];
}

/** A user's storage, and a folder whose files can be written. */
function world(files: Readonly<Record<string, string>> = {}) {
  const texts = new Map<KeptName, string>();
  const inMemory = createInMemoryFiles({ 'a.py': text, ...files });
  const deps = {
    files: inMemory,
    imports: createImportIndex({ files: inMemory }),
    clock: { now: () => 1_000, sleep: () => Promise.resolve() },
    kept: {
      read: async (_root: string, name: KeptName) => texts.get(name),
      write: async (_root: string, name: KeptName, kept: string) => void texts.set(name, kept),
    },
  };
  const compare = (missed: readonly number[], scope = 'all'): Promise<Compared> =>
    compareWithBest(deps, { root: '/w', scope, coverage: covering(missed), read: async () => text }, never);
  return { texts, deps, compare };
}

describe('the best coverage so far', () => {
  it('is that of the best run, not of the last one', async () => {
    const { compare } = world();
    assert.equal((await compare([])).change, undefined);
    for (const missed of [[2], [2, 3], [3]]) await (await compare(missed)).keep();
    const { change, trend } = await compare([2, 3]);
    assert.deepEqual([change?.before, change?.now], [75, 50]);
    assert.deepEqual(
      trend.map(({ coveredLines }) => coveredLines),
      [3, 2, 3],
    );
  });

  it('is that of the same tests alone', async () => {
    const { compare } = world();
    await (await compare([])).keep();
    const { change, trend } = await compare([2], 'tests of a.py');
    assert.deepEqual([change, trend], [undefined, []]);
  });

  it('is the team’s where that is higher, for all tests', async () => {
    const { compare } = world({ [teamFile]: renderTeamFile(covering([]), 5) });
    await (await compare([2])).keep();
    assert.deepEqual((await compare([2])).change, {
      ...{ before: 100, now: 75 },
      files: [{ path: 'a.py', lost: [], added: [], fell: { before: 100, now: 75 } }],
    });
    assert.equal((await compare([2], 'tests of a.py')).change, undefined);
  });

  it('is nothing where what is kept is damaged', async () => {
    const { compare, texts } = world({ [teamFile]: '{"at":1' });
    await (await compare([])).keep();
    for (const [name, kept] of texts) texts.set(name, kept.slice(0, -9));
    const { change, trend } = await compare([2]);
    assert.deepEqual([change, trend], [undefined, []]);
  });
});

describe('tests that ran changed lines', () => {
  const test = 'from a import f\ndef test_one(): f(1)\ndef test_two(): f(0)\n';
  const tests = { 'test_a.py': test, 'test_b.py': 'from a import f\n' };
  const perTest = [
    { test: 'test_a.py::test_one', path: 'a.py', lines: [1, 2] },
    { test: 'test_a.py::test_two', path: 'a.py', lines: [1, 3] },
  ];

  async function affected(now: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const before = world(tests);
    await keepTestLines({ deps: before.deps, root: '/w' }, { coverage: covering([]), perTest }, never);
    const after = world({ ...tests, ...now });
    const deps = { ...after.deps, kept: before.deps.kept };
    const { chosen } = await findAffectedTests({ deps, root: '/w' }, ['a.py'], never);
    return chosen.map(({ path, ids, kind }) => [path, kind, ...(ids ?? [])].join(' '));
  }

  it('are chosen alone', async () => {
    assert.deepEqual(await affected({ 'a.py': text.replace('return 2', 'return 3') }), [
      'test_a.py coverage test_a.py::test_two',
    ]);
  });

  it('are not all where a test file changed since', async () => {
    const now = { 'a.py': text.replace('return 2', 'return 3'), 'test_b.py': `${tests['test_b.py']}f(0)\n` };
    assert.deepEqual(await affected(now), ['test_a.py coverage test_a.py::test_two', 'test_b.py imports']);
  });

  it('are told by imports where code changed that runs while it is loaded', async () => {
    assert.deepEqual(await affected({ 'a.py': text.replace('f(x)', 'f(x, y=1)') }), [
      'test_a.py name',
      'test_b.py imports',
    ]);
  });
});
