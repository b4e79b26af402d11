import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { sha256 } from '../../adapters/sha256.ts';
import { createEnvironmentSecrets } from '../../adapters/models/environmentSecrets.ts';
import { unsetSettings } from '../../engine/settings.ts';
import { composeEngine } from '../../composeEngine.ts';
import type { Engine } from '../../engine/engine.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import type { EditorSettings } from '../../protocol/requests.ts';
import type { Random } from '../../engine/ports/random.ts';
import { readJournals } from '../readJournals.ts';
import { createSeededRandom } from '../seededRandom.ts';

export interface SavePlan {
  readonly files: number;
  readonly rules: number;
  readonly saves: number;
  /** `some`: each file is one of about a hundredth of the rules; `all`: of every rule. */
  readonly matching: 'some' | 'all';
  readonly seed: number;
}

export interface SaveResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly saves: number;
  /** Pairs of a rule and a file that were to fire. */
  readonly pairs: number;
  /** Runs that began: at least one per pair. */
  readonly runs: number;
  /** From the event to the decision: our own time, which is the processor's in this thread. */
  readonly own: Spread;
  /** The same by the clock on the wall: the disk's time is in it, and that of all others on the machine. */
  readonly wall: Spread;
  /** The longest that the event loop was held, in milliseconds. */
  readonly longestBlock: number;
  readonly seconds: number;
}

/** In milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

/** Folders of files; with `some`, a rule is about one of them. */
const groups = 100;
/** Files that are saved in turns, so that saves of one file fall into one quiet period, and those of others come between. */
const filesAtOnce = 50;
const maxFaults = 20;

/**
 * Saves files of a real folder over and over, with a real queue and real journals, and looks in the journals whether each
 * rule ran on each of its files with the last content, once. The rules ask a model that is not allowed, so that each run
 * ends with its approval.
 */
