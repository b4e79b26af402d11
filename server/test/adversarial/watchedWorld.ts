import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A listener on this machine that nothing may reach. */
export interface Listener {
  readonly port: number;
  readonly url: string;
  /** Connections so far. */
  readonly reached: () => number;
}

/** Listens for as long as `use` takes, and fails where anybody connected. */
export async function unreached(use: (listener: Listener) => Promise<void>): Promise<void> {
  let reached = 0;
  const server = createServer((socket) => {
    reached++;
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  try {
    await use({ port, url: `http://127.0.0.1:${port}`, reached: () => reached });
    assert.equal(reached, 0, 'the listener was reached');
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** Every file and link below a folder with what it holds, but for what Codegen Lab keeps there itself. */
export function treeOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/^storage\b|(^|\/)\.codegen-lab(\/|$)/u.test(path))
    .toSorted();
  return new Map(entries.map((path) => [path, contentOf(join(folder, path))]));
}

function contentOf(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  return found.isFile() ? readFileSync(path, 'latin1') : 'folder';
}

/** Paths that came, went or changed between two looks at a tree. */
export function differences(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): readonly string[] {
  const paths = new Set([...before.keys(), ...now.keys()]);
  return [...paths].filter((path) => before.get(path) !== now.get(path)).toSorted();
}

/** Processes of this machine whose command line holds a text. */
export function processesWith(text: string): readonly string[] {
  return linesOfProcesses('cmdline').filter((line) => line.includes(text));
}

/** The same for those that have it in their environment, as far as that may be read; those that are dead are not counted. */
export function processesMarked(text: string): readonly string[] {
  return [...processesWith(text), ...linesOfProcesses('environ').filter((line) => line.includes(text))];
}

function linesOfProcesses(file: 'cmdline' | 'environ'): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && name !== String(process.pid))
    .map((pid) => readOfProcess(pid, file));
}

function readOfProcess(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It ended meanwhile, or is somebody else's.
    return '';
  }
}
