import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHostEnvironment } from './hostEnvironment.ts';
import type { HostInstall } from './install.ts';
import { hostMark } from './processTree.ts';
import { timeLimits } from './timeLimits.ts';

export interface HostServerOptions {
  readonly install: HostInstall;
  /** Every folder is trusted without a question; otherwise windows open in Restricted Mode. */
  readonly trusted: boolean;
  /** Makes the server load tests that a page names. Toasts and modal dialogs never show then. */
  readonly testMode?: boolean;
  /** VSIX files to install first. */
  readonly vsix?: readonly string[];
  /** Where installed extensions lie; an empty folder that is removed at the end by default. */
  readonly extensionsFolder?: string;
  /** For the server, and so for extensions and terminals. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Keeps the user's own home folder, for a person who works in this editor. Tests get an empty one. */
  readonly ownHome?: boolean;
}

/** A running VS Code server, without a window. */
export interface HostServer {
  /** `127.0.0.1:PORT`; it answers on this machine alone. */
  readonly authority: string;
  /** Where a browser opens a window on a folder. It holds the token without which the server answers nobody. */
  readonly address: (folder: string, payload?: Readonly<Record<string, string>>) => string;
  /** What the user's editor keeps: settings, and what extensions store. Removed by `stop()`. */
  readonly userFolder: string;
  /** All that the server keeps, the user's folder and the logs among it. Removed by `stop()`. */
  readonly dataFolder: string;
  /** Settles when the server has ended, by `stop()` or by itself. */
  readonly ended: Promise<void>;
  /** Replaces the user's settings, which in this VS Code lie on the server's side. Open windows take them over. */
  readonly writeSettings: (settings: Readonly<Record<string, unknown>>) => void;
  /** What the server has printed so far. */
  readonly log: () => string;
  /** Ends all processes that were started from it and removes its data. */
  readonly stop: () => Promise<void>;
}

const tokenFile = 'token';
const logLimit = 200_000;

/** Starts VS Code's server on a free port of the loopback device. Rejects with its output when it does not come up. */
export async function startHostServer(options: HostServerOptions): Promise<HostServer> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-host-')));
  mkdirSync(join(folder, 'home'));
  for (const name of ['User', 'Machine']) mkdirSync(join(folder, 'data', name), { recursive: true });
  const token = randomUUID();
  // In a file, because everybody on the machine can read command lines.
  writeFileSync(join(folder, tokenFile), token, { mode: 0o600 });
  const mark = randomUUID();
  const home = options.ownHome ? undefined : join(folder, 'home');
  const environment = { ...createHostEnvironment(home), ...options.environment, [hostMark]: mark };
  try {
    await installExtensions(options, folder, environment);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const command = [options.install.node, ...serverArguments(options, folder)];
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts'), mark, folder, ...command], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment,
    cwd: folder,
    // In a process group of its own it also outlives a signal to all of ours.
    detached: true,
  });
  let log = '';
  const collect = (chunk: Buffer) => (log = (log + chunk.toString()).slice(-logLimit));
  guard.stdout.on('data', collect);
  guard.stderr.on('data', collect);
  // Writing to a guard that is gone would otherwise throw out of nowhere.
  guard.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => guard.once('close', () => resolve()));
  const stop = () => {
    guard.stdin.end();
    return ended;
  };
  const writeSettings = (settings: Readonly<Record<string, unknown>>) => {
    // In a remote window settings of machine scope come from the machine's own file alone.
    for (const name of ['User', 'Machine'])
      writeFileSync(join(folder, 'data', name, 'settings.json'), JSON.stringify(settings, undefined, 2));
  };
  try {
    const authority = `127.0.0.1:${await readPort(guard, () => log)}`;
    const address: HostServer['address'] = (path, payload) => {
      const query = new URLSearchParams({ tkn: token, folder: path });
      if (payload) query.set('payload', JSON.stringify(Object.entries(payload)));
      return `http://${authority}/?${query.toString()}`;
    };
    const userFolder = join(folder, 'data', 'User');
    return { authority, address, userFolder, dataFolder: folder, ended, writeSettings, log: () => log, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Before the server starts: one that installs and serves at once does not say when it is ready, or that it failed. */
async function installExtensions(
  { install, vsix = [], extensionsFolder }: HostServerOptions,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  if (vsix.length === 0) return;
  const args = [
    join(install.editor, 'out', 'server-main.js'),
    ...['--accept-server-license-terms', '--server-data-dir', folder],
    ...(extensionsFolder ? ['--extensions-dir', extensionsFolder] : []),
    ...vsix.flatMap((path) => ['--install-extension', path]),
  ];
  const options = { env: environment, timeout: timeLimits.startMs, killSignal: 'SIGKILL' } as const;
  await new Promise<void>((resolve, reject) => {
    execFile(install.node, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${vsix.join(', ')} could not be installed:\n${stdout}${stderr}`));
      else resolve();
    });
  });
}

function serverArguments(options: HostServerOptions, folder: string): readonly string[] {
  return [
    join(options.install.editor, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'],
    ...['--connection-token-file', join(folder, tokenFile)],
    // A window that is closed does not come back; its extension host need not wait for it.
    ...['--reconnection-grace-time', '2'],
    // What the environment is was decided by whoever started it, not by a login shell's profile.
    '--force-disable-user-env',
    ...['--server-data-dir', folder, '--telemetry-level', 'off'],
    ...(options.extensionsFolder ? ['--extensions-dir', options.extensionsFolder] : []),
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ...(options.testMode ? ['--enable-smoke-test-driver'] : []),
  ];
}

function readPort(guard: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      reject(new Error(`${what}. It printed:\n${log()}`));
    };
    const timer = setTimeout(() => fail('VS Code did not start in time'), timeLimits.startMs);
    guard.once('error', (error) => fail(`VS Code could not be started: ${error.message}`));
    guard.once('close', (code) => fail(`VS Code ended with code ${code} instead of starting`));
    guard.stdout?.on('data', () => {
      const port = /agent listening on (\d+)/.exec(log())?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
