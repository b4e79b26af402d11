import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Command, ProcessEnd } from '../../engine/ports/processes.ts';
import type { Prepared } from '../sandbox/confiner.ts';
import { BoundedOutput } from './boundedOutput.ts';
import { hasGroup, hasMarked, killTree, signalGroup } from './killTree.ts';

type Ready = Extract<Prepared, { kind: 'ready' }>;

/** How long a process may take to end after it was asked to. */
const graceMs = 2_000;
/** How long output is awaited after the process has ended: somebody else may hold the pipe. */
const drainMs = 250;
const markerName = 'CODEGEN_LAB_COMMAND';

/** One started command, until nothing of it is left. */
export class RunningProcess {
  readonly finished: Promise<ProcessEnd>;
  readonly #command: Command;
  readonly #prepared: Ready;
  readonly #output: BoundedOutput;
  readonly #kept: BoundedOutput | undefined;
  readonly #marker = randomUUID();
  readonly #started = performance.now();
  readonly #isConfined: boolean;
  #cutShort: 'stopped' | 'timedOut' | undefined;
  #killing: Promise<void> | undefined;
  #pid: number | undefined;
  #status = '';

  constructor(command: Command, prepared: Ready, output: BoundedOutput, isStopped: boolean) {
    this.#command = command;
    this.#prepared = prepared;
    this.#output = output;
    this.#kept = command.keeps === undefined ? undefined : new BoundedOutput(command.keeps.maxBytes);
    this.#isConfined = prepared.statusFd !== undefined;
    this.finished = (isStopped ? Promise.resolve(this.#ended('stopped')) : this.#run()).finally(() =>
      prepared.cleanUp?.(),
    );
  }

  stop(): void {
    this.#cutShort ??= 'stopped';
    this.#kill();
  }

  async #run(): Promise<ProcessEnd> {
    const child = this.#spawn();
    const failure = await startFailure(child);
    if (failure !== undefined) return this.#couldNotStart(failure);
    this.#pid = child.pid;
    if (this.#cutShort !== undefined) this.#kill();
    const timer = setTimeout(() => this.#timeOut(), this.#command.timeoutMs);
    const exit = await exitOf(child);
    clearTimeout(timer);
    await this.#endLeftovers();
    await drained(child);
    this.#output.end();
    this.#kept?.end();
    return this.#endOf(exit);
  }

  #spawn(): ChildProcess {
    const [program = '', ...args] = this.#argv();
    const stdio: StdioOptions = ['pipe', 'pipe', 'pipe'];
    const { statusFd, lifelineFd } = this.#prepared;
    if (statusFd !== undefined) stdio[statusFd] = 'pipe';
    if (lifelineFd !== undefined) stdio[lifelineFd] = 'pipe';
    const env = this.#isConfined ? this.#prepared.env : { ...this.#prepared.env, [markerName]: this.#marker };
    const child = spawn(program, args, {
      cwd: this.#prepared.cwd,
      env,
      stdio,
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const keepsErrors = this.#command.keeps?.stream === 'all';
    child.stdout?.on('data', (bytes: Buffer) => {
      this.#output.push('out', bytes);
      this.#kept?.push('out', bytes);
    });
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#output.push('error', bytes);
      if (keepsErrors) this.#kept?.push('error', bytes);
    });
    const status = child.stdio[statusFd ?? -1] as Readable | undefined;
    status?.on(
      'data',
      (bytes: Buffer) => (this.#status = (this.#status + bytes.toString('utf8')).slice(0, 4_000)),
    );
    // A program that does not read its input closes the pipe; that is its right.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(this.#command.stdin ?? '');
    return child;
  }

  /** Two pipes tell no order between them, so that a shell makes one of them. It ends in the program itself. */
  #argv(): readonly string[] {
    const { argv } = this.#prepared;
    if (this.#command.keeps?.stream !== 'all' || process.platform === 'win32') return argv;
    return ['/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', ...argv];
  }

  #timeOut(): void {
    this.#cutShort ??= 'timedOut';
    this.#kill();
  }

  #kill(): void {
    const pid = this.#pid;
    if (pid === undefined || this.#killing !== undefined) return;
    // A sandbox's processes die with it, however stubborn; asking first would only give them time.
    if (this.#isConfined) signalGroup(pid, 'SIGKILL');
    this.#killing = this.#isConfined ? Promise.resolve() : this.#killTree(pid, graceMs);
  }

  #killTree(pid: number, grace: number): Promise<void> {
    return killTree({ pid, marker: `${markerName}=${this.#marker}` }, grace);
  }

  async #endLeftovers(): Promise<void> {
    await this.#killing;
    const pid = this.#pid;
    if (pid === undefined || process.platform === 'win32') return;
    // What watches over a sandbox is in its group, and ends nobody else by now.
    if (this.#prepared.lifelineFd !== undefined) return signalGroup(pid, 'SIGKILL');
    if (hasGroup(pid) || this.#hasDaemons(pid)) await this.#killTree(pid, 100);
  }

  #hasDaemons(pid: number): boolean {
    if (this.#isConfined || this.#command.endsDaemons !== true) return false;
    return hasMarked({ pid, marker: `${markerName}=${this.#marker}` });
  }

  #endOf(exit: Exit): ProcessEnd {
    if (this.#cutShort !== undefined) return this.#ended(this.#cutShort);
    if (this.#isConfined) return this.#confinedEnd(exit);
    return exit.signal === null ? this.#exited(exit.code ?? 0) : this.#killed(exit.signal);
  }

  /** bwrap gives the code that a shell would: 128 and the signal's number. */
  #confinedEnd(exit: Exit): ProcessEnd {
    const code = /"exit-code":\s*(?<code>\d+)/u.exec(this.#status)?.groups?.['code'];
    if (code === undefined) return this.#withoutStatus(exit);
    const said = this.#output.text();
    if (Number(code) === 127 && /^setsid: .*No such file or directory/mu.test(said))
      return { kind: 'couldNotStart', why: 'missing', message: said.trim() };
    const signal = Number(code) > 128 ? signalName(Number(code) - 128) : undefined;
    return signal === undefined ? this.#exited(Number(code)) : this.#killed(signal);
  }

  #withoutStatus(exit: Exit): ProcessEnd {
    // The wall clock of the sandbox itself.
    if (exit.code === 124 || exit.code === 137) return this.#ended('timedOut');
    if (exit.signal !== null) return this.#killed(exit.signal);
    const said = this.#output.text().trim();
    return {
      kind: 'couldNotStart',
      why: 'refused',
      message: `The sandbox did not start: ${said === '' ? `code ${String(exit.code)}` : said}`,
    };
  }

  #exited(code: number): ProcessEnd {
    const whole = this.#kept !== undefined && this.#kept.dropped === 0;
    return { kind: 'exited', code, ...this.#common(), ...(whole ? { kept: this.#kept.text() } : {}) };
  }

  #killed(signal: string): ProcessEnd {
    return { kind: 'killed', signal, ...this.#common() };
  }

  #ended(kind: 'stopped' | 'timedOut'): ProcessEnd {
    return { kind, ...this.#common() };
  }

  #common(): { ms: number; output: string; dropped: number } {
    return {
      ms: Math.round(performance.now() - this.#started),
      output: this.#output.text(),
      dropped: this.#output.dropped,
    };
  }

  #couldNotStart(error: NodeJS.ErrnoException): ProcessEnd {
    const program = this.#prepared.argv[0] ?? '';
    if (!existsSync(this.#prepared.cwd))
      return {
        kind: 'couldNotStart',
        why: 'fault',
        message: `The folder ${this.#prepared.cwd} does not exist.`,
      };
    if (error.code === 'ENOENT')
      return { kind: 'couldNotStart', why: 'missing', message: `There is no program ${program}.` };
    return {
      kind: 'couldNotStart',
      why: 'fault',
      message: `${program} could not be started: ${error.message}`,
    };
  }
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function startFailure(child: ChildProcess): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(undefined));
    child.on('error', resolve);
  });
}

function exitOf(child: ChildProcess): Promise<Exit> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
}

/** Resolves when all output has been read; at last it is cut off. */
function drained(child: ChildProcess): Promise<void> {
  const open = [child.stdout, child.stderr].filter(
    (stream) => stream !== null && !stream.readableEnded && !stream.destroyed,
  );
  if (open.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      for (const stream of open) stream?.destroy();
      resolve();
    };
    const timer = setTimeout(end, drainMs);
    child.once('close', end);
  });
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
