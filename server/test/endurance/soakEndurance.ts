import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import type { LoopSample } from './loopMeter.ts';
import { SoakEditor, until } from './soakEditor.ts';
import {
  fileOf,
  flawOf,
  messageOf,
  rulePath,
  ruleText,
  sourceText,
  write,
  writeWorkspace,
  type Flaw,
} from './soakWorkspace.ts';

export interface SoakPlan {
  readonly rules: number;
  readonly files: number;
  readonly seconds: number;
  readonly savesPerSecond: number;
  /** The server's program. */
  readonly program: string;
  /** Hears how it goes, some times a minute. */
  readonly onProgress?: (line: string) => void;
}

export interface SoakResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly saves: number;
  readonly seconds: number;
  /** From the change to the findings of exactly that text, in milliseconds. */
  readonly sources: readonly number[];
  /** The same of rule files. */
  readonly rules: readonly number[];
  /** Of the event loop, a second each, from the first save on. */
  readonly samples: readonly LoopSample[];
  /** The same while the folder is opened. */
  readonly opening: readonly LoopSample[];
  /** Bytes; the most that the process ever had. */
  readonly peak: number;
}

/** Documents that are open at once. */
const openAtOnce = 60;
/** A save of a file that is open already follows its last one after this many others, so that its findings have come. */
const restSaves = 45;
/** Of this many saves one is of a rule file, and one more file comes or goes. */
const savesPerRule = 50;
const savesPerNewFile = 25;
/** Findings that have not come by then never will, in milliseconds. */
const lateMs = 10_000;
const maxFaults = 20;

