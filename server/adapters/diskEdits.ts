import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Edits, Landing, LandOutcome } from '../engine/ports/edits.ts';
import type { Files } from '../engine/ports/files.ts';
import type { ProposedFile } from '../protocol/runEvents.ts';
import { writeFileAtomic } from './atomicWrite.ts';
import { temporaryNameOf } from './landingLeftovers.ts';
import { openParentIfThere } from './noFollow.ts';

/** Landing without an editor: the disk is what the user sees. All files are written, or those written are put back. */
export function createDiskEdits(files: Files): Edits {
  return {
    unsaved: () => new Map(),
    current: (root, path, signal) => readText(files, root, path, signal),
    async land(landing, signal) {
      const stale = await staleFiles(files, landing.root, landing.files, signal);
      if (stale.length > 0) return { kind: 'stale', paths: stale };
      return writeAll(landing);
    },
  };
}

/** Paths whose text is not what the proposal was made for. */
async function staleFiles(
  files: Files,
  root: string,
  proposed: readonly ProposedFile[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const file of proposed) {
    const read = await files.read(root, file.path, signal);
    const text = read.kind === 'text' ? read.text : undefined;
    if (text !== file.before || (read.kind !== 'text' && read.kind !== 'missing')) stale.push(file.path);
  }
  return stale;
}

async function writeAll(landing: Landing): Promise<LandOutcome> {
  const { root, files: proposed } = landing;
  const done: ProposedFile[] = [];
  try {
    for (const file of proposed) {
      await put(landing, file.path, file.after);
      done.push(file);
    }
    return { kind: 'landed' };
  } catch (error) {
    const path = proposed[done.length]?.path ?? root;
    for (const file of done.reverse()) await put(landing, file.path, file.before).catch(() => undefined);
    return { kind: 'failed', message: `Nothing was written: ${reasonOf(error, path)}` };
  }
}

/** What the system says, about the file: the places by which it was asked are no paths that a person knows. */
function reasonOf(error: unknown, path: string): string {
  const { message } = error as Error;
  const said = /^(E[A-Z0-9]+: [^,]+), /.exec(message)?.[1];
  return said === undefined ? message : `${path} cannot be (${said}).`;
}

async function put({ root, run }: Landing, path: string, text: string | undefined): Promise<void> {
  // No link on the way is followed, not even one that appeared since the check.
  if (text === undefined) removeFile(root, path);
  else await writeFileAtomic(join(root, path), text, { within: root, temporary: temporaryNameOf(run) });
}

function removeFile(root: string, path: string): void {
  const parent = openParentIfThere(root, path);
  if (parent === undefined) return;
  try {
    rmSync(join(parent.location, parent.name), { force: true });
  } finally {
    parent.close();
  }
}

async function readText(
  files: Files,
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const read = await files.read(root, path, signal);
  return read.kind === 'text' ? read.text : undefined;
}
