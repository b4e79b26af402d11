import { mkdirSync, mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Command,
  ConfinementStatus,
  ProcessEnd,
  ProcessHandle,
  Processes,
} from '../engine/ports/processes.ts';
import { BoundedOutput } from './processes/boundedOutput.ts';
import { userEnvironment } from './processes/processEnvironment.ts';
import { RunningProcess } from './processes/runningProcess.ts';
import { findBubblewrap } from './sandbox/bubblewrap.ts';
import {
  refused,
  type ConfinedCommand,
  type ConfinerFound,
  type ConfinerOptions,
  type Prepared,
} from './sandbox/confiner.ts';
import { findSeatbelt } from './sandbox/seatbelt.ts';

/** Child processes, confined where a command asks for it. A command that cannot be confined does not run. */
export class SpawnProcesses implements Processes {
  readonly #options: ConfinerOptions;
  readonly #found: ConfinerFound;
  #status: Promise<ConfinementStatus> | undefined;

  constructor(options: ConfinerOptions, found: ConfinerFound = findConfiner(options)) {
    this.#options = options;
    this.#found = found;
  }

  start(command: Command): ProcessHandle {
    const output = new BoundedOutput(command.maxOutputBytes);
    const abort = new AbortController();
    let stopping = false;
    const running = this.#prepare(command, abort.signal).then((prepared) =>
      prepared.kind === 'ready' ? new RunningProcess(command, prepared, output, stopping) : prepared,
    );
    const finished = running
      .then((run): ProcessEnd | Promise<ProcessEnd> => ('kind' in run ? run : run.finished))
      .catch((error: unknown): ProcessEnd => ({
        kind: 'couldNotStart',
        why: 'fault',
        message: messageOf(error),
      }))
      .finally(() => output.end());
    const stop = async (): Promise<void> => {
      stopping = true;
      abort.abort();
      const run = await running.catch(() => undefined);
      if (run !== undefined && !('kind' in run)) run.stop();
      await finished;
    };
    return { output, finished, stop };
  }

  confinement(signal: AbortSignal): Promise<ConfinementStatus> {
    signal.throwIfAborted();
    this.#status ??= this.#probe();
    return this.#status;
  }

  async #prepare(command: Command, signal: AbortSignal): Promise<Prepared> {
    if (command.confinement.kind === 'none') {
      return {
        kind: 'ready',
        argv: command.argv,
        cwd: command.cwd,
        env: userEnvironment(this.#options.environment, command.env),
      };
    }
    const status = await this.confinement(new AbortController().signal);
    if (status.kind === 'unavailable') return refused(`${status.reason} ${status.remedy}`);
    return this.#confine({ ...command, confinement: command.confinement }, signal);
  }

  async #confine(command: ConfinedCommand, signal: AbortSignal): Promise<Prepared> {
    if (this.#found.kind === 'none') return refused(this.#found.reason);
    try {
      return await this.#found.confiner.prepare(command, signal);
    } catch (error) {
      return refused(`The sandbox could not be prepared: ${messageOf(error)}`);
    }
  }

  /** Runs a program that does nothing, in the way in which every confined command will run. */
  async #probe(): Promise<ConfinementStatus> {
    if (this.#found.kind === 'none')
      return { kind: 'unavailable', reason: this.#found.reason, remedy: this.#found.remedy };
    const { name, mountsTree, remedy } = this.#found.confiner;
    const tree = mkdtempSync(join(tmpdir(), 'codegen-lab-probe-'));
    try {
      // As nobody's own, since the probe of root runs as nobody.
      chmodSync(tree, 0o755);
      mkdirSync(join(tree, 'empty'));
      const end = await this.#runProbe(tree);
      if (end.kind === 'exited' && end.code === 0) return { kind: 'ready', how: name, mountsTree };
      return {
        kind: 'unavailable',
        reason: `The sandbox (${name}) does not start: ${reasonOf(end)}`,
        remedy,
      };
    } finally {
      rmSync(tree, { recursive: true, force: true });
    }
  }

  async #runProbe(tree: string): Promise<ProcessEnd> {
    const command: ConfinedCommand = {
      argv: ['true'],
      cwd: tree,
      env: {},
      timeoutMs: 10_000,
      maxOutputBytes: 10_000,
      confinement: {
        kind: 'sandbox',
        tree,
        mountAt: tree,
        treeAccess: 'read',
        dependencies: [],
        writable: [],
      },
    };
    const prepared = await this.#confine(command, new AbortController().signal);
    if (prepared.kind !== 'ready') return prepared;
    const output = new BoundedOutput(command.maxOutputBytes);
    return new RunningProcess(command, prepared, output, false).finished;
  }
}

function findConfiner(options: ConfinerOptions): ConfinerFound {
  if (process.platform === 'linux') return findBubblewrap(options);
  if (process.platform === 'darwin') return findSeatbelt(options);
  return {
    kind: 'none',
    reason: 'There is no sandbox for this system.',
    remedy:
      'Work in WSL, in a container or on Linux, or let the tests run unconfined after you have seen them.',
  };
}

function reasonOf(end: ProcessEnd): string {
  if (end.kind === 'couldNotStart') return end.message;
  return end.output.trim() === '' ? `it ended as ${end.kind}.` : end.output.trim();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
