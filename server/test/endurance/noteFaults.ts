import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { createEndurableEngine, editedNote, notesFolder, noteText } from './endurableEngine.ts';

export interface NotePlay {
  readonly root: string;
  readonly storage: string;
  /** By path: the number in its first line. */
  readonly saves: ReadonlyMap<string, number>;
  readonly runs: readonly (readonly RunEvent[])[];
}

export interface NoteCounts {
  readonly notes: number;
  /** Of them, those that hold the edit. */
  readonly edited: number;
  /** Runs that were undone afterwards. */
  readonly undone: number;
  /** Files that a process left beside a note when it was killed while it wrote, and that none of the next ones removed. */
  readonly leftovers: number;
}

/**
 * Looks at the notes that a rule edited while its process was killed: each is as it was or as a whole edit leaves it, a run knows
 * of every edit and can be undone, and no run tells of an edit that is not there.
 */
export async function judgeNotes(
  play: NotePlay,
): Promise<{ readonly faults: readonly string[]; readonly counts: NoteCounts }> {
  const faults: string[] = [];
  const edited: string[] = [];
  for (const [path, save] of play.saves) {
    const text = readFileSync(join(play.root, path), 'utf8');
    const landings = play.runs.filter((events) => landsOn(events, path));
    const isEdited = text === editedNote(save);
    if (isEdited) edited.push(path);
    else if (text !== noteText(save))
      faults.push(`${path} is neither as it was nor as the edit leaves it: ${text.slice(0, 60)}`);
    if (isEdited && landings.length !== 1)
      faults.push(`${path} was edited, and ${landings.length} runs know of it.`);
    if (!isEdited && landings.some((events) => events.some(({ type }) => type === 'edit.landed')))
      faults.push(`A run says that its edit of ${path} has landed, and it is not there.`);
  }
  const undone = await undoAll(play, edited, faults);
  const folder = join(play.root, notesFolder);
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.tmp')) : [];
  for (const name of left) faults.push(`${name} was left beside the notes by a process that was killed.`);
  return {
    faults,
    counts: { notes: play.saves.size, edited: edited.length, undone, leftovers: left.length },
  };
}

/** Whether the run was about to write the file: the acceptance stands in its journal before the first byte is written. */
function landsOn(events: readonly RunEvent[], path: string): boolean {
  return events.some((event) => event.type === 'proposal.accepted' && event.paths.includes(path));
}

async function undoAll(play: NotePlay, edited: readonly string[], faults: string[]): Promise<number> {
  const { signal } = new AbortController();
  const engine = createEndurableEngine(play.storage);
  let undone = 0;
  try {
    await engine.openFolder(play.root, signal);
    for (const path of edited) {
      const [first] = play.runs.find((events) => landsOn(events, path)) ?? [];
      const { ok, message } = await engine.undo(play.root, first?.run ?? '', signal);
      const isOld = readFileSync(join(play.root, path), 'utf8') === noteText(play.saves.get(path) ?? 0);
      if (ok && isOld) undone += 1;
      else faults.push(`The edit of ${path} cannot be undone: ${message}`);
    }
  } finally {
    await engine.dispose();
  }
  return undone;
}
