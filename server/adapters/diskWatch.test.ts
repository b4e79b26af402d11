import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiskChanges } from '../engine/ports/folderWatch.ts';
import { DiskFiles } from './diskFiles.ts';
import { createDiskWatch, type DiskWatchOptions } from './diskWatch.ts';

type Kind = keyof DiskChanges;

for (const mode of ['watching', 'polling'] as const)
  describe(`a folder that is followed by ${mode}`, function () {
    this.timeout(30_000);
    let root: string;
    let abort: AbortController;
    let ended: Promise<void>;
    let told: [Kind, string][];
    let reasons: string[];
    beforeEach(() => {
      root = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-watch-')));
      told = [];
      reasons = [];
      abort = new AbortController();
    });
    afterEach(async () => {
      abort.abort();
      await ended;
      rmSync(root, { recursive: true, force: true });
    });

    const write = (path: string, text = path): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    const list = async (): Promise<readonly string[]> =>
      (await new DiskFiles().list(root, abort.signal)).filter((path) => !path.startsWith('ignored/'));
    const full: DiskWatchOptions['watch'] = () => {
      throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
    };
    const start = async (): Promise<void> => {
      const watch = createDiskWatch({
        gatherMs: 30,
        pollMs: 50,
        ...(mode === 'polling' ? { watch: full } : {}),
      });
      await new Promise<void>((resolve) => {
        ended = watch.watch(
          {
            root,
            list,
            onChanges: async (changes) => {
              for (const kind of ['created', 'changed', 'deleted'] as const)
                told.push(...changes[kind].map((path): [Kind, string] => [kind, path]));
            },
            onPolling: (reason) => reasons.push(reason),
          },
          abort.signal,
          resolve,
        );
      });
      await sleep(20);
    };
    const expect = async (...expected: readonly (readonly [Kind, string])[]): Promise<void> => {
      const sorted = (): readonly string[] => told.map(String).toSorted();
      for (let count = 0; count < 100 && told.length < expected.length; count += 1) await sleep(50);
      await sleep(200);
      assert.deepEqual(sorted(), expected.map(String).toSorted());
    };

    it('tells of what came, changed and went', async () => {
      for (const path of ['a.js', 'src/b.js', 'src/deep/c.js']) write(path);
      await start();
      write('src/b.js', 'other');
      write('src/new.js');
      unlinkSync(join(root, 'src/deep/c.js'));
      await expect(['changed', 'src/b.js'], ['created', 'src/new.js'], ['deleted', 'src/deep/c.js']);
    });

    it('tells of a file that is replaced by another of its name', async () => {
      write('src/a.js');
      await start();
      write('src/.a.js.tmp', 'other');
      renameSync(join(root, 'src/.a.js.tmp'), join(root, 'src/a.js'));
      await expect(['changed', 'src/a.js']);
    });

    it('tells of files in a folder that was empty when it came', async () => {
      write('a.js');
      await start();
      mkdirSync(join(root, 'later/deep'), { recursive: true });
      await sleep(300);
      write('later/deep/b.js');
      await expect(['created', 'later/deep/b.js']);
    });

    it('tells of all files of a folder that is renamed', async () => {
      for (let at = 0; at < 60; at += 1) write(`old/${at}.js`);
      await start();
      renameSync(join(root, 'old'), join(root, 'new'));
      const all = Array.from({ length: 60 }, (_, at) => at);
      await expect(
        ...all.map((at) => ['deleted', `old/${at}.js`] as const),
        ...all.map((at) => ['created', `new/${at}.js`] as const),
      );
      told = [];
      write('new/7.js', 'other');
      await expect(['changed', 'new/7.js']);
    });

    it('does not go round in links', async () => {
      write('src/a.js');
      symlinkSync(root, join(root, 'src/loop'));
      await start();
      symlinkSync('..', join(root, 'src/another'));
      write('src/a.js', 'other');
      await expect(['changed', 'src/a.js']);
    });

    it('says nothing of what does not count', async () => {
      write('src/a.js');
      write('ignored/b.js');
      await start();
      write('ignored/c.js');
      write('node_modules/d.js');
      write('src/a.js', 'other');
      await sleep(300);
      assert.deepEqual(
        told.filter(([, path]) => path.startsWith('ignored')),
        [],
      );
    });

    it('says when the system watches no more', async () => {
      write('src/a.js');
      await start();
      assert.equal(reasons.length, mode === 'polling' ? 1 : 0);
    });
  });
