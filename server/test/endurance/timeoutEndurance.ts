import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { handToSandbox } from '../../adapters/ownedFolders.ts';
import { SpawnProcesses } from '../../adapters/spawnProcesses.ts';
import type { Command, ProcessEnd } from '../../engine/ports/processes.ts';
import { differences, processesMarked, treeOf } from '../adversarial/watchedWorld.ts';
import { createSeededRandom } from '../seededRandom.ts';

export interface TimeoutPlan {
  readonly timeouts: number;
  readonly seed: number;
}

export interface TimeoutResult {
  readonly timeouts: number;
  /** How the commands ended, by kind. */
  readonly ends: Readonly<Record<string, number>>;
  /** Of them, those that had printed that they began. */
  readonly began: number;
  /** The longest from the time-out to the end, in milliseconds. */
  readonly worstLateMs: number;
  readonly faults: readonly string[];
}

/** What a command does when it is to end, as a script of a shell; `$0` is the mark. */
const stubborn: Readonly<Record<string, string>> = {
  sleeps: 'exec sleep 300',
  'ignores SIGTERM': "trap '' TERM INT HUP; while :; do sleep 300; done",
  'forks and leaves': '(sleep 300 & sleep 300 &) ; sleep 300',
  'sessions of their own':
    'setsid sh -c "trap \\"\\" TERM; sleep 300; : $0" "$0" & setsid sleep 300 & sleep 300',
  'a double fork': '(setsid sh -c "(sleep 300; : $0) & exit" "$0" &) ; sleep 300',
  'a child that outlives its parent': 'setsid sh -c "sleep 300; : $0" "$0" & exec sleep 300',
  'a row of forks': 'i=0; while [ $i -lt 40 ]; do sleep 300 & i=$((i+1)); done; wait',
  'a flood': 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
  'a flood of errors and forks': 'setsid yes "$0" >&2 & yes "$0"',
  'stops itself': '(sleep 0.05; kill -STOP $$) & while :; do :; done',
  spins: 'while :; do :; done',
};

const atOnce = 4;

/**
 * Commands in the sandbox that have to be ended at their time-out, each in another way, some of them while they are being
 * started. Nothing of them may be left, and the tree stays as it was.
 */
export async function endureTimeouts({ timeouts, seed }: TimeoutPlan): Promise<TimeoutResult> {
  const tree = mkdtempSync(join(tmpdir(), 'codegen-lab-timeouts-'));
  mkdirSync(join(tree, 'src'));
  writeFileSync(join(tree, 'src/a.js'), 'export {};\n');
  handToSandbox(tree);
  const processes = new SpawnProcesses({ environment: process.env, isProtected: () => false });
  const random = createSeededRandom(seed);
  const kinds = Object.entries(stubborn);
  const mark = `timeouts${process.pid}x${seed}`;
  const faults: string[] = [];
  const ends: Record<string, number> = {};
  let [began, worstLateMs] = [0, 0];
  const before = treeOf(tree);
  try {
    for (let at = 0; at < timeouts; at += atOnce) {
      const batch = Array.from({ length: Math.min(atOnce, timeouts - at) }, async (_, index) => {
        const [what, script] = kinds[(at + index) % kinds.length] ?? ['', ''];
        const timeoutMs = Math.round(10 + random.fraction() ** 2 * 400);
        const startedAt = performance.now();
        const end = await processes.start(
          commandOf({ tree, script, timeoutMs, mark: `${mark}n${at + index}` }),
        ).finished;
        worstLateMs = Math.max(worstLateMs, performance.now() - startedAt - timeoutMs);
        ends[end.kind] = (ends[end.kind] ?? 0) + 1;
        if (hasBegun(end)) began += 1;
        if (end.kind !== 'timedOut') faults.push(`${what}, ${timeoutMs} ms: ${describeEnd(end)}`);
      });
      await Promise.all(batch);
      const left = await leftOf(mark);
      for (const line of left) faults.push(`left after command ${at}: ${line.slice(0, 200)}`);
      if (left.length > 0) break;
    }
    for (const path of differences(before, treeOf(tree))) faults.push(`${path} changed`);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return { timeouts, ends, began, worstLateMs, faults };
}

function commandOf({
  tree,
  script,
  timeoutMs,
  mark,
}: {
  readonly tree: string;
  readonly script: string;
  readonly timeoutMs: number;
  readonly mark: string;
}): Command {
  return {
    argv: ['sh', '-c', `echo began; ${script}`, mark],
    cwd: tree,
    // What a command starts has it too, whatever it calls itself.
    env: { CODEGEN_LAB_MARK: mark },
    timeoutMs,
    maxOutputBytes: 100_000,
    confinement: {
      kind: 'sandbox',
      tree,
      mountAt: tree,
      treeAccess: 'write',
      dependencies: [],
      writable: [],
    },
  };
}

function hasBegun(end: ProcessEnd): boolean {
  return 'output' in end && end.output.startsWith('began');
}

function describeEnd(end: ProcessEnd): string {
  return 'message' in end ? `${end.kind}: ${end.message}` : end.kind;
}

/** The kernel takes a moment for the last of a tree. */
async function leftOf(mark: string): Promise<readonly string[]> {
  for (let round = 0; round < 100; round += 1) {
    if (processesMarked(mark).length === 0) return [];
    await delay(20);
  }
  return processesMarked(mark);
}
