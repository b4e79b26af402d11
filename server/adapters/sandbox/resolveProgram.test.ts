import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProtectedInTree } from './protectedInTree.ts';
import { canStrangerExecute, canStrangerReach } from './reach.ts';
import { resolveProgram, type ProgramFound } from './resolveProgram.ts';

describe('resolveProgram', () => {
  let base = '';
  let home = '';
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-program-')));
    home = join(base, 'home');
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const put = (path: string, text = '\u007FELF', mode = 0o755): string => {
    const file = join(base, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  const link = (path: string, target: string): string => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    symlinkSync(target, join(base, path));
    return join(base, path);
  };
  const resolve = (name: string, path = '', onDisk = (seen: string) => seen): Promise<ProgramFound> =>
    resolveProgram({
      name,
      cwd: base,
      environment: { PATH: path },
      home,
      workspace: join(base, 'ws'),
      onDisk,
      signal: new AbortController().signal,
    });
  const needs = (found: ProgramFound): readonly string[] => {
    assert.ok(found.kind === 'found', JSON.stringify(found));
    return found.needs.map((need) => need.slice(base.length + 1)).toSorted((a, b) => a.localeCompare(b));
  };

  it('needs nothing for a program of the system', async () => {
    const found = await resolve('sh', '/usr/bin');
    assert.deepEqual(needs(found), []);
  });

  it('needs the installation around a program', async () => {
    put('opt/node-24/bin/node');
    assert.deepEqual(needs(await resolve('node', join(base, 'opt/node-24/bin'))), ['opt/node-24']);
  });

  it('never shows a folder that holds more than the program: then it is the file alone', async () => {
    put('home/bin/node');
    put('home/.local/bin/uv');
    assert.deepEqual(needs(await resolve('node', join(home, 'bin'))), ['home/bin/node']);
    assert.deepEqual(needs(await resolve('uv', join(home, '.local/bin'))), ['home/.local/bin/uv']);
  });

  it('needs every hop of a virtual environment, and the Python that it was made with', async () => {
    put('pyenv/versions/3.12.1/bin/python3.12');
    link('pyenv/versions/3.12.1/bin/python3', 'python3.12');
    link('pyenv/versions/3.12', join(base, 'pyenv/versions/3.12.1'));
    link('env/bin/python', join(base, 'pyenv/versions/3.12/bin/python3'));
    put('other/bin/python3.12');
    put('env/pyvenv.cfg', `home = ${join(base, 'other/bin')}\nversion = 3.12.1\n`);
    assert.deepEqual(needs(await resolve(join(base, 'env/bin/python'))), [
      'env',
      'other',
      'pyenv/versions/3.12',
    ]);
  });

  it('shows nothing for the sake of a home that holds no Python', async () => {
    put('.ssh/id_rsa');
    put('env/bin/python');
    for (const home of [join(base, '.ssh/bin'), join(base, '.ssh'), join(base, 'nothing/bin')]) {
      put('env/pyvenv.cfg', `home = ${home}\n`);
      assert.deepEqual(needs(await resolve(join(base, 'env/bin/python'))), ['env']);
    }
  });

  it('never shows the whole workspace for the sake of a program in it', async () => {
    put('ws/bin/python');
    assert.deepEqual(needs(await resolve(join(base, 'ws/bin/python'))), ['ws/bin/python']);
  });

  it('asks no shim of the workspace: nothing of it runs before it is confined', async () => {
    const shim = put(
      'ws/shims/app/.venv/bin/python',
      `#!/bin/sh\ntouch ${join(base, 'pwned')}\necho /bin/sh\n`,
    );
    const found = await resolve(shim);
    assert.ok(found.kind === 'found');
    assert.deepEqual([found.path, existsSync(join(base, 'pwned'))], [shim, false]);
  });

  it('needs what pip installed for the user, only without a virtual environment', async () => {
    put('opt/py/bin/python3');
    put('home/.local/lib/python3.12/site-packages/x.py');
    put('home/.local/lib/secret.txt');
    assert.deepEqual(needs(await resolve(join(base, 'opt/py/bin/python3'))), [
      'home/.local/lib/python3.12',
      'opt/py',
    ]);
  });

  it("asks a version manager's shim for the program that it stands for", async () => {
    put('pyenv/versions/3.11/bin/python3');
    put('pyenv/shims/python3', `#!/bin/sh\necho ${join(base, 'pyenv/versions/3.11/bin/python3')}\n`);
    const found = await resolve('python3', join(base, 'pyenv/shims'));
    assert.ok(found.kind === 'found');
    assert.equal(found.path, join(base, 'pyenv/versions/3.11/bin/python3'));
    assert.deepEqual(needs(found), ['pyenv/versions/3.11']);
  });

  it('keeps a shim that cannot answer', async () => {
    const shim = put('asdf/shims/node', '#!/bin/sh\nexit 1\n');
    const found = await resolve('node', join(base, 'asdf/shims'));
    assert.ok(found.kind === 'found');
    assert.equal(found.path, shim);
  });

  it('needs the interpreter of a script', async () => {
    put('opt/node/bin/node');
    put('tools/runner', `#!${join(base, 'opt/node/bin/node')}\n`);
    assert.deepEqual(needs(await resolve(join(base, 'tools/runner'))), ['opt/node', 'tools/runner']);
    put('tools/env', '#!/usr/bin/env no-such-interpreter\n');
    assert.equal((await resolve(join(base, 'tools/env'))).kind, 'missing');
  });

  it('looks for a path of the workspace where the sandbox shows it from', async () => {
    put('scratch/bin/tool');
    const found = await resolve('/ws/bin/tool', '', (seen) => seen.replace(/^\/ws/u, join(base, 'scratch')));
    assert.ok(found.kind === 'found');
    assert.equal(found.path, '/ws/bin/tool');
  });

  it('finds nothing by a relative entry of PATH, in a folder, or without the right to execute', async () => {
    put('bin/tool-of-the-workspace');
    put('bin/plain-file', 'x', 0o644);
    mkdirSync(join(base, 'bin/folder'));
    for (const name of ['tool-of-the-workspace', 'plain-file', 'folder', 'nothing-of-that-name']) {
      assert.equal(
        (
          await resolve(
            name,
            ['bin', '.', '', name === 'tool-of-the-workspace' ? '' : join(base, 'bin')].join(':'),
          )
        ).kind,
        'missing',
        name,
      );
    }
  });

  it('survives links that lead in a circle', async () => {
    link('a/bin/x', join(base, 'b/bin/x'));
    link('b/bin/x', join(base, 'a/bin/x'));
    assert.equal((await resolve(join(base, 'a/bin/x'))).kind, 'missing');
  });
});

describe('What a stranger may reach', () => {
  let base = '';
  before(() => {
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-reach-'));
    mkdirSync(join(base, 'open/closed/inner'), { recursive: true });
    writeFileSync(join(base, 'open/file'), '');
    writeFileSync(join(base, 'open/private'), '', { mode: 0o600 });
    chmodSync(base, 0o755);
    chmodSync(join(base, 'open/closed'), 0o700);
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  const cases: readonly (readonly [string, boolean])[] = [
    ['open', true],
    ['open/file', true],
    ['open/private', false],
    ['open/closed', false],
    ['open/closed/inner', false],
    ['open/missing', false],
  ];
  for (const [path, expected] of cases) {
    it(`says ${expected} for ${path}`, () =>
      assert.equal(canStrangerReach(join(base, path), 12_345), expected));
  }

  it('tells what may be executed', () => {
    assert.equal(canStrangerExecute('/bin/sh', 12_345), true);
    assert.equal(canStrangerExecute(join(base, 'open/file'), 12_345), false);
  });
});

describe('findProtectedInTree', () => {
  it('finds what exists, nearest to the top first, goes through no link and not into what is left out', async () => {
    const base = mkdtempSync(join(tmpdir(), 'codegen-lab-protected-'));
    try {
      for (const folder of ['deep/er', 'skipped', '.guard/inner'])
        mkdirSync(join(base, folder), { recursive: true });
      for (const file of ['deep/er/guard', 'guard', 'skipped/guard', '.guard/inner/guard'])
        writeFileSync(join(base, file), '');
      symlinkSync(base, join(base, 'loop'));
      const isProtected = (path: string): boolean => /(^|\/)\.?guard$/u.test(path);
      assert.deepEqual(
        new Set(await findProtectedInTree(base, isProtected, new Set(['skipped']))),
        new Set(['.guard', 'guard', 'deep/er/guard']),
      );
      assert.equal((await findProtectedInTree(base, isProtected, new Set())).at(-1), 'deep/er/guard');
      for (let number = 0; number < 200; number += 1)
        mkdirSync(join(base, `p${number}`, 'guard'), { recursive: true });
      assert.equal((await findProtectedInTree(base, isProtected, new Set())).length, 64);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});