/** Lets an editor save files of a large workspace at a steady pace, and looks how its server fares. */
export async function endureSoak(plan: SoakPlan): Promise<SoakResult> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-soak-'));
  const soak = new Soak(home, plan);
  try {
    return await soak.play();
  } finally {
    await soak.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

interface Awaited {
  readonly sentAt: number;
  readonly line: number;
  /** What the one finding says; undefined: there is none. */
  readonly message: string | undefined;
  readonly times: number[];
}

class Soak {
  readonly #plan: SoakPlan;
  readonly #root: string;
  readonly #editor: SoakEditor;
  readonly #awaited = new Map<string, Awaited>();
  readonly #sources: number[] = [];
  readonly #rules: number[] = [];
  readonly #samples: LoopSample[] = [];
  readonly #faults: string[] = [];
  /** Documents that are open, by path: how often each was saved; the oldest first. */
  readonly #open = new Map<string, { version: number; savedAt: number }>();
  /** What was wrong in each file last. */
  readonly #flaws = new Map<string, Flaw>();
  #next = 0;
  #saves = 0;

  constructor(home: string, plan: SoakPlan) {
    this.#plan = plan;
    this.#root = join(home, 'workspace');
    writeWorkspace(this.#root, plan);
    this.#editor = new SoakEditor({
      program: plan.program,
      root: this.#root,
      storage: join(home, 'storage'),
      onDiagnostics: (params) => this.#take(params),
      onSample: (sample) => this.#samples.push(sample),
      onFault: (fault) => this.#fault(fault),
    });
  }

  async play(): Promise<SoakResult> {
    const { rules, seconds, savesPerSecond, onProgress } = this.#plan;
    await this.#editor.start(rules);
    for (let at = 0; at < rules / 100; at += 1) this.#editor.open(rulePath(at), ruleText(at));
    // A second of the meter ends, so that what it cost to open is in no sample of the saves.
    await until('a sample of the meter', () => this.#samples.length > 0);
    const opening = this.#samples.splice(0);
    const began = performance.now();
    const wanted = Math.round(seconds * savesPerSecond);
    for (let due = 0; this.#saves < wanted;) {
      due = Math.min(wanted, Math.floor(((performance.now() - began) / 1_000) * savesPerSecond) + 1);
      while (this.#saves < due) this.#save();
      if (this.#saves % 1_000 === 0) onProgress?.(this.#describe());
      await sleep(1);
    }
    const took = (performance.now() - began) / 1_000;
    this.#findLate(lateMs);
    await until('the last findings', () => this.#awaited.size === 0, lateMs).catch(() => this.#findLate(0));
    return {
      faults: this.#faults.slice(0, maxFaults),
      saves: this.#saves,
      seconds: took,
      sources: this.#sources,
      rules: this.#rules,
      opening,
      samples: this.#samples,
      peak: peakOf(this.#editor.process),
    };
  }

  async stop(): Promise<void> {
    await this.#editor.stop();
  }

  #save(): void {
    this.#saves += 1;
    if (this.#saves % savesPerRule === 0) this.#saveRule(Math.floor(this.#saves / savesPerRule));
    else this.#saveSource(this.#saves % 2 === 0 ? this.#openAgain() : undefined);
    if (this.#saves % savesPerNewFile === 0) this.#comeAndGo(this.#saves / savesPerNewFile);
    if (this.#saves % 100 === 0) this.#findLate(lateMs);
  }

  /** One that is open, was saved, and has rested since. */
  #openAgain(): string | undefined {
    for (const [path, { savedAt }] of this.#open) if (this.#saves - savedAt >= restSaves) return path;
    return undefined;
  }

  #saveSource(again: string | undefined): void {
    const path = again ?? this.#openNext();
    const version = (this.#open.get(path)?.version ?? 1) + 1;
    // Last in the order, so that every open one has its turn.
    if (again !== undefined) this.#open.delete(path);
    this.#open.set(path, { version, savedAt: this.#saves });
    const flaw = this.#nextFlaw(path);
    const text = sourceText(this.#saves, flaw);
    this.#await(path, {
      line: flaw.line,
      message: messageOf(flaw),
      times: this.#sources,
    });
    this.#editor.change(path, version, text);
    write(join(this.#root, path), text);
    this.#editor.saved(path);
  }

  /** Another than the file had: what is shown already is not sent again. */
  #nextFlaw(path: string): Flaw {
    const drawn = flawOf(this.#saves);
    const shown = this.#flaws.get(path) ?? flawOf(Number(/file(\d+)/u.exec(path)?.[1]));
    const flaw = drawn.line === shown.line && drawn.check === shown.check ? flawOf(this.#saves + 1) : drawn;
    this.#flaws.set(path, flaw);
    return flaw;
  }

  #openNext(): string {
    const path = fileOf(this.#next % this.#plan.files);
    this.#next += 1;
    if (this.#open.has(path)) return path;
    this.#editor.open(path, readFileSync(join(this.#root, path), 'utf8'));
    for (const [oldest] of this.#open) {
      if (this.#open.size < openAtOnce || this.#awaited.has(this.#editor.uri(oldest))) break;
      this.#open.delete(oldest);
      this.#editor.close(oldest);
    }
    return path;
  }

  /** A rule file gets a problem, or gets rid of it. */
  #saveRule(turn: number): void {
    const shown = Math.max(1, Math.floor(this.#plan.rules / 100));
    const at = turn % shown;
    const typo = Math.floor(turn / shown) % 2 === 0;
    const path = rulePath(at);
    const text = ruleText(at, { typo });
    this.#await(path, { line: 1, message: typo ? 'glob' : undefined, times: this.#rules });
    this.#editor.change(path, turn + 2, text);
    write(join(this.#root, path), text);
    this.#editor.saved(path);
  }

  #comeAndGo(turn: number): void {
    const path = `src/m${turn % 100}/new${turn % 2 === 0 ? turn - 1 : turn}.js`;
    if (turn % 2 === 0) rmSync(join(this.#root, path), { force: true });
    else write(join(this.#root, path), sourceText(turn, flawOf(turn)));
    this.#editor.watched(path, turn % 2 === 0 ? 3 : 1);
  }

  #await(path: string, expected: Omit<Awaited, 'sentAt'>): void {
    this.#awaited.set(this.#editor.uri(path), { sentAt: performance.now(), ...expected });
  }

  #take({ uri, diagnostics }: PublishDiagnosticsParams): void {
    const awaited = this.#awaited.get(uri);
    if (!awaited) return;
    const { message, line, sentAt, times } = awaited;
    const [first] = diagnostics;
    const isThat =
      message === undefined
        ? diagnostics.length === 0
        : diagnostics.length === 1 &&
          first?.range.start.line === line &&
          typeof first.message === 'string' &&
          first.message.includes(message);
    if (!isThat) return;
    this.#awaited.delete(uri);
    times.push(performance.now() - sentAt);
  }

  #findLate(afterMs: number): void {
    const late = performance.now() - afterMs;
    for (const [uri, { sentAt }] of this.#awaited) {
      if (sentAt > late) continue;
      this.#awaited.delete(uri);
      this.#fault(`The findings of ${uri.slice(uri.lastIndexOf('/') + 1)} never came.`);
    }
  }

  #fault(fault: string): void {
    if (this.#faults.length >= maxFaults) return;
    this.#faults.push(fault);
    this.#plan.onProgress?.(fault);
  }

  #describe(): string {
    const last = this.#samples.slice(-10);
    const worst = (of: (sample: LoopSample) => number): string => Math.max(0, ...last.map(of)).toFixed(0);
    const recent = this.#sources.slice(-1_000).toSorted((left, right) => left - right);
    const p95 = recent[Math.floor(recent.length * 0.95)] ?? 0;
    return (
      `${this.#saves} saves, findings p95 ${p95.toFixed(0)} ms, holds wall ${worst(({ wall }) => wall)}, own ${worst(({ own }) => own)}, ` +
      `cpu ${worst(({ cpu }) => cpu)} ms, spent ${worst(({ spent }) => spent)} ms/s, rss ${worst(({ rss }) => rss / 2 ** 20)} MiB, ` +
      `heap ${worst(({ heap }) => heap / 2 ** 20)} MiB, ${this.#awaited.size} awaited, ${this.#faults.length} faults`
    );
  }
}

/** Where the system does not tell, 0. */
function peakOf(pid: number): number {
  try {
    const [, kilobytes = '0'] =
      /^VmHWM:\s*(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1_024;
  } catch {
    return 0;
  }
}
