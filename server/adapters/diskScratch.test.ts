import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ScratchRequest, ScratchTree } from '../engine/ports/scratch.ts';
import { DiskScratch } from './diskScratch.ts';
import { LeavesRootError } from './noFollow.ts';

const never = new AbortController().signal;

describe('DiskScratch', () => {
  let base = '';
  let root = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-scratch-'));
    root = join(base, 'ws');
    mkdirSync(root);
    execFileSync('git', ['init', '-q'], { cwd: root });
    put('src/a.js', 'a');
    put('run.sh', '#!/bin/sh\n');
    chmodSync(join(root, 'run.sh'), 0o755);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const put = (path: string, content = ''): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const make = async (more: Partial<ScratchRequest> = {}): Promise<ScratchTree> => {
    const outcome = await new DiskScratch(join(base, 'store'), () => false).create(
      { run: 'run1', root, unsaved: new Map(), ...more },
      never,
    );
    assert.ok(outcome.kind === 'ready', JSON.stringify(outcome));
    return outcome.tree;
  };
  const inside = (tree: ScratchTree, path: string): string => join(tree.location, path);

  it('leaves out what may hold secrets, unless version control has it', async () => {
    for (const path of ['.env', 'test/key.pem', 'deep/.env']) put(path, 'KEY=1');
    execFileSync('git', ['add', 'test/key.pem'], { cwd: root });
    const scratch = new DiskScratch(join(base, 'store'), (path) => /\.env$|\.pem$/u.test(path));
    const unsaved = new Map([
      ['.env', 'KEY=2'],
      ['new.env', 'KEY=3'],
    ]);
    const outcome = await scratch.create({ run: 'run1', root, unsaved }, never);
    assert.ok(outcome.kind === 'ready', JSON.stringify(outcome));
    assert.deepEqual(
      ['.env', 'new.env', 'deep/.env', 'test/key.pem', 'src/a.js'].filter((path) =>
        existsSync(inside(outcome.tree, path)),
      ),
      ['test/key.pem', 'src/a.js'],
    );
  });

  it('copies what git does not ignore, with rights, and nothing of git itself', async () => {
    put('.gitignore', 'secret.env\n');
    put('secret.env', 'KEY=1');
    const tree = await make();
    assert.deepEqual(readdirSync(tree.location).toSorted(), ['.gitignore', 'run.sh', 'src']);
    assert.equal(await tree.read('src/a.js'), 'a');
    assert.equal(statSync(inside(tree, 'run.sh')).mode & 0o777, 0o755);
    assert.ok(!tree.location.startsWith(root));
  });

  it('belongs to the user of the sandbox when we are root', async function () {
    if (process.getuid?.() !== 0) this.skip();
    const tree = await make();
    await tree.write('new/b.js', 'b');
    for (const path of ['.', 'src', 'src/a.js', 'new', 'new/b.js'])
      assert.equal(lstatSync(inside(tree, path)).uid, 65534, path);
  });

  it('puts unsaved buffers on top, but none of an ignored file', async () => {
    put('.gitignore', '.env\n');
    put('.env', 'KEY=old');
    const unsaved = new Map([
      ['src/a.js', 'unsaved'],
      ['src/fresh.js', 'fresh'],
      ['.env', 'KEY=new'],
    ]);
    const tree = await make({ unsaved });
    assert.equal(await tree.read('src/a.js'), 'unsaved');
    assert.equal(await tree.original('src/a.js'), 'unsaved');
    assert.equal(await tree.read('src/fresh.js'), 'fresh');
    assert.equal(await tree.read('.env'), undefined);
    assert.equal(readFileSync(join(root, 'src/a.js'), 'utf8'), 'a');
  });

  it('leaves dependencies in their places, also of nested packages, and makes room for them', async () => {
    put('package.json', '{}');
    put('packages/one/package.json', '{}');
    put('py/pyproject.toml');
    for (const path of [
      'node_modules/x/i.js',
      'packages/one/node_modules/y/i.js',
      'py/.venv/pyvenv.cfg',
      'other/node_modules/z.js',
    ])
      put(path);
    const tree = await make();
    assert.deepEqual(tree.dependencies, ['node_modules', 'packages/one/node_modules', 'py/.venv']);
    for (const path of tree.dependencies) assert.deepEqual(readdirSync(inside(tree, path)), []);
    await assert.rejects(tree.write('node_modules/x/i.js', 'pwn'), LeavesRootError);
  });

  it('tells what a command changed in it, and nothing that git ignores', async () => {
    put('.gitignore', 'out.log\n');
    put('src/gone.js', 'x');
    const tree = await make();
    assert.deepEqual(await tree.changed(never), new Map());
    writeFileSync(inside(tree, 'src/a.js'), 'other');
    writeFileSync(inside(tree, 'src/new.js'), 'new');
    writeFileSync(inside(tree, 'out.log'), 'ignored');
    mkdirSync(inside(tree, 'node_modules'));
    writeFileSync(inside(tree, 'node_modules/x.js'), 'dependency');
    rmSync(inside(tree, 'src/gone.js'));
    const first = await tree.changed(never);
    assert.deepEqual([...first.keys()].toSorted(), ['src/a.js', 'src/gone.js', 'src/new.js']);
    assert.equal(first.get('src/gone.js'), 'gone');
    writeFileSync(inside(tree, 'src/new.js'), 'newer');
    const second = await tree.changed(never);
    assert.deepEqual(
      [...second].filter(([path, state]) => state !== first.get(path)).map(([path]) => path),
      ['src/new.js'],
    );
  });

  it('links dependencies for a run that no sandbox mounts', async () => {
    put('package.json', '{}');
    put('node_modules/x/i.js', 'x');
    const tree = await make({ dependencies: 'linked' });
    assert.equal(readFileSync(inside(tree, 'node_modules/x/i.js'), 'utf8'), 'x');
    await tree.reset();
    await tree.dispose();
    assert.ok(existsSync(join(root, 'node_modules/x/i.js')));
  });

  it('copies links that stay inside as relative links, and no others', async () => {
    writeFileSync(join(base, 'outside'), 'secret');
    symlinkSync('a.js', join(root, 'src/inner'));
    symlinkSync(join(root, 'src'), join(root, 'absolute'));
    symlinkSync(join(base, 'outside'), join(root, 'outer'));
    symlinkSync('../../etc/passwd', join(root, 'src/climb'));
    symlinkSync('nowhere', join(root, 'dangling'));
    symlinkSync('outer', join(root, 'through'));
    const tree = await make();
    assert.deepEqual(readdirSync(tree.location).toSorted(), ['absolute', 'run.sh', 'src']);
    assert.deepEqual(readdirSync(inside(tree, 'src')).toSorted(), ['a.js', 'inner']);
    assert.equal(readlinkSync(inside(tree, 'absolute')), 'src');
  });

  it('writes, deletes and tells what was there at the beginning', async () => {
    const tree = await make();
    await tree.write('src/a.js', 'changed');
    await tree.write('deep/er/new.js', 'new');
    await tree.write('run.sh', undefined);
    assert.deepEqual([await tree.read('src/a.js'), await tree.original('src/a.js')], ['changed', 'a']);
    assert.deepEqual(
      [await tree.read('deep/er/new.js'), await tree.original('deep/er/new.js')],
      ['new', undefined],
    );
    assert.deepEqual([await tree.read('run.sh'), await tree.original('run.sh')], [undefined, '#!/bin/sh\n']);
    assert.deepEqual([await tree.read('none/x'), await tree.original('none/x')], [undefined, undefined]);
    await tree.write('none', undefined);
    assert.equal(readFileSync(join(root, 'src/a.js'), 'utf8'), 'a');
  });

  it('tells the original of a file that a test changed, whatever times it forged', async () => {
    const tree = await make();
    const before = statSync(inside(tree, 'src/a.js'));
    writeFileSync(inside(tree, 'src/a.js'), 'X');
    utimesSync(inside(tree, 'src/a.js'), before.atime, before.mtime);
    assert.equal(await tree.original('src/a.js'), 'a');
    put('run.sh', 'changed by the user meanwhile');
    assert.equal(await tree.original('run.sh'), '#!/bin/sh\n');
  });

  it('says that an original is lost rather than to guess', async () => {
    const tree = await make();
    writeFileSync(inside(tree, 'src/a.js'), 'by a test');
    await delay(20);
    put('src/a.js', 'by the user');
    await assert.rejects(tree.original('src/a.js'), /changed both/u);
  });

  it('puts everything back as the run began, however a test left it', async () => {
    symlinkSync('a.js', join(root, 'src/inner'));
    put('keep/one.txt', '1');
    const tree = await make({ unsaved: new Map([['src/b.js', 'unsaved']]) });
    const before = stateOf(tree.location);
    await tree.write('src/a.js', 'changed');
    await tree.write('new/file.js', 'new');
    await tree.write('run.sh', undefined);
    writeFileSync(inside(tree, 'src/b.js'), 'by a test');
    unlinkSync(inside(tree, 'src/inner'));
    rmSync(inside(tree, 'keep'), { recursive: true });
    symlinkSync(root, inside(tree, 'keep'));
    mkdirSync(inside(tree, 'junk/deep'), { recursive: true });
    writeFileSync(inside(tree, 'junk/deep/file'), '');
    await tree.reset();
    assert.equal(stateOf(tree.location), before);
    assert.equal(statSync(inside(tree, 'run.sh')).mode & 0o777, 0o755);
    await tree.reset();
    assert.equal(stateOf(tree.location), before);
    assert.equal(readFileSync(join(root, 'keep/one.txt'), 'utf8'), '1');
  });

  it('never writes through a link that a test made', async () => {
    const tree = await make();
    const outside = join(base, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), 'old');
    rmSync(inside(tree, 'src'), { recursive: true });
    symlinkSync(outside, inside(tree, 'src'));
    symlinkSync(join(outside, 'file'), inside(tree, 'file'));
    await assert.rejects(tree.write('src/file', 'new'), LeavesRootError);
    await tree.write('file', 'new');
    assert.equal(readFileSync(join(outside, 'file'), 'utf8'), 'old');
    assert.equal(await tree.read('file'), 'new');
    for (const path of ['../escape', '/etc/x', 'a/../../x'])
      await assert.rejects(tree.write(path, 'x'), LeavesRootError);
  });

  it('does not wait for a pipe that a test put in the place of a file', async () => {
    const tree = await make();
    rmSync(inside(tree, 'src/a.js'));
    execFileSync('/usr/bin/mkfifo', [inside(tree, 'src/a.js')]);
    assert.equal(await tree.read('src/a.js'), undefined);
    await tree.write('src/a.js', 'new');
    assert.equal(await tree.read('src/a.js'), 'new');
  });

  it('leaves nothing behind when it is disposed of or cancelled', async () => {
    await (await make()).dispose();
    const abort = new AbortController();
    abort.abort();
    const outcome = await new DiskScratch(join(base, 'store'), () => false).create(
      { run: 'x', root, unsaved: new Map() },
      abort.signal,
    );
    assert.deepEqual(outcome, { kind: 'cancelled' });
    assert.deepEqual(readdirSync(join(base, 'store/scratch')), []);
  });

  it('says why a copy failed', async () => {
    writeFileSync(join(base, 'file'), '');
    const outcome = await new DiskScratch(join(base, 'file'), () => false).create(
      { run: 'x', root, unsaved: new Map() },
      never,
    );
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /could not be copied/u);
  });

  it('sweeps the copies of processes that are gone, and no others', async () => {
    const mine = await make();
    const stale = join(base, 'store/scratch/stale-0');
    mkdirSync(join(stale, 'tree'), { recursive: true });
    writeFileSync(join(stale, 'owner.json'), JSON.stringify({ pid: 4_000_000, started: '1' }));
    await new DiskScratch(join(base, 'store'), () => false).create(
      { run: 'y', root, unsaved: new Map() },
      never,
    );
    for (let round = 0; round < 50 && existsSync(stale); round += 1) await delay(10);
    assert.ok(!existsSync(stale));
    assert.equal(await mine.read('src/a.js'), 'a');
  });
});

function stateOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) =>
      lstatSync(path).isFile()
        ? `${path}=${readFileSync(path, 'utf8')}`
        : lstatSync(path).isSymbolicLink()
          ? `${path}->${readlinkSync(path)}`
          : path,
    )
    .join('\n');
}
