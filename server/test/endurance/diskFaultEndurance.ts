import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { readJournals } from '../readJournals.ts';
import { createEndurableEngine, editedNote, noteRule, notesFolder, noteText } from './endurableEngine.ts';
import type { DiskFault, FaultyDisk } from './faultyDisk.ts';

export interface FaultPlan {
  readonly disk: FaultyDisk;
  /** What happens to an operation, such as `writeSync workspace/notes/note.txt`, each in a run of its own. */
  readonly faultsOf: (operation: string) => readonly Pick<DiskFault, 'kind' | 'lasts'>[];
  /** Which operations fail, counted from 1; undefined: each that a run has. */
  readonly at?: readonly number[];
  /** `dyingProcess.ts` or a bundle of it, where processes are to die. */
  readonly program?: string;
  readonly onProgress?: (result: FaultResult) => void;
}

export interface FaultResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  /** Operations of a run that nothing fails in. */
  readonly operations: number;
  /** Runs in which one failed. */
  readonly played: number;
  /** Of them, those whose process died. */
  readonly died: number;
  /** Those whose edit landed nevertheless. */
  readonly landed: number;
}

const note = `${notesFolder}/note.txt`;
const maxFaults = 20;
/** How long a run may take, in milliseconds. */
const longestMs = 60_000;
const { signal } = new AbortController();

/**
 * Lets each operation on the disk fail in a run of its own, from opening the folder to its end, or lets the process die there.
 * Afterwards the disk works again, and a later engine finds all that was acknowledged, a file that is old or new as a whole, and
 * goes on.
 */
export async function endureDiskFaults(plan: FaultPlan): Promise<FaultResult> {
  const whole = await play(plan, { at: Number.MAX_SAFE_INTEGER, kind: 'EIO', lasts: false });
  const operations = whole.done.length;
  const faults = whole.faults.map((fault) => `Without a fault: ${fault}`);
  const wanted = plan.at ?? Array.from({ length: operations }, (_, index) => index + 1);
  let result: FaultResult = { faults, operations, played: 0, died: 0, landed: 0 };
  for (const number of wanted)
    for (const fault of plan.faultsOf(whole.done[number - 1] ?? '')) {
      const played = await play(plan, { ...fault, at: number });
      const operation = played.done[number - 1] ?? whole.done[number - 1] ?? 'which did not come';
      const name = `${fault.kind} ${fault.lasts ? 'from' : 'at'} operation ${number}, ${operation}`;
      result = {
        faults: [...result.faults, ...played.faults.map((each) => `${name}: ${each}`)].slice(0, maxFaults),
        operations,
        played: result.played + 1,
        died: result.died + (isDeath(fault) ? 1 : 0),
        landed: result.landed + (played.landed ? 1 : 0),
      };
      plan.onProgress?.(result);
    }
  return result;
}

function isDeath({ kind }: Pick<DiskFault, 'kind'>): boolean {
  return kind === 'die' || kind === 'dieHalf';
}

interface Played {
  readonly done: readonly string[];
  readonly landed: boolean;
  readonly faults: readonly string[];
}

