import assert from 'node:assert/strict';
import type { RunStep } from '../../../protocol/runEvents.ts';
import { defaultSettings } from '../../settings.ts';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { scriptPatterns } from '../../../test/scriptPatterns.ts';
import type { Command, ConfinementStatus, ProcessEnd, Processes } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { OwnWrites } from '../ownWrites.ts';
import type { RunDeps, RunScope } from '../runScope.ts';
import { runChain, type DoneActions } from './runChain.ts';

interface Given {
  readonly actions: readonly string[];
  /** How commands end, one after the other; the last one again and again. */
  readonly ends?: readonly ProcessEnd[];
  readonly sandbox?: ConfinementStatus;
  readonly done?: DoneActions;
  readonly left?: number;
  readonly abortIn?: number;
}

const exited = (code: number, output = ''): ProcessEnd => ({
  kind: 'exited',
  code,
  ms: 5,
  output,
  dropped: 0,
});
const missingSandbox: ConfinementStatus = {
  kind: 'unavailable',
  reason: 'There is none.',
  remedy: 'Install it.',
};

const emptyCopy: ScratchTree = {
  ...{ location: '/copy', root: '/w', dependencies: ['node_modules'] },
  ...{ read: async () => undefined, original: async () => undefined, write: async () => undefined },
  ...{ changed: async () => new Map(), reset: async () => undefined, dispose: async () => undefined },
};

/** A chain over ports in memory: what it journals, what it starts, and how it ends. */
async function run({ actions, ends = [exited(0)], done, left = 60_000, ...given }: Given) {
  const steps: RunStep[] = [];
  const commands: Command[] = [];
  const abort = new AbortController();
  const processes: Processes = {
    confinement: async () => given.sandbox ?? { kind: 'ready', how: 'test', mountsTree: true },
    start(command) {
      commands.push(command);
      if (commands.length === given.abortIn) abort.abort();
      const end: ProcessEnd = abort.signal.aborted
        ? { kind: 'stopped', ms: 1, output: '', dropped: 0 }
        : (ends[Math.min(commands.length, ends.length) - 1] ?? exited(0));
      const output = (async function* () {
        yield 'output' in end ? end.output : '';
      })();
      return { output, finished: Promise.resolve(end), stop: async () => undefined };
    },
  };
  const written = actions.map((each) => `  - {${each}}`);
  const { file: rule } = parseRuleDocument(
    '.cursor/rules/a.mdc',
    ['---', 'actions:', ...written, '---', ''].join('\n'),
  );
  const deps: Partial<RunDeps> = {
    digest: (text) => text,
    rights: { take: () => Promise.resolve(undefined), note: () => Promise.resolve() },
    processes,
    files: createInMemoryFiles({ 'src/a.ts': '' }),
    patterns: scriptPatterns,
    treeStates: { read: async () => new Map() },
    ownWrites: new OwnWrites((text) => text),
    clock: { now: () => 0, sleep: async () => undefined },
    edits: { unsaved: () => new Map() } as unknown as RunDeps['edits'],
    scratch: { create: async () => ({ kind: 'ready', tree: emptyCopy, files: 1 }) },
    terminal: {
      open: () => ({ write: () => undefined, close: () => undefined, stopped: new AbortController().signal }),
    },
  };
  const recorder = {
    ...{ run: 'r', root: '/w', showOnly: () => undefined, close: async () => undefined },
    record: async (step: RunStep) => void steps.push(step),
  };
  const scope: Partial<RunScope> = {
    ...{
      root: '/w',
      rule,
      actions: rule.actions,
      file: 'src/a.ts',
      subject: {},
      recorder,
      settings: defaultSettings,
      signal: abort.signal,
    },
    deps: deps as RunDeps,
    cause: { event: 'save', origin: 'user', depth: 0 },
    budget: { usd: 1, tokens: 1, seconds: 60, attempts: 1 },
    meter: { remainingMs: () => left } as RunScope['meter'],
  };
  const end = await runChain(scope as RunScope, done);
  const told = steps.map((step) =>
    step.type === 'action.finished' ? `${step.action} ${step.result} ${step.attempt}` : step.type,
  );
  return { end, told, commands };
}

