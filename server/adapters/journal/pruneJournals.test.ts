import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pruneJournals, type Retention } from './pruneJournals.ts';
import { UserStorage } from './userStorage.ts';

describe('keeping journals within bounds', () => {
  let home: string;
  let folder: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'prune-'));
    folder = join(home, 'workspace', '.codegen-lab', 'journal');
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  /** Runs whose ids are in the order of time, of 100 bytes each. */
  function fill(count: number): readonly string[] {
    const runs = Array.from({ length: count }, (_, at) => `r${String(at).padStart(4, '0')}`);
    for (const run of runs) writeFileSync(join(folder, `${run}.jsonl`), 'x'.repeat(100));
    return runs;
  }

  function prune(retention: Retention, owned: readonly string[] = []): readonly string[] {
    const storage = new UserStorage(join(home, 'storage'));
    pruneJournals(storage, join(home, 'workspace'), (run) => owned.includes(run), retention);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => name.slice(0, -6))
      .toSorted();
  }

  it('deletes the oldest beyond the number that is kept', () => {
    const runs = fill(12);
    assert.deepEqual(prune({ runs: 10, bytes: 1e9 }), runs.slice(2));
  });

  it('deletes the oldest beyond the bytes that are kept, but never the newest fifty', () => {
    const runs = fill(80);
    assert.deepEqual(prune({ runs: 1_000, bytes: 7_000 }), runs.slice(10));
    assert.deepEqual(prune({ runs: 1_000, bytes: 0 }), runs.slice(30));
  });

  it('leaves what a living process writes to, what is no journal, and what a link leads to', () => {
    fill(12);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(home, 'elsewhere'), 'mine');
    symlinkSync(join(home, 'elsewhere'), join(folder, 'a0000.jsonl'));
    const left = prune({ runs: 10, bytes: 1e9 }, ['r0000']);
    assert.ok(left.includes('r0000') && left.includes('a0000') && !left.includes('r0001'));
    assert.ok(readdirSync(folder).includes('notes.txt'));
  });

  it('leaves what a link in place of the folder leads to', () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    rmSync(folder, { recursive: true });
    symlinkSync(elsewhere, folder);
    const runs = fill(12);
    assert.deepEqual(prune({ runs: 10, bytes: 1e9 }), runs);
  });

  it('goes on where something cannot be deleted', () => {
    const runs = fill(12);
    const storage = new UserStorage(join(home, 'storage'));
    const odd = join(storage.workspace(join(home, 'workspace')), 'heads', 'gone.json');
    mkdirSync(odd, { recursive: true });
    assert.deepEqual(prune({ runs: 10, bytes: 1e9 }), runs.slice(2));
  });

  it('does nothing where there are none', () => {
    assert.deepEqual(prune({ runs: 0, bytes: 0 }), []);
  });
});
