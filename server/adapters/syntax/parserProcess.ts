import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';

export interface ParserCommand {
  /** The first one absolute. */
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly timeoutMs: number;
}

export type ParserEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** Nothing is known about the text; `reason` says why. */
  | { readonly kind: 'gaveUp'; readonly reason: string };

/** Runs a parser on a text and keeps the beginning and the end of what it says. Never rejects; nothing survives it. */
export function runParser(command: ParserCommand, signal: AbortSignal): Promise<ParserEnd> {
  if (signal.aborted) return Promise.resolve({ kind: 'gaveUp', reason: 'the check was stopped' });
  return new Promise((resolve) => {
    const [program, ...args] = command.argv;
    // A group of its own, so that what the parser starts dies with it. Not in the workspace: nothing there is loaded.
    const child = spawn(program, args, {
      cwd: tmpdir(),
      env: command.env,
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const stdout = new Ends();
    const stderr = new Ends();
    const finish = (end: ParserEnd): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      kill(child);
      resolve(end);
    };
    const stop = (): void => finish({ kind: 'gaveUp', reason: 'the check was stopped' });
    const timer = setTimeout(
      () =>
        finish({ kind: 'gaveUp', reason: `the parser did not answer within ${command.timeoutMs / 1000} s` }),
      command.timeoutMs,
    );
    signal.addEventListener('abort', stop, { once: true });

    child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
    child.on('error', (error) =>
      finish({ kind: 'gaveUp', reason: `the parser could not be started (${error.message})` }),
    );
    child.on('close', (code, killedBy) => {
      if (code === null)
        finish({ kind: 'gaveUp', reason: `the parser was ended by ${killedBy ?? 'the system'}` });
      else finish({ kind: 'exited', code, stdout: stdout.text(), stderr: stderr.text() });
    });
    // A parser that ends before it has read everything closes the pipe; its exit says what there is to know.
    child.stdin.on('error', () => undefined);
    child.stdin.end(command.stdin);
  });
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  child.stdout?.destroy();
  child.stderr?.destroy();
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

const keptBytes = 16 * 1024;

/** The first and the last bytes of a stream. */
class Ends {
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  add(chunk: Buffer): void {
    const room = keptBytes - this.#head.length;
    this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
    const rest = chunk.subarray(room);
    if (rest.length > 0) this.#tail = Buffer.concat([this.#tail, rest]).subarray(-keptBytes);
  }

  text(): string {
    return `${this.#head.toString('utf8')}\n${this.#tail.toString('utf8')}`;
  }
}
