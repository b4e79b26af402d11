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

export const never = new AbortController().signal;
const source = ['def f(a):', '    if a < 2:', '        g(a)', '    return a', ''].join('\n');
export const all: MutantTests = { files: ['t.py'], ids: [] };

/** A test is whether a text of `m.py` passes, where the tests before it that are red are these; `hangs`: it never ends. */
type Test = (text: string, red: readonly string[]) => boolean | 'hangs';

export interface World {
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

interface NamedCandidate extends CandidateTest {
  readonly id: string;
}

export function candidate(id: string, coverage?: SourceCoverage): NamedCandidate {
  return { id, alone: new Map([['c.py', id]]), ...(coverage && { coverage }) };
}

/** A file that holds the ids of its tests. */
export function groupOf(
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

export function isSame(text: string): boolean {
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

export async function open(
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

export async function tryOpen(world: World): Promise<Opened> {
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
