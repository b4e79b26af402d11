import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, isAbsolute } from 'node:path';
import type { KeySource } from './keyRing.ts';

/** By provider: a program and its arguments, such as `op read op://vault/anthropic/key`. */
export type KeyCommands = Readonly<Record<string, readonly string[]>>;

export interface KeyCommandOptions {
  readonly commands: () => KeyCommands;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A vault may ask for a finger first. Default: 60 seconds. */
  readonly timeoutMs?: number;
}

/** Its message is for a person and holds nothing of what the command said. */
export class KeyCommandError extends Error {
  readonly code = 'key-command';
}

const defaultTimeoutMs = 60_000;
/** Long enough that a vault does not ask with every save; a refused key is read anew at once. */
const keepMs = 5 * 60_000;
const maxBytes = 16 * 1024;

/** Keys that commands of the user print, run without a shell and outside of any workspace. Kept in memory for some minutes. */
export function createKeyCommands(options: KeyCommandOptions): KeySource {
  const kept = new Map<
    string,
    { readonly argv: string; readonly until: number; readonly value: Promise<string> }
  >();
  return {
    name: 'the key command',
    read(provider) {
      const commands = options.commands();
      const argv = Object.hasOwn(commands, provider) ? commands[provider] : undefined;
      if (!argv?.length) return Promise.resolve(undefined);
      const known = kept.get(provider);
      const asText = JSON.stringify(argv);
      if (known?.argv === asText && known.until > options.now()) return known.value;
      const value = readLine(provider, argv, options);
      const entry = { argv: asText, until: options.now() + keepMs, value };
      kept.set(provider, entry);
      // A failure is not kept: the next call tries again.
      value.catch(() => kept.get(provider) === entry && kept.delete(provider));
      return value;
    },
    forget: (provider) => void kept.delete(provider),
  };
}

async function readLine(
  provider: string,
  [program = '', ...args]: readonly string[],
  { environment, timeoutMs = defaultTimeoutMs }: KeyCommandOptions,
): Promise<string> {
  // A relative path would be looked up in whatever folder this process stands.
  if (!isAbsolute(program) && /[\\/]/.test(program)) {
    throw new KeyCommandError(
      `The key command of ${provider} must begin with a name or an absolute path. Correct \`codegenLab.ai.keyCommands\`.`,
    );
  }
  const PATH = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute).join(delimiter);
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      program,
      args,
      {
        cwd: homedir(),
        env: { ...environment, PATH },
        timeout: timeoutMs,
        maxBuffer: maxBytes,
        windowsHide: true,
        shell: false,
        killSignal: 'SIGKILL',
      },
      (error, stdout) => (error ? reject(failure(provider, error)) : resolve(stdout)),
    );
    child.stdin?.end();
  });
  const line = output.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (line === '') throw new KeyCommandError(`The key command of ${provider} printed nothing. ${remedy}`);
  return line;
}

const remedy = 'Try it in a terminal.';

/** What the command printed, and how it was called, may hold the key. */
function failure(
  provider: string,
  error: Error & { readonly code?: unknown; readonly killed?: boolean },
): Error {
  const what = `The key command of ${provider}`;
  if (error.code === 'ENOENT')
    return new KeyCommandError(
      `${what} names a program that is not there. Correct \`codegenLab.ai.keyCommands\`.`,
    );
  if (error.killed) return new KeyCommandError(`${what} did not end in time. ${remedy}`);
  const code = typeof error.code === 'number' ? ` (exit code ${error.code})` : '';
  return new KeyCommandError(`${what} failed${code}. ${remedy}`);
}
