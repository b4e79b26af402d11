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
import { noteRule, notesFolder, noteText } from './endurableEngine.ts';
import type { EngineAnswer } from './engineProcess.ts';
import { findKillFaults, isCutShort } from './killFaults.ts';
import { judgeNotes, type NoteCounts } from './noteFaults.ts';

export interface KillPlan {
  readonly kills: number;
  readonly seed: number;
  /** The program that owns the queue; undefined: `engineProcess.ts`, which takes longer to start than a bundle of it. */
  readonly program?: string;
  /** Called after each workspace. */
  readonly onProgress?: (result: KillResult) => void;
}

export interface KillResult extends NoteCounts {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly kills: number;
  /** Kills at which a command of a rule was under way, as the journals have it. */
  readonly insideCommand: number;
  /** Kills while an edit was written. */
  readonly whileLanding: number;
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
/** In one workspace: far fewer runs than are kept, so that none of their journals is deleted before it is looked at. */
const killsInWorkspace = 100;
/** After the acceptance of an edit, in milliseconds: before, while and after it is written. */
const longestLanding = 12;

/** Writes down that a command began: what really happened, whatever journals say. */
const stepScript = `
import { appendFileSync } from 'node:fs';
const [log, action, file] = process.argv.slice(2);
appendFileSync(log, \`start \${action} \${file}\\n\`);
await new Promise((resolve) => setTimeout(resolve, 40));
`;

/**
 * Kills the process that owns the queue over and over while files are saved, then lets one live and looks at what became of
 * all: every firing that was acknowledged was decided, no command began twice, no edit stands twice or in part, and every run
 * that was cut short says so. After some kills it begins in a new workspace.
 */
export async function endureKills(plan: KillPlan): Promise<KillResult> {
  let whole: KillResult | undefined;
  for (let done = 0; done < plan.kills; done += killsInWorkspace) {
    const kills = Math.min(killsInWorkspace, plan.kills - done);
    const part = await killInWorkspace({ ...plan, kills, seed: plan.seed * 1_000 + done });
    whole = whole === undefined ? part : add(whole, part);
    plan.onProgress?.(whole);
  }
  if (whole === undefined) throw new Error('Nothing is to be killed.');
  return whole;
}

function add(left: KillResult, right: KillResult): KillResult {
  const sum = (key: Exclude<keyof KillResult, 'faults'>): number => left[key] + right[key];
  return {
    faults: [...left.faults, ...right.faults].slice(0, maxFaults),
    kills: sum('kills'),
    insideCommand: sum('insideCommand'),
    whileLanding: sum('whileLanding'),
    acknowledged: sum('acknowledged'),
    runs: sum('runs'),
    interrupted: sum('interrupted'),
    steps: sum('steps'),
    notes: sum('notes'),
    edited: sum('edited'),
    undone: sum('undone'),
    leftovers: sum('leftovers'),
  };
}

async function killInWorkspace(plan: KillPlan): Promise<KillResult> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-kills-'));
  const cause = new Killing(home, plan);
  try {
    for (let kill = 0; kill < plan.kills; kill += 1) await cause.killOnce();
    return await cause.conclude(plan.kills);
  } finally {
    cause.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

class Killing {
  readonly #root: string;
  readonly #storage: string;
  readonly #log: string;
  readonly #random: Random;
  readonly #acknowledged = new Set<string>();
  /** Of each note, the number of its only save. */
  readonly #notes = new Map<string, number>();
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
    write(join(this.#root, '.cursor/rules/notes.mdc'), noteRule);
  }

  /** Starts a process, saves files while it lives, and kills it at a moment that is drawn: any, or that of a landing. */
  async killOnce(): Promise<void> {
    const atLanding = this.#random.fraction() < 0.5;
    const landing = atLanding ? [String(Math.floor(this.#random.fraction() * longestLanding))] : [];
    const { child, gone } = await this.#start(landing);
    const life = atLanding ? 20 * longestLife : this.#random.fraction() * longestLife;
    const ends = performance.now() + life;
    for (let saves = 0; saves < savesInLife; saves += 1) {
      this.#save(child, saves === 0);
      await sleep(Math.min(60 * this.#random.fraction(), Math.max(0, ends - performance.now())));
    }
    await Promise.race([gone, sleep(Math.max(0, ends - performance.now()), undefined, { ref: false })]);
    child.kill('SIGKILL');
    await gone;
    this.#killedAt.push(Date.now());
    // A command of the one that is dead may still be at its last line.
    await sleep(60);
  }

  async conclude(kills: number): Promise<KillResult> {
    const { child } = await this.#start([]);
    const isIdle = await this.#untilIdle(child);
    child.kill('SIGKILL');
    const runs = await readJournals(this.#storage, this.#root);
    const steps = this.#steps();
    const notes = await judgeNotes({ root: this.#root, storage: this.#storage, saves: this.#notes, runs });
    return {
      ...notes.counts,
      faults: [
        ...(isIdle ? [] : ['What was left was not done in time.']),
        ...findKillFaults({ runs, steps, acknowledged: this.#acknowledged }),
        ...notes.faults,
      ].slice(0, maxFaults),
      kills,
      insideCommand: this.#countKills(runs.filter(isCutShort)),
      whileLanding: runs.filter((events) => codeOf(events) === 'interrupted.while-landing').length,
      acknowledged: this.#acknowledged.size,
      runs: runs.length,
      interrupted: runs.filter((events) => codeOf(events)?.startsWith('interrupted') === true).length,
      steps: steps.length,
    };
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
  }

  async #start(
    landing: readonly string[],
  ): Promise<{ readonly child: ChildProcess; readonly gone: Promise<unknown> }> {
    const child = fork(this.#program, [this.#root, this.#storage, ...landing], { stdio: 'ignore' });
    this.#child = child;
    const gone = once(child, 'exit');
    child.on('message', (message: EngineAnswer) => {
      if (message.kind === 'decided' && message.fires) this.#acknowledged.add(message.path);
    });
    // What is sent to one that has just killed itself goes nowhere.
    child.on('error', () => undefined);
    await this.#hear(child, 'ready');
    return { child, gone };
  }

  async #hear(child: ChildProcess, kind: EngineAnswer['kind']): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: EngineAnswer) => {
        if (message.kind === kind) resolve();
      });
      child.once('exit', (_code, killed) => {
        // At a landing that the one before had left to it.
        if (killed === 'SIGKILL') resolve();
        else reject(new Error('The process ended by itself.'));
      });
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

  #save(child: ChildProcess, isNote: boolean): void {
    this.#saved += 1;
    const path = isNote ? `${notesFolder}/note${this.#saved}.txt` : `src/file${this.#saved}.js`;
    write(join(this.#root, path), isNote ? noteText(this.#saved) : `save(${this.#saved});\n`);
    if (isNote) this.#notes.set(path, this.#saved);
    if (child.connected) child.send({ path }, () => undefined);
  }

  /** Commands that began, in order: the action and the file. */
  #steps(): readonly string[] {
    const lines = readFileSync(this.#log, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('start ')).map((line) => line.slice('start '.length));
  }

  #countKills(runs: readonly (readonly RunEvent[])[]): number {
    const kills = runs.map((events) => {
      const last = events.findLast(({ type }) => type !== 'run.finished')?.at ?? 0;
      return this.#killedAt.findIndex((at) => at >= last);
    });
    return new Set(kills).size;
  }
}

function codeOf(events: readonly RunEvent[]): string | undefined {
  const last = events.at(-1);
  return last?.type === 'run.finished' ? last.code : undefined;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
