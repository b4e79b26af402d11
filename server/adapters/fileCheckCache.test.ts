import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CachedCheck } from '../engine/ports/checkCache.ts';
import { createFileCheckCache } from './fileCheckCache.ts';
import { UserStorage } from './journal/userStorage.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const finding = { path: 'b', range, severity: 'error', code: 'check.reject', message: 'Bad.' } as const;

describe('the cache of checks', () => {
  let root: string;
  let storage: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'codegen-lab-root-'));
    storage = mkdtempSync(join(tmpdir(), 'codegen-lab-storage-'));
    writeFileSync(join(root, 'a'), '1');
    writeFileSync(join(root, 'b'), '2');
  });
  afterEach(() => {
    for (const folder of [root, storage]) rmSync(folder, { recursive: true, force: true });
  });

  /** Some seconds after the files were written. */
  const cache = () => createFileCheckCache(new UserStorage(storage), () => Date.now() + 60_000);

  async function keep(): Promise<void> {
    const stampOf = (path: string): string => cache().stamp(root, path) ?? '';
    const checks: readonly (readonly [string, CachedCheck])[] = [
      ['a', { stamp: stampOf('a'), findings: [] }],
      ['b', { stamp: stampOf('b'), findings: [finding] }],
    ];
    await cache().save(root, 'key', new Map(checks));
  }

  it('knows what was found in files that are as they were', async () => {
    await keep();
    const known = await cache().load(root, 'key');
    assert.deepEqual(
      [...known].map(([path, { findings }]) => [path, findings]),
      [
        ['a', []],
        ['b', [finding]],
      ],
    );
    assert.deepEqual(readdirSync(root), ['a', 'b']);
  });

  const changes: readonly (readonly [title: string, change: () => void, known: readonly string[]])[] = [
    ['another text of that size', () => writeFileSync(join(root, 'a'), '9'), ['b']],
    [
      'one whose time was set back',
      () => {
        writeFileSync(join(root, 'a'), '9');
        utimesSync(join(root, 'a'), 1, 1);
      },
      ['b'],
    ],
    ['a file that is gone', () => rmSync(join(root, 'b')), ['a']],
    [
      'a folder in its place',
      () => {
        rmSync(join(root, 'b'));
        mkdirSync(join(root, 'b'));
      },
      ['a'],
    ],
    [
      'a link in its place',
      () => {
        rmSync(join(root, 'b'));
        symlinkSync('a', join(root, 'b'));
      },
      ['a'],
    ],
    [
      'a damaged cache',
      () => {
        const folder = join(storage, 'workspaces');
        for (const each of readdirSync(folder))
          writeFileSync(join(folder, each, 'checks.json'), '{"key":"key","checks":[1]}');
      },
      [],
    ],
  ];
  for (const [title, change, expected] of changes)
    it(`knows nothing of ${title}`, async () => {
      await keep();
      change();
      assert.deepEqual([...(await cache().load(root, 'key')).keys()], expected);
    });

  it('knows nothing under another key, or of another folder', async () => {
    await keep();
    assert.equal((await cache().load(root, 'other')).size, 0);
    assert.equal((await cache().load(storage, 'key')).size, 0);
  });

  it('has no stamp for a file that was just written, a link or a folder', () => {
    symlinkSync('a', join(root, 'link'));
    const now = createFileCheckCache(new UserStorage(storage), Date.now);
    assert.equal(now.stamp(root, 'a'), undefined);
    for (const path of ['link', '.', 'gone', 'a/b']) assert.equal(cache().stamp(root, path), undefined);
    assert.equal(typeof cache().stamp(root, 'a'), 'string');
  });

  it('goes on where nothing can be kept', async () => {
    const folder = join(storage, 'workspaces');
    await keep();
    for (const each of readdirSync(folder)) {
      rmSync(join(folder, each, 'checks.json'));
      mkdirSync(join(folder, each, 'checks.json'));
    }
    await keep();
    assert.equal((await cache().load(root, 'key')).size, 0);
  });
});
