import assert from 'node:assert/strict';
import { all, candidate, groupOf, isSame, never, open, tryOpen, type World } from './mutantTrialWorld.ts';

describe('createMutantTrial', () => {
  it('tells which tests kill a mutant, which ones live, and what never ends', async () => {
    const { trial, fates } = await open({
      tests: {
        't::bound': (text) => !text.includes('a <= 2'),
        't::result': (text) => text.includes('return a'),
        't::loops': (text) => (text.includes('if False') ? 'hangs' : true),
      },
    });
    assert.deepEqual(fates(await trial.existing(undefined, never)), [
      ['if a < 2 -> if False', 'timedOut'],
      ['if a < 2 -> if True', 'survived'],
      ['< -> <=', 'killed by t::bound'],
      ['< -> >=', 'survived'],
      ['2 -> 3', 'survived'],
      ['g(a) -> pass', 'survived'],
      ['a -> None', 'killed by t::result'],
    ]);
  });

  it('ends a run with the first red test, and does not where one is red anyway', async () => {
    for (const tests of [{ 't::a': isSame }, { 't::a': isSame, 't::red': () => false }]) {
      const { trial, commands } = await open({ tests });
      await trial.existing(undefined, never);
      const [baseline, ...others] = commands().map(({ failFast }) => failFast);
      assert.deepEqual([baseline, new Set(others)], [false, new Set([!('t::red' in tests)])]);
    }
  });

  it('runs only tests that run the line, all of them for what runs at load, none where no test does', async () => {
    const { trial, fates, commands } = await open({
      tests: { 't.py::one': () => true, 't.py::two': () => true },
      existing: {
        ...all,
        coverage: {
          covered: [0, 1, 3],
          missed: [2],
          perTest: [
            { test: 't.py::one', path: 'm.py', lines: [1] },
            { test: 't.py::two', path: 'm.py', lines: [1, 3] },
            { test: 't.py::two', path: 'other.py', lines: [1] },
          ],
        },
      },
    });
    const tested = fates(await trial.existing([2, 3], never));
    assert.deepEqual(tested, [
      ['g(a) -> pass', 'noCoverage'],
      ['a -> None', 'survived'],
    ]);
    assert.deepEqual(
      commands().map(({ ids }) => ids),
      [[], ['t.py::two']],
    );
  });

  it('asks the existing tests once, and a candidate only about what they let live on its lines', async () => {
    const { trial, fates, commands } = await open({
      tests: {
        't::result': (text) => text.includes('return a'),
        'c::bound': (text) => !text.includes('a <= 2'),
      },
    });
    await trial.existing(undefined, never);
    const before = commands().length;
    const test = candidate('c::bound', { covered: [0, 1], missed: [2, 3] });
    const verdicts = await trial.candidates(groupOf([test]), never);
    assert.ok(!('outcome' in verdicts));
    const verdict = verdicts.get(test);
    assert.ok(verdict);
    assert.deepEqual(fates(verdict.tested).length, 5);
    assert.deepEqual(
      verdict.killed.map(({ replacement }) => replacement),
      ['<='],
    );
    // One run without a mutant, and one with each.
    assert.equal(commands().length - before, 1 + 5);
    assert.ok(
      commands()
        .slice(before)
        .every(({ written }) => written.get('c.py') === 'c::bound'),
    );
  });

  it('asks all candidates about a mutant in one run, and alone only what stands behind another red one', async () => {
    for (const cores of [1, 4]) {
      const tests = {
        't::old': () => true,
        'c::bound': (text: string) => !text.includes('a <= 2'),
        'c::all': isSame,
        // Red only where the one before it has left something behind.
        'c::spoilt': (_text: string, red: readonly string[]) => !red.includes('c::all'),
      };
      const { trial, commands } = await open({ cores, tests });
      const group = groupOf(['c::bound', 'c::all', 'c::spoilt'].map((id) => candidate(id)));
      const verdicts = await trial.candidates(group, never);
      assert.ok(!('outcome' in verdicts));
      const kills = group.tests.map((test) => verdicts.get(test)?.killed.length);
      assert.deepEqual(kills, [1, 7, 0]);
      const mine = commands().filter(({ files }) => files.includes('c.py'));
      const alone = mine.filter(({ written }) => !written.get('c.py')?.includes(' '));
      assert.deepEqual(new Set(alone.map(({ written }) => written.get('c.py'))), new Set(['c::spoilt']));
      assert.equal(mine.length - alone.length, 1 + 7);
    }
  });

  it('asks alone who hangs or breaks a run, and counts no kill for what only keeps the file from loading', async () => {
    const tests = {
      't::old': () => true,
      'c::good': (text: string) => !text.includes('a <= 2'),
      'c::hangs': (text: string) => (text.includes('if False') ? ('hangs' as const) : true),
      'c::weak': () => true,
    };
    const { trial } = await open({ tests });
    const group = groupOf(['c::good', 'c::hangs', 'c::weak'].map((id) => candidate(id)));
    const verdicts = await trial.candidates(group, never);
    assert.ok(!('outcome' in verdicts));
    const kills = group.tests.map((test) => verdicts.get(test)?.killed.length);
    assert.deepEqual(kills, [1, 1, 0]);
  });

  it('comes to the same in one copy and in several, and leaves each as the run began but for the layer', async () => {
    const tests = {
      't::a': (text: string) => !text.includes('pass'),
      't::b': (text: string) => text.includes('<'),
    };
    const seen: unknown[] = [];
    for (const cores of [1, 3]) {
      const { trial, fates, trees, commands } = await open({
        cores,
        tests,
        layer: new Map([['x.py', 'earlier']]),
      });
      seen.push(fates(await trial.existing(undefined, never)));
      assert.equal(trees.length, cores);
      assert.ok(commands().every(({ written }) => written.get('x.py') === 'earlier'));
      assert.ok(commands().every(({ confinement }) => confinement.kind === 'sandbox'));
      await trial.dispose();
      assert.ok(trees.every(({ disposed }) => disposed));
    }
    assert.deepEqual(seen[0], seen[1]);
  });

  it('tries no more than it may', async () => {
    const kinds = async (world: World): Promise<readonly string[]> => {
      const { trial } = await open({ tests: { 't::a': () => true }, ...world });
      const tested = await trial.existing(undefined, never);
      return 'outcome' in tested ? [tested.code] : tested.map(({ fate }) => fate.kind);
    };
    const none = Array.from({ length: 7 }, () => 'notRun');
    assert.deepEqual(await kinds({ maxMutants: 2 }), ['survived', 'survived', ...none.slice(2)]);
    assert.deepEqual(await kinds({ maxSeconds: 0 }), none);
  });

  it('says how many mutants there was no time to ask a candidate about, and not those that are too many', async () => {
    const tests = { 't::old': () => true, 'c::new': () => true };
    const late = async (world: World): Promise<readonly [tested: number, late: number]> => {
      const { trial } = await open({ tests, cores: 1, ...world });
      const test = candidate('c::new');
      const verdicts = await trial.candidates(groupOf([test]), never);
      assert.ok(!('outcome' in verdicts), JSON.stringify(verdicts));
      const { tested = [], late = -1 } = verdicts.get(test) ?? {};
      return [tested.filter(({ fate }) => fate.kind !== 'notRun').length, late];
    };
    assert.deepEqual(await late({}), [7, 0]);
    assert.deepEqual(await late({ maxMutants: 2 }), [2, 0]);
    assert.deepEqual(await late({ maxSeconds: 0 }), [0, 7]);
    // Eight runs of the tests before, one of the new ones without a mutant, two with one.
    assert.deepEqual(await late({ secondsPerRun: 1, maxSeconds: 11 }), [2, 5]);
  });

  const refusals: readonly (readonly [string, World, string])[] = [
    ['no test passes as the code is', { tests: { 't::a': () => false } }, 'mutation.no-baseline'],
    ['the tests never end', { tests: { 't::a': () => 'hangs' } }, 'mutation.no-baseline'],
  ];
  for (const [why, world, code] of refusals) {
    it(`says so when ${why}`, async () => {
      const { trial } = await open(world);
      const end = await trial.existing(undefined, never);
      assert.ok('outcome' in end);
      assert.equal(end.code, code);
    });
  }

  it('runs nothing where there is no sandbox', async () => {
    const { opened, commands } = await tryOpen({ sandbox: false });
    assert.ok('outcome' in opened);
    assert.deepEqual([opened.code, commands().length], ['sandbox.unavailable', 0]);
  });

  it('is cancelled without a result', async () => {
    const { trial } = await open({ tests: { 't::a': () => true } });
    const abort = new AbortController();
    abort.abort();
    const end = await trial.existing(undefined, abort.signal);
    assert.ok('outcome' in end);
    assert.equal(end.outcome, 'cancelled');
  });
});
