import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, ProcessEnd, Processes } from '../../engine/ports/processes.ts';
import type { SandboxCheck, SandboxExam } from '../../engine/ports/sandboxExam.ts';
import { findRunning } from '../processes/findRunning.ts';
import { SpawnProcesses } from '../spawnProcesses.ts';
import { canary, sandboxTrials, trialScript } from './sandboxTrials.ts';

const wallMs = 1_000;

/** The exam of this machine's sandbox, for commands of a user with this environment. */
export function createMachineSandboxExam(
  environment: NodeJS.ProcessEnv,
  isProtected: (path: string) => boolean,
): SandboxExam {
  return createSandboxExam(
    new SpawnProcesses({ environment: { ...environment, [canary]: 'seen' }, isProtected }),
  );
}

/**
 * Lets a confined shell try what it must not get, in a small tree of its own, and looks at what came of it. `processes` is
 * made for an environment in which the canary is set.
 */
export function createSandboxExam(processes: Processes): SandboxExam {
  return {
    async examine(signal) {
      const status = await processes.confinement(signal);
      if (status.kind === 'unavailable')
        return { how: undefined, checks: [startCheck(false, status.reason, status.remedy)] };
      const place = createPlace();
      try {
        const tried = await tryAll(processes, place, signal);
        const ended = await tryTimeout(processes, place, signal);
        return { how: status.how, checks: [startCheck(true, `${status.how} starts.`, ''), ...tried, ended] };
      } finally {
        rmSync(place.folder, { recursive: true, force: true });
      }
    },
  };
}

function startCheck(holds: boolean, seen: string, remedy: string): SandboxCheck {
  return { id: 'start', claim: 'The sandbox starts.', holds, seen, remedy };
}

interface Place {
  readonly folder: string;
  readonly tree: string;
  readonly outside: string;
}

function createPlace(): Place {
  // The real path: a sandbox shows no links on the way to it.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-exam-')));
  const [tree, outside] = [join(folder, 'tree'), join(folder, 'outside')];
  for (const path of [tree, outside, join(tree, '.git'), join(tree, '.git', 'hooks'), join(tree, '.vscode')])
    mkdirSync(path);
  writeFileSync(join(outside, 'secret'), 'secret\n');
  writeFileSync(join(tree, '.git', 'hooks', 'pre-commit'), '#!/bin/sh\n');
  writeFileSync(join(tree, '.vscode', 'settings.json'), '{}\n');
  // Not for lack of rights: whoever runs the sandbox could write here without it.
  for (const path of [folder, tree, outside, join(tree, '.vscode'), join(tree, '.git', 'hooks')])
    chmodSync(path, 0o777);
  for (const path of ['.git/hooks/pre-commit', '.vscode/settings.json']) chmodSync(join(tree, path), 0o666);
  return { folder, tree, outside };
}

async function tryAll(
  processes: Processes,
  place: Place,
  signal: AbortSignal,
): Promise<readonly SandboxCheck[]> {
  const end = await runIn(
    processes,
    place,
    { script: trialScript(sandboxTrials), timeoutMs: 20_000 },
    signal,
  );
  const output = 'output' in end ? end.output : '';
  return sandboxTrials.map(({ id, claim, remedy }) => {
    const result = new RegExp(`^${id}=(open|shut)$`, 'mu').exec(output)?.[1];
    if (result === 'shut') return { id, claim, holds: true, seen: 'It was refused.', remedy: '' };
    const seen = result === 'open' ? 'It got through.' : `It could not be tried: ${describe(end)}`;
    return { id, claim, holds: false, seen, remedy };
  });
}

/** Children that leave their session and ignore being asked to end. */
async function tryTimeout(processes: Processes, place: Place, signal: AbortSignal): Promise<SandboxCheck> {
  const mark = `codegen-lab-exam-${place.folder.split('-').at(-1) ?? ''}`;
  const child = `trap "" TERM; : ${mark}; while :; do sleep 1; done`;
  const script = `setsid sh -c '${child}' & (setsid sh -c '${child}' &) ; sh -c '${child}'`;
  const end = await runIn(processes, place, { script, timeoutMs: wallMs }, signal);
  const left = findRunning(mark);
  const check = { id: 'timeout', claim: 'A command that hangs is ended in time, with all that it started.' };
  if (end.kind === 'timedOut' && left.length === 0)
    return { ...check, holds: true, seen: `It was ended after ${Math.round(end.ms)} ms.`, remedy: '' };
  const seen = left.length > 0 ? `These are left: ${left.join(', ')}.` : `It ended as ${describe(end)}`;
  return { ...check, holds: false, seen, remedy: 'End what is left by hand, and report this as a fault.' };
}

async function runIn(
  processes: Processes,
  { tree, outside }: Place,
  { script, timeoutMs }: { readonly script: string; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<ProcessEnd> {
  const command: Command = {
    argv: ['sh', '-c', script],
    cwd: tree,
    env: { OUTSIDE: outside },
    timeoutMs,
    maxOutputBytes: 20_000,
    confinement: {
      kind: 'sandbox',
      tree,
      mountAt: tree,
      treeAccess: 'write',
      dependencies: [],
      writable: [],
    },
  };
  const handle = processes.start(command);
  const stop = (): void => void handle.stop();
  signal.addEventListener('abort', stop, { once: true });
  const end = await handle.finished;
  signal.removeEventListener('abort', stop);
  return end;
}

function describe(end: ProcessEnd): string {
  if (end.kind === 'couldNotStart') return end.message;
  const said = end.output.trim().split('\n').slice(-3).join(' ');
  return said === '' ? `${end.kind}.` : `${end.kind}: ${said}`;
}
