import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Random } from '../../engine/ports/random.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { readJournals } from '../readJournals.ts';
import { createSeededRandom } from '../seededRandom.ts';
import type { EngineAnswer } from './engineProcess.ts';

export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  /** The program that owns the queue; undefined: `engineProcess.ts`, which takes longer to start than a bundle of it. */
  readonly program?: string;
}

export interface KillResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly kills: number;
  /** Kills at which a command of a rule was under way, as the journals have it. */
  readonly insideCommand: number;
  /** Saves of which a living process had said that a rule fires. */
  readonly acknowledged: number;
  readonly runs: number;
  readonly interrupted: number;
  readonly steps: number;
}

const actionCount = 3;
/** How long after its start a process is killed at the latest, in milliseconds. */
const longestLife = 700;
/** Few enough that what waits does not pile up over many lives. */
const savesInLife = 3;
const maxFaults = 20;
/** How long the last process may take to do what is left, in milliseconds. */
const drainMs = 300_000;

/** Writes down that a command began: what really happened, whatever journals say. */
const stepScript = `
import { appendFileSync } from 'node:fs';
const [log, action, file] = process.argv.slice(2);
appendFileSync(log, \`start \${action} \${file}\\n\`);
await new Promise((resolve) => setTimeout(resolve, 40));
`;

/**
 * Kills the process that owns the queue over and over while files are saved, then lets one live and looks at what became of
 * all: every firing that was acknowledged was decided, no command began twice, and every run that was cut short says so.
 */
export async function endureKills(plan: KillPlan): Promise<KillResult> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-kills-'));
  const cause = new Killing(home, plan);
  try {
    for (let kill = 0; kill < plan.kills; kill += 1) await cause.killOnce();
    return await cause.conclude(plan.kills);
  } finally {
    cause.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

class Killing {
  readonly #root: string;
  readonly #storage: string;
  readonly #log: string;
  readonly #random: Random;
  readonly #acknowledged = new Set<string>();
  /** When processes were killed, in milliseconds since the epoch. */
  readonly #killedAt: number[] = [];
  readonly #program: string;
  #saved = 0;
  #child: ChildProcess | undefined;

  constructor(home: string, { seed, program }: KillPlan) {
    this.#storage = join(home, 'storage');
    this.#program = program ?? fileURLToPath(new URL('engineProcess.ts', import.meta.url));
    this.#root = join(home, 'workspace');
    this.#log = join(home, 'steps.log');
    this.#random = createSeededRandom(seed);
    const script = join(home, 'step.mjs');
    write(script, stepScript);
    write(this.#log, '');
    const actions = Array.from({ length: actionCount }, (_, at) => [
      '  - type: run',
      `    command: ${JSON.stringify([process.execPath, script, this.#log, `#${at + 1}`, '{file}'])}`,
    ]);
    const keys = ['on: save', 'globs: src/**', 'debounce: 20ms', 'actions:', ...actions.flat()];
    write(join(this.#root, '.cursor/rules/steps.mdc'), ['---', ...keys, '---', ''].join('\n'));
  }

  /** Starts a process, saves files while it lives, and kills it at a moment that is drawn. */
  async killOnce(): Promise<void> {
    const child = await this.#start();
    const life = this.#random.fraction() * longestLife;
    const ends = performance.now() + life;
    for (let saves = 0; saves < savesInLife; saves += 1) {
      this.#save(child);
      await sleep(Math.min(60 * this.#random.fraction(), Math.max(0, ends - performance.now())));
    }
    await sleep(Math.max(0, ends - performance.now()));
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.#killedAt.push(Date.now());
    // A command of the one that is dead may still be at its last line.
    await sleep(60);
  }

  async conclude(kills: number): Promise<KillResult> {
    const child = await this.#start();
    const isIdle = await this.#untilIdle(child);
    const runs = await readJournals(this.#storage, this.#root);
    const finished = runs.map((events) => events.at(-1));
    return {
      faults: [...(isIdle ? [] : ['What was left was not done in time.']), ...this.#findFaults(runs)].slice(
        0,
        maxFaults,
      ),
      kills,
      insideCommand: this.#countInside(runs),
      acknowledged: this.#acknowledged.size,
      runs: runs.length,
      interrupted: finished.filter(
        (event) => event?.type === 'run.finished' && event.outcome === 'interrupted',
      ).length,
      steps: this.#steps().length,
    };
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(this.#program, [this.#root, this.#storage], { stdio: 'ignore' });
    this.#child = child;
    child.on('message', (message: EngineAnswer) => {
      if (message.kind === 'decided' && message.fires) this.#acknowledged.add(message.path);
    });
    await this.#hear(child, 'ready');
    return child;
  }

  async #hear(child: ChildProcess, kind: EngineAnswer['kind']): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: EngineAnswer) => {
        if (message.kind === kind) resolve();
      });
      child.once('exit', () => reject(new Error('The process ended by itself.')));
    });
  }

  /** Several times in a row, since what was left is taken up only after the folder is open. */
  async #untilIdle(child: ChildProcess): Promise<boolean> {
    await sleep(500);
    const late = sleep(drainMs, false, { ref: false });
    const idle = async (): Promise<boolean> => {
      for (let quiet = 0; quiet < 5; quiet += 1) await this.#hear(child, 'idle');
      return true;
    };
    return Promise.race([idle(), late]);
  }

  #save(child: ChildProcess): void {
    this.#saved += 1;
    const path = `src/file${this.#saved}.js`;
    write(join(this.#root, path), `save(${this.#saved});\n`);
    child.send({ path });
  }

  /** Commands that began, in order: the action and the file. */
  #steps(): readonly string[] {
    const lines = readFileSync(this.#log, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('start ')).map((line) => line.slice('start '.length));
  }

  #countInside(runs: readonly (readonly RunEvent[])[]): number {
    const kills = runs.filter(isCutShort).map((events) => {
      const last = events.findLast(({ type }) => type !== 'run.finished')?.at ?? 0;
      return this.#killedAt.findIndex((at) => at >= last);
    });
    return new Set(kills).size;
  }

  #findFaults(runs: readonly (readonly RunEvent[])[]): readonly string[] {
    const begun = this.#steps();
    const repeated = begun.filter((step, at) => begun.indexOf(step) !== at);
    const started = new Map<string, number>();
    for (const [first] of runs)
      if (first?.type === 'run.started') started.set(first.file, (started.get(first.file) ?? 0) + 1);
    const lost = [...this.#acknowledged].filter((path) => !started.has(path));
    const doubled = [...started].filter(([, count]) => count > 1).map(([path]) => path);
    const open = runs.filter((events) => events.length > 0 && events.at(-1)?.type !== 'run.finished');
    const cutShort = runs.filter((events) => isCutShort(events) && !saysInterrupted(events));
    return [
      ...repeated.map((step) => `A command began again: ${step}`),
      ...lost.map((path) => `It was said that a rule fires on ${path}, and none ran.`),
      ...doubled.map((path) => `More than one run began on ${path}.`),
      ...open.map(([first]) => `A run has no end: ${first?.run ?? ''}`),
      ...cutShort.map(([first]) => `A run was cut short and does not say so: ${first?.run ?? ''}`),
    ];
  }
}

/** A command began in it of which no end is known. */
function isCutShort(events: readonly RunEvent[]): boolean {
  const count = (type: RunEvent['type']): number => events.filter((event) => event.type === type).length;
  return count('action.started') > count('action.finished');
}

function saysInterrupted(events: readonly RunEvent[]): boolean {
  const last = events.at(-1);
  return last?.type === 'run.finished' && last.outcome === 'interrupted';
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