export async function endureSaves(plan: SavePlan): Promise<SaveResult> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-endurance-'));
  try {
    return await endureIn(home, plan);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function endureIn(home: string, plan: SavePlan): Promise<SaveResult> {
  const random = createSeededRandom(plan.seed);
  const root = join(home, 'workspace');
  const paths = Array.from({ length: plan.files }, (_, at) => `src/m${at % groups}/file${at}.js`);
  for (const path of paths) write(root, path, 'export const count = 0;\n');
  for (let at = 0; at < plan.rules; at += 1) write(root, `.cursor/rules/rule${at}.mdc`, ruleText(plan, at));
  const complaints: string[] = [];
  const storage = join(home, 'storage');
  const engine = createRealEngine(storage, (message) => void complaints.push(message));
  const started = performance.now();
  const block = monitorEventLoopDelay({ resolution: 1 });
  try {
    await engine.openFolder(root, new AbortController().signal);
    await engine.workspacePaths(root)?.load(new AbortController().signal);
    block.enable();
    const times: Decided[] = [];
    const last = new Map<string, string>();
    for (const [count, path] of drawSaves(plan, paths, random).entries()) {
      const text = `export const count = ${count + 1};\n`;
      last.set(path, text);
      times.push(await save(engine, { root, path, text }));
    }
    await untilIdle(engine);
    block.disable();
    const begun = countBegun(await readJournals(storage, root));
    return {
      faults: [...complaints, ...findFaults(plan, last, begun)].slice(0, maxFaults),
      saves: plan.saves,
      pairs: [...last.keys()].reduce((sum, path) => sum + rulesOf(plan, path).length, 0),
      runs: [...begun.values()].reduce((sum, count) => sum + count, 0),
      own: spread(times.map(({ own }) => own)),
      wall: spread(times.map(({ wall }) => wall)),
      longestBlock: block.max / 1e6,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await engine.dispose();
  }
}

function ruleText({ matching }: SavePlan, at: number): string {
  const globs = matching === 'all' ? 'src/**/*.js' : `src/m${at % groups}/**`;
  const keys = ['on: save', `globs: ${globs}`, 'actions:', '  - type: generate_tests'];
  return ['---', ...keys, '---', 'Test it.', ''].join('\n');
}

/** Numbers of the rules that are about a file. */
function rulesOf({ matching, rules }: SavePlan, path: string): readonly number[] {
  const group = Number(/\/m(\d+)\//.exec(path)?.[1]);
  const all = Array.from({ length: rules }, (_, at) => at);
  return matching === 'all' ? all : all.filter((at) => at % groups === group);
}

/** Which file is saved when: all are saved equally often, in turns that are drawn. */
function drawSaves({ saves }: SavePlan, paths: readonly string[], random: Random): readonly string[] {
  const drawn: string[] = [];
  const each = Math.ceil(saves / paths.length);
  for (let from = 0; from < paths.length; from += filesAtOnce) {
    const turn = paths.slice(from, from + filesAtOnce).flatMap((path) => Array<string>(each).fill(path));
    for (let left = turn.length; left > 0; left -= 1) {
      const [path] = turn.splice(Math.floor(random.fraction() * left), 1);
      if (path !== undefined) drawn.push(path);
    }
  }
  return drawn.slice(0, saves);
}

interface Save {
  readonly root: string;
  readonly path: string;
  readonly text: string;
}

/** Milliseconds until it was decided. */
interface Decided {
  readonly own: number;
  readonly wall: number;
}

async function save(engine: Engine, { root, path, text }: Save): Promise<Decided> {
  write(root, path, text);
  const event = { root, path, name: 'save', origin: 'user', depth: 0 } as const;
  const started = performance.now();
  const before = spentMs();
  await engine.handleEvent(event, new AbortController().signal);
  return { own: spentMs() - before, wall: performance.now() - started };
}

/** Of this thread; the types are those of the oldest Node, and tests run with the newest. */
function spentMs(): number {
  const { user, system } = (process as ThreadMeter).threadCpuUsage();
  return (user + system) / 1000;
}

interface ThreadMeter extends NodeJS.Process {
  /** Microseconds. */
  readonly threadCpuUsage: () => { readonly user: number; readonly system: number };
}

async function untilIdle(engine: Engine): Promise<void> {
  while (engine.queue().length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Rule, file and the digest of the text, to how many runs began so. */
function countBegun(runs: readonly (readonly RunEvent[])[]): ReadonlyMap<string, number> {
  const begun = new Map<string, number>();
  for (const [event] of runs) {
    // A run that could not begin leaves nothing, and is lost.
    if (event?.type !== 'run.started') continue;
    const key = `${event.rule} ${event.file} ${event.fileDigest}`;
    begun.set(key, (begun.get(key) ?? 0) + 1);
  }
  return begun;
}

function findFaults(
  plan: SavePlan,
  last: ReadonlyMap<string, string>,
  begun: ReadonlyMap<string, number>,
): readonly string[] {
  const doubled = [...begun]
    .filter(([, count]) => count > 1)
    .map(([key, count]) => `Begun ${count} times: ${key}`);
  const lost = [...last].flatMap(([path, text]) =>
    rulesOf(plan, path)
      .map((at) => `rule${at} ${path} ${sha256(text)}`)
      .filter((key) => !begun.has(key))
      .map((key) => `Lost: ${key}`),
  );
  const foreign = [...begun.keys()].filter((key) => {
    const [rule = '', path = ''] = key.split(' ');
    return !rulesOf(plan, path).includes(Number(rule.slice('rule'.length)));
  });
  return [...doubled, ...lost, ...foreign.map((key) => `Not to fire: ${key}`)];
}

function spread(times: readonly number[]): Spread {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), worst: at(1) };
}

/** `told` hears what goes wrong. */
function createRealEngine(storage: string, told: (message: string) => void): Engine {
  const settings: EditorSettings = {
    ...unsetSettings,
    ai: { ...unsetSettings.ai, enabled: true, provider: 'ollama', model: 'none' },
  };
  const { engine } = composeEngine({
    storage,
    settings,
    trusted: true,
    interactive: false,
    builtinRules: join(import.meta.dirname, '../../../rules'),
    environment: {},
    secrets: createEnvironmentSecrets({}),
    terminal: { open: () => ({ write: ignore, close: ignore, stopped: new AbortController().signal }) },
    log: { error: told, warn: told, info: ignore, debug: ignore, trace: ignore },
  });
  return engine;
}

function ignore(): void {}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
