import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { readJournals } from '../readJournals.ts';
import { noteRule, notesFolder, noteText } from './endurableEngine.ts';
import type { EngineAnswer } from './engineProcess.ts';

export interface SharedPlan {
  /** Processes that have the same folder open. */
  readonly processes: number;
  /** In each, one note is saved in all processes at once. */
  readonly rounds: number;
  /** `engineProcess.ts`, or a bundle of it. */
  readonly program: string;
}

export interface SharedResult {
  /** What did not hold, as sentences; empty when all did. */
  readonly faults: readonly string[];
  readonly runs: number;
  readonly landed: number;
  /** Runs that did not land since another process had changed the file. */
  readonly gaveWay: number;
}

/** How long all may take over one round, in milliseconds. */
const longestMs = 60_000;

/**
 * Several processes have one folder open, and one note after the other is saved in all of them at once. No edit is lost, none
 * stands twice, and every run has an end in a journal that is whole.
 */
export async function endureSharing({ processes, rounds, program }: SharedPlan): Promise<SharedResult> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-shared-'));
  const root = join(home, 'workspace');
  const storage = join(home, 'storage');
  write(join(root, '.cursor/rules/notes.mdc'), noteRule);
  const children = Array.from({ length: processes }, () =>
    fork(program, [root, storage], { stdio: 'ignore' }),
  );
  try {
    await Promise.all(children.map((child) => hear(child, 'ready')));
    for (let round = 1; round <= rounds; round += 1) {
      const path = noteOf(round);
      write(join(root, path), noteText(round));
      for (const child of children) child.send({ path });
      await Promise.all(children.map((child) => hear(child, 'decided')));
      await untilIdle(children);
    }
    return judge(root, await readJournals(storage, root), rounds);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function noteOf(round: number): string {
  return `${notesFolder}/note${round}.txt`;
}

async function untilIdle(children: readonly ChildProcess[]): Promise<void> {
  const quiet = Promise.all(
    children.map(async (child) => {
      for (let time = 0; time < 3; time += 1) await hear(child, 'idle');
    }),
  );
  await Promise.race([quiet, sleep(longestMs, undefined, { ref: false })]);
}

function judge(root: string, runs: readonly (readonly RunEvent[])[], rounds: number): SharedResult {
  const faults: string[] = [];
  let landed = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const path = noteOf(round);
    const text = readFileSync(join(root, path), 'utf8');
    const edits = text.split(' Edited.').length - 1;
    const expected = noteText(round).replace('.\n', `.${' Edited.'.repeat(edits)}\n`);
    const landings = runs.filter(
      ([first, ...steps]) =>
        first?.type === 'run.started' &&
        first.file === path &&
        steps.some(({ type }) => type === 'edit.landed'),
    );
    if (text !== expected) faults.push(`${path} is not whole: ${text.slice(0, 60)}`);
    if (edits !== landings.length)
      faults.push(`${path} holds ${edits} edits, and ${landings.length} runs say that theirs landed.`);
    if (edits === 0) faults.push(`${path} was not edited by any.`);
    landed += landings.length;
  }
  const open = runs.filter((events) => events.at(-1)?.type !== 'run.finished');
  faults.push(...open.map(([first]) => `A run has no end: ${first?.run ?? ''}`));
  const gaveWay = runs.filter((events) => events.some(({ type }) => type === 'edit.notLanded')).length;
  return { faults: faults.slice(0, 20), runs: runs.length, landed, gaveWay };
}

function hear(child: ChildProcess, kind: EngineAnswer['kind']): Promise<void> {
  return new Promise((resolve) => {
    const listen = (message: EngineAnswer): void => {
      if (message.kind !== kind) return;
      child.off('message', listen);
      resolve();
    };
    child.on('message', listen);
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
