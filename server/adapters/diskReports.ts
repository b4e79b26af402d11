import { join } from 'node:path';
import type { ReportFolder, ReportRead, Reports } from '../engine/ports/reports.ts';
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
  };
}

class DiskReportFolder implements ReportFolder {
  readonly location: string;
  readonly #outer: string;

  constructor(outer: string, location: string) {
    this.#outer = outer;
    this.location = location;
  }

  async read(name: string, maxBytes: number): Promise<ReportRead> {
    if (name === '' || /[/\\\0]/u.test(name) || name === '..')
      return { kind: 'unreadable', message: `${name} is no file of a report folder.` };
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