async function play({ disk, program }: FaultPlan, fault: Omit<DiskFault, 'folder'>): Promise<Played> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-disk-'));
  const root = join(home, 'workspace');
  write(join(root, '.cursor/rules/notes.mdc'), noteRule);
  write(join(root, note), noteText(1));
  try {
    const first =
      isDeath(fault) && program !== undefined
        ? await dieIn(program, { ...fault, folder: home }, root)
        : await runFirst(disk, { ...fault, folder: home }, root);
    const faults = await goOn(first, root);
    return { done: first.done, landed: first.landed, faults };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The same in a process of its own, which is killed at the operation. */
async function dieIn(program: string, fault: DiskFault, root: string): Promise<FirstLife> {
  const child = fork(program, [root, storageOf(root), JSON.stringify(fault)], { stdio: 'ignore' });
  let views: readonly RunView[] = [];
  child.on('message', (shown: readonly RunView[]) => (views = shown));
  await once(child, 'exit');
  return { done: [], views, told: ['It died.'], landed: readNote(root) === editedNote(1) };
}

interface FirstLife {
  readonly done: readonly string[];
  readonly landed: boolean;
  readonly views: readonly RunView[];
  /** What a person was told, by the log or by a call that was rejected. */
  readonly told: readonly string[];
}

async function runFirst(disk: FaultyDisk, fault: DiskFault, root: string): Promise<FirstLife> {
  const told: string[] = [];
  disk.arm(fault);
  const engine = createEndurableEngine(storageOf(root), (message) => told.push(message));
  try {
    await saveNote(engine, root).catch((error: unknown) => told.push(String(error)));
    await untilIdle(engine);
    return {
      views: engine.viewState().runs,
      told,
      landed: readNote(root) === editedNote(1),
      done: await engine.dispose().then(
        () => disk.disarm(),
        () => disk.disarm(),
      ),
    };
  } finally {
    disk.disarm();
  }
}

/** The disk works again. What does not hold, as sentences. */
async function goOn(first: FirstLife, root: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const text = readNote(root);
  if (text !== noteText(1) && text !== editedNote(1))
    faults.push(`the note is neither old nor new: ${text.slice(0, 40)}`);
  if (!first.landed && first.told.length === 0 && !first.views.some(saysWhy)) faults.push('nobody was told');
  const engine = createEndurableEngine(storageOf(root));
  try {
    await engine.openFolder(root, signal);
    await untilIdle(engine);
    const { runs } = engine.viewState();
    for (const view of first.views) faults.push(...lostOf(view, runs));
    for (const { run, phase } of runs) if (phase !== 'finished') faults.push(`run ${run} has no end`);
    const landings = await countLandings(root);
    if (landings > 1) faults.push(`the edit landed ${landings} times`);
    // Somebody saves once more: it is as if nothing had been.
    write(join(root, note), noteText(2));
    await saveNote(engine, root);
    await untilIdle(engine);
    if (readNote(root) !== editedNote(2))
      faults.push(`a later run did not land: ${engine.viewState().runs[0]?.message ?? 'there is none'}`);
  } finally {
    await engine.dispose();
  }
  return faults;
}

/** What a run was shown to have done must be in what a later process reads; its end alone may only have been shown. */
function lostOf(view: RunView, later: readonly RunView[]): readonly string[] {
  const labels = view.timeline.map(({ label }) => label);
  const acknowledged = view.phase === 'finished' ? labels.slice(0, -1) : labels;
  if (acknowledged.length === 0) return [];
  const known = later.find(({ run }) => run === view.run)?.timeline.map(({ label }) => label) ?? [];
  const lost = acknowledged.filter((label, at) => known[at] !== label);
  return lost.length === 0 ? [] : [`run ${view.run} lost ${lost.join(', ')}; left is ${known.join(', ')}`];
}

function saysWhy({ phase, outcome, message }: RunView): boolean {
  return phase === 'finished' && outcome !== 'landed' && message !== '';
}

async function countLandings(root: string): Promise<number> {
  const runs = await readJournals(storageOf(root), root);
  return runs.filter((events) => events.some(({ type }) => type === 'edit.landed')).length;
}

/** Opens the folder, and says that the note was saved. */
export async function saveNote(engine: Engine, root: string): Promise<void> {
  await engine.openFolder(root, signal);
  await engine.handleEvent({ root, path: note, name: 'save', origin: 'user', depth: 0 }, signal);
}

export async function untilIdle(engine: Engine): Promise<void> {
  const late = performance.now() + longestMs;
  for (let quiet = 0; quiet < 3;) {
    await sleep(15);
    const { status } = engine.viewState();
    quiet = engine.queue().length > 0 || status.running > 0 ? 0 : quiet + 1;
    if (performance.now() > late) return;
  }
}

function storageOf(root: string): string {
  return join(dirname(root), 'storage');
}

function readNote(root: string): string {
  return readFileSync(join(root, note), 'utf8');
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
