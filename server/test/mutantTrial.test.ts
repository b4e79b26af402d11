import assert from 'node:assert/strict';
import { sha256 } from '../adapters/sha256.ts';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import type { TestedMutant } from '../protocol/mutants.ts';
import type { TestCase } from '../protocol/tests.ts';
import type { Command, ProcessEnd } from '../engine/ports/processes.ts';
import type { ScratchTree } from '../engine/ports/scratch.ts';
import { defaultSettings } from '../engine/settings.ts';
import type { Runner } from '../engine/testing/runners/runner.ts';
import type { RunEnd } from '../engine/runs/runScope.ts';
import type {
  CandidateGroup,
  CandidateTest,
  CopyLayer,
  MutantTests,
  MutantTrial,
  MutationScope,
  SourceCoverage,
} from '../engine/runs/mutating/mutationTypes.ts';
import { openMutantTrial } from '../engine/runs/mutating/openMutantTrial.ts';

const never = new AbortController().signal;
const source = ['def f(a):', '    if a < 2:', '        g(a)', '    return a', ''].join('\n');
const all: MutantTests = { files: ['t.py'], ids: [] };

/** A test is whether a text of `m.py` passes, where the tests before it that are red are these; `hangs`: it never ends. */
type Test = (text: string, red: readonly string[]) => boolean | 'hangs';

interface World {
  readonly tests?: Readonly<Record<string, Test>>;
  readonly cores?: number;
  readonly sandbox?: boolean;
  readonly existing?: MutantTests;
  readonly maxMutants?: number;
  readonly maxSeconds?: number;
  /** How far the clock goes on with each run of tests. */
  readonly secondsPerRun?: number;
  readonly layer?: CopyLayer;
}

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

interface NamedCandidate extends CandidateTest {
  readonly id: string;
}

function candidate(id: string, coverage?: SourceCoverage): NamedCandidate {
  return { id, alone: new Map([['c.py', id]]), ...(coverage && { coverage }) };
}

/** A file that holds the ids of its tests. */
function groupOf(
  tests: readonly NamedCandidate[],
): CandidateGroup & { readonly tests: readonly NamedCandidate[] } {
  return {
    together: new Map([['c.py', tests.map(({ id }) => id).join(' ')]]),
    files: ['c.py'],
    tests,
    redIn: (outcome) => {
      const red =
        outcome.kind === 'finished' ? outcome.tests.filter(({ status }) => status === 'failed') : [];
      return red.flatMap(({ id }) => tests.filter((test) => test.id === id));
    },
  };
}

function isSame(text: string): boolean {
  return text === source;
}

interface Ran {
  readonly files: readonly string[];
  readonly ids: readonly string[];
  readonly failFast: boolean;
  readonly written: ReadonlyMap<string, string | undefined>;
  readonly confinement: Command['confinement'];
}

interface Opened {
  readonly opened: MutantTrial | RunEnd;
  readonly commands: () => readonly Ran[];
  readonly trees: readonly MemoryTree[];
}

async function open(
  world: World,
): Promise<Opened & { readonly trial: MutantTrial; readonly fates: typeof fatesOf }> {
  const made = await tryOpen(world);
  assert.ok('existing' in made.opened, JSON.stringify(made.opened));
  return { ...made, trial: made.opened, fates: fatesOf };
}

function fatesOf(tested: readonly TestedMutant[] | RunEnd): readonly (readonly [string, string])[] {
  assert.ok(!('outcome' in tested), JSON.stringify(tested));
  return tested.toSorted(byPlace).map(({ mutant: { operator, original, replacement }, fate }) => {
    const before = operator === 'condition' ? 'if ' : '';
    const by = fate.kind === 'killed' ? ` by ${fate.by.join(', ')}` : '';
    return [`${before}${original} -> ${before}${replacement}`, `${fate.kind}${by}`] as const;
  });
}

function byPlace({ mutant: one }: TestedMutant, { mutant: two }: TestedMutant): number {
  return one.start - two.start || two.end - one.end || (one.replacement < two.replacement ? -1 : 1);
}

interface MemoryTree extends ScratchTree {
  readonly disposed: boolean;
  readonly written: Map<string, string | undefined>;
}

