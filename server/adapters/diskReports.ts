import { lstatSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportFolder, ReportRead, Reports, WatchedReports } from '../engine/ports/reports.ts';
import { readPlainFile } from './noFollow.ts';
import { createOwnedFolders, handToSandbox, removeQuietly } from './ownedFolders.ts';

/** Report folders below a folder of the user's storage. Makes an end of those that a dead process left. */
export function createDiskReports(storage: string): Reports {
  const folders = createOwnedFolders(join(storage, 'reports'));
  void folders.sweep();
  return {
    async open() {
      const { location, inner } = folders.create('report');
      handToSandbox(inner);
      return new DiskReportFolder(location, inner);
    },
    watch: async (folder, ending) => watchReports(folder, ending),
  };
}

class DiskReportFolder implements ReportFolder {
  readonly location: string;
  readonly #outer: string;

  constructor(outer: string, location: string) {
    this.#outer = outer;
    this.location = location;
  }

  async write(name: string, text: string): Promise<void> {
    if (isNoName(name)) throw new Error(`${name} is no file of a report folder.`);
    writeFileSync(join(this.location, name), text, { flag: 'wx' });
  }

  async read(name: string, maxBytes: number): Promise<ReportRead> {
    if (isNoName(name)) return { kind: 'unreadable', message: `${name} is no file of a report folder.` };
    try {
      const read = readPlainFile(join(this.location, name), maxBytes);
      if (read.kind === 'bytes') return { kind: 'text', text: read.bytes.toString('utf8') };
      return read.kind === 'notPlain'
        ? { kind: 'unreadable', message: `${name} is not a plain file.` }
        : read;
    } catch (error) {
      return { kind: 'unreadable', message: (error as Error).message };
    }
  }

  async dispose(): Promise<void> {
    await removeQuietly(this.#outer);
  }
}

/** A report that says the same as before was written again all the same: its state is its place and time, not its text. */
function watchReports(folder: string, ending: string): WatchedReports {
  const before = statesOf(folder, ending);
  return {
    async written(maxBytes) {
      const texts: string[] = [];
      let room = maxBytes;
      for (const [name, state] of statesOf(folder, ending)) {
        if (before.get(name) === state) continue;
        const text = textOf(join(folder, name), room);
        if (text === undefined) continue;
        room -= text.length;
        texts.push(text);
      }
      return texts;
    },
  };
}

function textOf(path: string, maxBytes: number): string | undefined {
  try {
    const read = readPlainFile(path, maxBytes);
    return read.kind === 'bytes' ? read.bytes.toString('utf8') : undefined;
  } catch {
    // What ran may have put anything there; what cannot be read is no report.
    return undefined;
  }
}

function statesOf(folder: string, ending: string): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  try {
    for (const name of readdirSync(folder).sort()) {
      const found = name.endsWith(ending) ? lstatSync(join(folder, name)) : undefined;
      if (found?.isFile() === true)
        states.set(name, `${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}`);
    }
  } catch {
    // No such folder yet.
  }
  return states;
}

/** A name that leaves the folder. */
function isNoName(name: string): boolean {
  return name === '' || /[/\\\0]/u.test(name) || name === '..';
}