describe('a run of several actions', () => {
  const endings: readonly (readonly [
    title: string,
    given: Given,
    outcome: string,
    code: string,
    told: readonly string[],
  ])[] = [
    [
      'ends well',
      { actions: ['type: run, command: x'] },
      'unchanged',
      'ok',
      ['action.started', '#1 succeeded 1'],
    ],
    [
      'fails',
      { actions: ['type: run, command: x', 'type: run, command: y'], ends: [exited(1)] },
      'failed',
      'action.failed',
      ['action.started', '#1 failed 1', '#2 skipped 0'],
    ],
    [
      'tries again',
      { actions: ['type: run, command: x, retry: 3'], ends: [exited(1), exited(1), exited(0)] },
      'unchanged',
      'ok',
      ['action.started', '#1 failed 1', 'action.started', '#1 failed 2', 'action.started', '#1 succeeded 3'],
    ],
    [
      'is refused where a sandbox is asked for and there is none, and tries nothing else',
      {
        actions: [
          'id: a, type: run, command: x, sandbox: true, retry: 2, fallback: b',
          'id: b, type: run, command: y',
        ],
        sandbox: missingSandbox,
      },
      'refused',
      'sandbox.unavailable',
      ['a refused 1'],
    ],
    [
      'has no seconds left',
      { actions: ['type: run, command: x'], left: 0 },
      'refused',
      'budget.seconds',
      ['action.started', '#1 refused 1'],
    ],
    [
      'is stopped',
      { actions: ['type: run, command: x, retry: 2', 'type: run, command: y, when: always'], abortIn: 1 },
      'cancelled',
      'cancelled',
      ['action.started', '#1 cancelled 1'],
    ],
    [
      'goes on behind what was done',
      {
        actions: ['type: run, command: x', 'type: run, command: y'],
        done: new Map([['#1', { attempt: 1, result: { result: 'succeeded', code: 'ok', message: '' } }]]),
      },
      'unchanged',
      'ok',
      ['#1 succeeded 1', 'action.started', '#2 succeeded 1'],
    ],
    [
      'goes on with the tries that are left',
      {
        actions: ['type: run, command: x, retry: 1'],
        done: new Map([
          ['#1', { attempt: 1, result: { result: 'failed', code: 'action.failed', message: '' } }],
        ]),
      },
      'unchanged',
      'ok',
      ['#1 failed 1', 'action.started', '#1 succeeded 2'],
    ],
    ['has an action that nobody knows', { actions: ['type: plan'] }, 'refused', 'action.not-available', []],
  ];
  for (const [title, given, outcome, code, told] of endings)
    it(title, async () => {
      const result = await run(given);
      assert.deepEqual([result.end?.outcome, result.end?.code], [outcome, code], result.end?.message);
      assert.deepEqual(result.told, told);
    });

  it('gives a command the least of its own time and what is left of the run', async () => {
    const { commands } = await run({
      actions: ['type: run, command: x, timeout: 5s', 'type: run, command: y'],
      left: 20_000,
    });
    assert.deepEqual(
      commands.map(({ timeoutMs }) => timeoutMs),
      [5_000, 20_000],
    );
  });

  it('confines a command in the copy, seen at the place of the folder, and no other command', async () => {
    const { commands } = await run({
      actions: ['type: run, command: x, sandbox: true', 'type: run, command: y'],
    });
    const tree = {
      ...{ kind: 'sandbox', tree: '/copy', mountAt: '/w', treeAccess: 'write' },
      ...{ dependencies: ['node_modules'], writable: [] },
    };
    assert.deepEqual(
      commands.map(({ confinement, cwd }) => [confinement, cwd]),
      [
        [tree, '/w'],
        [{ kind: 'none' }, '/w'],
      ],
    );
  });

  it('hands problems and output on', async () => {
    const { commands } = await run({
      actions: [
        'type: run, command: x, problem_matcher: $gcc',
        'type: run, when: failure, command: ["tell", "{problems}", "{testOutput}", "{language}"]',
      ],
      ends: [
        exited(1, 'src/a.ts:3:4: error: bad\n../out.c:1: error: outside\nnone.c:1: error: gone'),
        exited(0),
      ],
    });
    assert.deepEqual(commands[1]?.argv.slice(1, 2), ['src/a.ts:3:4: error: bad [gcc]']);
    assert.match(commands[1]?.argv[2] ?? '', /outside/u);
    assert.equal(commands[1]?.argv[3], 'typescript');
  });
});
