import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { LeavesRootError, makeFolder, openParent, readPlainFile } from './noFollow.ts';

describe('Paths below a root', () => {
  let base = '';
  let root = '';
  let outside = '';
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-nofollow-')));
    root = join(base, 'root');
    outside = join(base, 'outside');
    for (const folder of [root, outside, join(root, 'a')]) mkdirSync(folder);
    writeFileSync(join(outside, 'file'), 'outside');
    symlinkSync(outside, join(root, 'link'));
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const write = (path: string): void => {
    const parent = openParent(root, path, makeFolder);
    try {
      writeFileSync(join(parent.location, parent.name), 'written');
    } finally {
      parent.close();
    }
  };

  it('reaches files and makes missing folders', () => {
    for (const path of ['top', 'a/x', 'b/c/d']) write(path);
    assert.equal(readFileSync(join(root, 'b/c/d'), 'utf8'), 'written');
  });

  for (const path of [
    '../x',
    'a/../../x',
    '/etc/x',
    './x',
    'a//x',
    '',
    '.',
    'a/..',
    'a\0b',
    'link/file',
    'link/new/file',
    'a/..',
  ]) {
    it(`refuses ${JSON.stringify(path)}`, () => {
      assert.throws(() => write(path), LeavesRootError);
      assert.equal(readFileSync(join(outside, 'file'), 'utf8'), 'outside');
      assert.ok(!existsSync(join(outside, 'new')));
    });
  }

  it('refuses a dangling link and a file on the way', () => {
    symlinkSync(join(base, 'nowhere'), join(root, 'dangling'));
    writeFileSync(join(root, 'plain'), '');
    for (const path of ['dangling/x', 'plain/x']) assert.throws(() => write(path), LeavesRootError);
    assert.ok(!existsSync(join(base, 'nowhere')));
  });

  it('leads nowhere else while somebody swaps a folder for a link', async function () {
    this.timeout(20_000);
    mkdirSync(join(root, 'swap'));
    const worker = new Worker(
      `const { renameSync, rmSync, symlinkSync, unlinkSync } = require('node:fs'); const { workerData: [swap, away, outside] } = require('node:worker_threads');
const quietly = (work) => { try { work(); } catch {} };
       for (;;) { quietly(() => rmSync(away, { recursive: true, force: true })); quietly(() => renameSync(swap, away)); quietly(() => symlinkSync(outside, swap)); quietly(() => unlinkSync(swap)); quietly(() => renameSync(away, swap)); }`,
      { eval: true, workerData: [join(root, 'swap'), join(base, 'away'), outside] },
    );
    let refused = 0;
    let written = 0;
    try {
      for (let round = 0; round < 100_000 && (round < 5_000 || written === 0 || refused === 0); round += 1) {
        try {
          write('swap/pwn');
          written += 1;
        } catch {
          refused += 1;
        }
      }
    } finally {
      await worker.terminate();
    }
    assert.ok(!existsSync(join(outside, 'pwn')));
    assert.ok(written > 0 && refused > 0, `written ${written}, refused ${refused}`);
  });
});

describe('readPlainFile', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-plain-'));
    writeFileSync(join(folder, 'file'), 'text');
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    symlinkSync(join(folder, 'link'), join(folder, 'loop'));
    if (process.platform !== 'win32') execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe')]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cases: readonly (readonly [string, number, unknown])[] = [
    ['file', 4, { kind: 'bytes', bytes: Buffer.from('text') }],
    ['file', 3, { kind: 'tooLarge', bytes: 4 }],
    ['none', 10, { kind: 'missing' }],
    ['link', 10, { kind: 'notPlain' }],
    ['pipe', 10, { kind: 'notPlain' }],
    ['.', 10, { kind: 'notPlain' }],
  ];
  for (const [name, max, expected] of cases) {
    it(`gives ${(expected as { kind: string }).kind} for ${name} with at most ${max} bytes`, () => {
      assert.deepEqual(readPlainFile(join(folder, name), max), expected);
    });
  }

  for (const [length, isInside] of [
    [0, false],
    [4, false],
    [5, true],
    [9, true],
  ] as const)
    it(`reads ${isInside ? 'into' : 'beside'} a space of ${length} bytes`, () => {
      const space = Buffer.alloc(length);
      const read = readPlainFile(join(folder, 'file'), 10, space);
      assert.deepEqual(read, { kind: 'bytes', bytes: Buffer.from('text') });
      assert.equal(space.toString('latin1').startsWith('text'), isInside);
      assert.equal(readPlainFile(join(folder, 'file'), 3, space).kind, 'tooLarge');
    });

  it('does not trust the size that a special file tells', () => {
    if (process.platform !== 'linux') return;
    assert.equal(readPlainFile('/proc/self/maps', 100).kind, 'tooLarge');
  });
});
