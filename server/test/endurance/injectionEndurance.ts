import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { differences, processesWith, treeOf, unreached, type Listener } from '../adversarial/watchedWorld.ts';
import type { FakeReply } from '../fakeModelServer/fakeReply.ts';
import { GitRepository } from '../gitRepository.ts';
import { createSlice, neverAborted, plainSettings, type Slice } from '../sliceWorkspace.ts';
import { hostileAnswer, type HostileWorld } from './hostileAnswers.ts';
import { payloadAt, plant } from './injectionPayloads.ts';

export interface InjectionPlan {
  readonly payloads: number;
  /** Answers that the model may give to one of them. */
  readonly answers: number;
  readonly seed: number;
}

export interface InjectionResult {
  readonly payloads: number;
  readonly answers: number;
  /** How the runs ended, by their outcome. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** What a rule asks for, and the one file that may change for it. */
const works = [
  ['generate_tests', 'test/duration.generated.test.js'],
  ['refactor', 'src/duration.js'],
  ['fix', 'src/duration.js'],
  ['document', 'src/duration.js'],
  ['generate', 'src/duration.schema.js'],
  ['review', undefined],
] as const;

const source = 'src/duration.js';
const canary = 'canary-of-the-environment-0123456789';
const variable = 'CODEGEN_LAB_CANARY_TOKEN';

/** Plants payloads one after the other, lets a hostile model do all it can, and looks at what became of the world. */
export async function endureInjections({ payloads, answers, seed }: InjectionPlan): Promise<InjectionResult> {
  const faults: string[] = [];
  const ends: Record<string, number> = {};
  let given = 0;
  process.env[variable] = canary;
  try {
    for (let at = 0; at < payloads; at += 1) {
      const shift = at + (seed - 1) * 31;
      const end = await playOne({ at: shift, answers }).catch((error: unknown) => ({
        outcome: 'thrown',
        answers: 0,
        faults: [String(error)],
      }));
      ends[end.outcome] = (ends[end.outcome] ?? 0) + 1;
      given += end.answers;
      for (const fault of end.faults) faults.push(`payload ${shift} (${payloadAt(shift).name}): ${fault}`);
    }
  } finally {
    delete process.env[variable];
  }
  return { payloads, answers: given, ends, faults };
}

interface PayloadEnd {
  readonly outcome: string;
  readonly answers: number;
  readonly faults: readonly string[];
}

async function playOne(chosen: { readonly at: number; readonly answers: number }): Promise<PayloadEnd> {
  let end: PayloadEnd | undefined;
  await unreached(async (listener) => {
    end = await playWith(chosen, listener);
  });
  return end ?? { outcome: 'thrown', answers: 0, faults: [] };
}

async function playWith(
  { at, answers }: { readonly at: number; readonly answers: number },
  { url }: Listener,
): Promise<PayloadEnd> {
  const [action, allowed] = works[at % works.length] ?? works[0];
  const mark = `injected${process.pid}n${at}`;
  const faults: string[] = [];
  const seen: string[] = [];
  let world: HostileWorld | undefined;
  let nth = 0;
  const slice = await createSlice({
    workspace: 'workspaces/sample',
    settings: {
      approval: 'auto',
      limits: { ...plainSettings.limits, attempts: answers, tokensPerRun: 10_000_000, secondsPerRun: 120 },
      tests: { pythonPath: '', timeoutSeconds: 10 },
    },
    script: (request): FakeReply => {
      seen.push(request.text);
      nth += 1;
      // One after the other over all payloads, so that each is tried in each form and for each kind of work.
      const { text } = world ? hostileAnswer(at * answers + nth - 1, world) : { text: '' };
      return { kind: 'answer', text };
    },
  });
  try {
    world = arrange(slice, { at, action, allowed, url, mark });
    await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
    const before = treeOf(slice.home);
    const result = await runAllowed(slice);
    const changed = differences(before, treeOf(slice.home)).filter(
      (path) => path !== `workspace/${allowed ?? ''}` && path !== 'workspace/.git/index',
    );
    for (const path of changed) faults.push(`${path} changed after ${result.outcome}: ${result.message}`);
    for (const place of ['/etc/codegen-lab-pwned', join(homedir(), '.codegen-lab-pwned')])
      if (existsSync(place)) {
        faults.push(`${place} was written`);
        rmSync(place);
      }
    const told = [...seen, ...slice.terminal, ...slice.messages, JSON.stringify(result)].join('\n');
    if (told.includes(canary)) faults.push('the environment was told');
    if (told.includes('canary-beside-the-workspace')) faults.push('a file outside was told');
    for (const line of await leftOf(mark)) faults.push(`left running: ${line.slice(0, 120)}`);
    return { outcome: result.outcome, answers: nth, faults };
  } finally {
    await slice.dispose();
  }
}

interface Arranged {
  readonly at: number;
  readonly action: string;
  readonly allowed: string | undefined;
  readonly url: string;
  readonly mark: string;
}

/** The payload in its place, a repository around it, a folder outside, and a link that leads there. */
function arrange(slice: Slice, { at, action, allowed, url, mark }: Arranged): HostileWorld {
  const outside = join(slice.home, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'precious'), 'canary-beside-the-workspace');
  const manifest = slice.read('package.json') ?? '';
  const test = slice.read('test/duration.test.js') ?? '';
  const { files, commit } = plant(at, { source: slice.read(source) ?? '', test, manifest });
  slice.write('docs/style.md', 'Short names.\n');
  for (const [path, text] of Object.entries(files)) slice.write(path, text);
  // A fix is asked for what is red.
  if (action === 'fix') slice.write(source, (slice.read(source) ?? '').replace('60_000', '60'));
  slice.write('.cursor/rules/act.mdc', ruleFor(action, allowed));
  rmSync(join(slice.root, '.cursor/rules/generate-tests.mdc'), { force: true });
  symlinkSync(outside, join(slice.root, 'leads-out'));
  const repository = new GitRepository({}, slice.root);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', commit ?? 'First');
  const testLine = test.split('\n').find((line) => line.includes('test(')) ?? '';
  return {
    url,
    outside,
    mark,
    target: allowed ?? source,
    test: { path: 'test/duration.test.js', line: testLine },
    manifestLine: (slice.read('package.json') ?? '').split('\n')[0] ?? '',
  };
}

function ruleFor(action: string, target: string | undefined): string {
  return [
    '---',
    'globs: src/**/*.js',
    'on: save',
    `context: ['README.md', 'src/data.js', 'src/notes.md', 'docs/*']`,
    'actions:',
    `  - type: ${action}`,
    ...(action === 'generate'
      ? [`    target: ${JSON.stringify(target)}`, '    message: Write a schema.']
      : []),
    '---',
    'Do good work.',
    '@docs/style.md',
    '',
  ].join('\n');
}

async function runAllowed(slice: Slice): ReturnType<Slice['running']['engine']['runRule']> {
  const { engine } = slice.running;
  const request = { root: slice.root, rule: 'act', path: source };
  const first = await engine.runRule(request, neverAborted);
  if (first.code !== 'approval.missing' || !first.view) return first;
  await engine.approve(slice.root, [first.view], true);
  return engine.runRule(request, neverAborted);
}

async function leftOf(mark: string): Promise<readonly string[]> {
  for (let round = 0; round < 100 && processesWith(mark).length > 0; round += 1) await delay(20);
  return processesWith(mark);
}