async function tryOpen(world: World): Promise<Opened> {
  const { tests = {}, cores = 1, existing = all, layer = new Map<string, string>() } = world;
  const trees: MemoryTree[] = [];
  const ran: Ran[] = [];
  const runTest = (command: Command): ProcessEnd => {
    const { confinement } = command;
    const tree = trees.find(
      ({ location }) => confinement.kind === 'sandbox' && confinement.tree === location,
    );
    assert.ok(tree);
    const asked = JSON.parse(command.argv[1] ?? '') as { files: string[]; ids: string[]; failFast: boolean };
    ran.push({ ...asked, written: new Map(tree.written), confinement });
    const text = tree.written.get('m.py') ?? source;
    const mine = Object.entries(tests).filter(([id]) =>
      asked.files.some((file) => id.startsWith(file[0] ?? '')),
    );
    const results: TestCase[] = [];
    const held = tree.written.get('c.py')?.split(' ');
    for (const [id, test] of mine) {
      if (id.startsWith('c::') && held?.includes(id) !== true) continue;
      if (asked.ids.length > 0 && !asked.ids.includes(id)) continue;
      const red = results.filter(({ status }) => status === 'failed').map((each) => each.id);
      const result = test(text, red);
      if (result === 'hangs') return { kind: 'timedOut', ms: 1, output: '', dropped: 0 };
      results.push({ id, name: id, suites: [], status: result ? 'passed' : 'failed', ms: 1 });
      if (!result && asked.failFast) break;
    }
    return { kind: 'exited', code: 0, ms: 1, output: JSON.stringify(results), dropped: 0 };
  };
  const scope: MutationScope = {
    root: '/ws',
    settings: defaultSettings,
    recorder: { run: 'r' },
    deps: {
      clock: { now: () => ran.length * (world.secondsPerRun ?? 0) * 1_000, sleep: async () => undefined },
      digest: sha256,
      syntax,
      edits: { unsaved: () => new Map() },
      rights: { take: async () => undefined, note: async () => undefined },
      machine: { capacity: () => ({ cores, freeBytes: 64 * 1024 ** 3 }) },
      processes: {
        confinement: async () =>
          world.sandbox === false
            ? { kind: 'unavailable', reason: 'None.', remedy: 'Install one.' }
            : { kind: 'ready', how: 'bwrap', mountsTree: true },
        start: (command) => {
          const end = runTest(command);
          return {
            output: (async function* () {})(),
            finished: Promise.resolve(end),
            stop: async () => undefined,
          };
        },
      },
      reports: {
        open: async () => ({
          location: '/reports/1',
          write: async () => undefined,
          read: async () => ({ kind: 'missing' }),
          dispose: async () => undefined,
        }),
        watch: async () => ({ written: async () => [] }),
      },
      scratch: {
        create: async () => {
          const tree = memoryTree(`/copies/${trees.length}`);
          trees.push(tree);
          return { kind: 'ready', tree, files: 1 };
        },
      },
    },
  };
  const opened = await openMutantTrial(
    scope,
    {
      subject: {
        plan: { runner, program: ['run'], base: '', files: new Set(['m.py', 't.py']) },
        path: 'm.py',
        text: source,
        layer,
      },
      existing: { coverage: { covered: [], missed: [] }, ...existing },
      limits: { maxSeconds: world.maxSeconds ?? 60, maxMutants: world.maxMutants ?? 100 },
      sample: { seed: 1, perFunction: 100, max: 100 },
    },
    never,
  );
  return { opened, commands: () => ran, trees };
}

const syntax = createSyntax({ compilers: async () => undefined });

function memoryTree(location: string): MemoryTree {
  const written = new Map<string, string | undefined>();
  let disposed = false;
  return {
    location,
    root: '/ws',
    dependencies: [],
    written,
    get disposed() {
      return disposed;
    },
    read: async (path) => written.get(path),
    original: async () => undefined,
    write: async (path, text) => void written.set(path, text),
    changed: async () => new Map(),
    reset: async () => written.clear(),
    dispose: async () => void (disposed = true),
  };
}

/** Prints its results. */
const runner: Runner = {
  id: 'memory',
  title: 'memory',
  language: 'python',
  rootMarks: [],
  handles: () => true,
  detect: () => undefined,
  isTestFile: (path) => path !== 'm.py',
  newTestPath: (path) => path,
  command: ({ files, ids, failFast = false }) => ({
    argv: ['run', JSON.stringify({ files, ids, failFast })],
    env: {},
    display: 'run',
    report: { printed: 'all' },
  }),
  read: ({ output }) => ({ kind: 'finished', ms: 1, tests: JSON.parse(output) as TestCase[] }),
  readCoverage: () => [],
  advice: '',
};
