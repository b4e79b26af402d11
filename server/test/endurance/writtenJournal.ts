import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readHead } from '../../adapters/journal/journalHead.ts';
import { UserStorage } from '../../adapters/journal/userStorage.ts';
import { saveNote, untilIdle } from './diskFaultEndurance.ts';
import { createEndurableEngine, noteRule, notesFolder } from './endurableEngine.ts';
import type { WrittenJournal } from './journalDamage.ts';

/** The journal of a real run that edited a short note, and the bytes of its head. */
export async function writeRealJournal(): Promise<WrittenJournal & { readonly headText: Buffer }> {
  const home = mkdtempSync(join(tmpdir(), 'codegen-lab-journal-'));
  const root = join(home, 'workspace');
  const storage = join(home, 'storage');
  try {
    write(join(root, '.cursor/rules/notes.mdc'), noteRule);
    write(join(root, notesFolder, 'note.txt'), 'Saved 1.\n');
    const engine = createEndurableEngine(storage);
    await saveNote(engine, root);
    await untilIdle(engine);
    await engine.dispose();
    return read(storage, root);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

function read(storage: string, root: string): WrittenJournal & { readonly headText: Buffer } {
  const own = new UserStorage(storage);
  const journals = join(root, '.codegen-lab/journal');
  const [name = ''] = readdirSync(journals);
  const run = name.slice(0, -'.jsonl'.length);
  const path = join(own.workspace(root), 'heads', `${run}.json`);
  const key = own.journalKey(root);
  const head = readHead(path, key, run);
  if (head === undefined) throw new Error('The run left no head of its journal.');
  return { key, run, head, content: readFileSync(join(journals, name)), headText: readFileSync(path) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
