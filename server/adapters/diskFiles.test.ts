import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskFiles } from './diskFiles.ts';

const never = new AbortController().signal;

describe('DiskFiles', () => {
  let base = '';
  let root = '';
  const files = new DiskFiles();

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'codegen-lab-files-'));
    root = join(base, 'ws');
    mkdirSync(root);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const put = (path: string, content: string | Buffer = ''): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });

  it('gives the exact text: BOM, CRLF and a missing final newline', async () => {
    put('a.txt', '\uFEFFone\r\ntwo');
    assert.deepEqual(await files.read(root, 'a.txt', never), { kind: 'text', text: '\uFEFFone\r\ntwo' });
  });

  const kinds: readonly (readonly [string, Buffer, string])[] = [
    ['NUL', Buffer.from('a\0b'), 'binary'],
    ['no UTF-8', Buffer.from([0x61, 0xff]), 'binary'],
    ['UTF-16', Buffer.from('\uFEFFab', 'utf16le'), 'binary'],
    ['too much', Buffer.alloc(1024 * 1024 + 1, 'a'), 'tooLarge'],
    ['nothing', Buffer.alloc(0), 'text'],
  ];
  for (const [title, content, kind] of kinds) {
    it(`reads a file with ${title} as ${kind}`, async () => {
      put('f', content);
      assert.equal((await files.read(root, 'f', never)).kind, kind);
    });
  }

  it('reads through links that stay inside, and through none that leads out', async () => {
    put('real/a.txt', 'inside');
    writeFileSync(join(base, 'secret'), 'outside');
    symlinkSync('real/a.txt', join(root, 'inner'));
    symlinkSync('real', join(root, 'folder'));
    symlinkSync(join(base, 'secret'), join(root, 'outer'));
    symlinkSync(base, join(root, 'up'));
    symlinkSync('nowhere', join(root, 'dangling'));
    for (const path of ['inner', 'folder/a.txt'])
      assert.deepEqual(await files.read(root, path, never), { kind: 'text', text: 'inside' });
    for (const path of [
      'outer',
      'up/secret',
      '../secret',
      'real/../../secret',
      join(base, 'secret'),
      'a\0',
    ]) {
      assert.equal((await files.read(root, path, never)).kind, 'unreadable', path);
      assert.equal(await files.exists(root, path, never), false, path);
    }
    for (const path of ['dangling', 'none', 'real/a.txt/x'])
      assert.deepEqual(await files.read(root, path, never), { kind: 'missing' }, path);
  });

  it('reads a root that is itself a link', async () => {
    put('a.txt', 'text');
    symlinkSync(root, join(base, 'alias'));
    assert.deepEqual(await files.read(join(base, 'alias'), 'a.txt', never), { kind: 'text', text: 'text' });
  });

  it('says that a folder or a pipe is no file', async () => {
    put('d/x');
    execFileSync('/usr/bin/mkfifo', [join(root, 'pipe')]);
    for (const path of ['d', '.', 'pipe'])
      assert.equal((await files.read(root, path, never)).kind, 'unreadable', path);
  });

  it('lists what git does not ignore, sorted, without deleted files and dependencies', async () => {
    git('init', '-q');
    for (const path of [
      'b.js',
      'a b.js',
      'ü.js',
      'gone.js',
      'node_modules/x/index.js',
      'pkg/.venv/lib/x.py',
      'out.log',
      'sub/c.py',
    ])
      put(path);
    put('.gitignore', '*.log\n');
    git('add', 'gone.js', 'b.js', '-f', 'node_modules');
    rmSync(join(root, 'gone.js'));
    const present = ['.gitignore', 'a b.js', 'b.js', 'sub/c.py', 'ü.js'];
    assert.deepEqual(await files.list(root, never), present);
    const withGone = await files.list(root, never, undefined, 'mayStand');
    assert.deepEqual(withGone, [...present, 'gone.js'].sort());
  });

  it('lists a subfolder of a repository as a root of its own', async () => {
    git('init', '-q');
    put('pkg/a.js');
    put('other/b.js');
    assert.deepEqual(await files.list(join(root, 'pkg'), never), ['a.js']);
  });

  it('lists the files of a repository inside the repository', async () => {
    git('init', '-q');
    put('a.js');
    put('inner/b.js');
    execFileSync('git', ['init', '-q'], { cwd: join(root, 'inner') });
    assert.deepEqual(await files.list(root, never), ['a.js', 'inner/b.js']);
  });

  for (const repository of ['git', 'no git']) {
    it(`lists only what was asked for, files and folders, with ${repository}`, async () => {
      if (repository === 'git') git('init', '-q');
      for (const path of ['a.js', 'a.js2', 'src/b.js', 'src/in/c.js', 'node_modules/x.js', '[s]/d.js'])
        put(path);
      const within = [
        'a.js',
        'src',
        'gone.js',
        'a.js/below',
        'node_modules/x.js',
        'node_modules',
        '[s]/d.js',
      ];
      assert.deepEqual(await files.list(root, never, within), [
        '[s]/d.js',
        'a.js',
        'src/b.js',
        'src/in/c.js',
      ]);
      assert.deepEqual(await files.list(root, never, []), []);
    });
  }

  it('lists what was asked for and lies in a repository inside the repository, and among very many', async () => {
    git('init', '-q');
    put('a.js');
    put('inner/b.js');
    put('inner/c.js');
    execFileSync('git', ['init', '-q'], { cwd: join(root, 'inner') });
    assert.deepEqual(await files.list(root, never, ['inner/b.js']), ['inner/b.js']);
    assert.deepEqual(await files.list(root, never, ['inner']), ['inner/b.js', 'inner/c.js']);
    const many = Array.from({ length: 5000 }, (_, index) => `nowhere-${index}.js`);
    assert.deepEqual(await files.list(root, never, [...many, 'a.js']), ['a.js']);
  });

  it('walks without git, leaving out dependency and build folders, and following no link', async () => {
    for (const path of [
      'a.js',
      'src/b.js',
      'node_modules/x.js',
      'dist/x.js',
      '__pycache__/x.pyc',
      '.git-like/c',
    ])
      put(path);
    symlinkSync('/etc', join(root, 'etc'));
    assert.deepEqual(await files.list(root, never), ['.git-like/c', 'a.js', 'etc', 'src/b.js']);
  });

  it('runs nothing that the configuration of a repository names', async () => {
    git('init', '-q');
    put('a.js');
    const script = join(base, 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${join(base, 'pwned')}\n`, { mode: 0o755 });
    git('config', 'core.fsmonitor', script);
    git('config', 'core.hooksPath', base);
    git('config', 'core.pager', script);
    assert.deepEqual(await files.list(root, never), ['a.js']);
    assert.ok(!existsSync(join(base, 'pwned')));
  });

  it('runs no git that lies in the workspace or on PATH before the system', async () => {
    put('git', `#!/bin/sh\ntouch ${join(base, 'pwned')}\n`);
    execFileSync('chmod', ['+x', join(root, 'git')]);
    const path = process.env['PATH'];
    process.env['PATH'] = `${root}:${path}`;
    try {
      await files.list(root, never);
    } finally {
      process.env['PATH'] = path;
    }
    assert.ok(!existsSync(join(base, 'pwned')));
  });

  it('finds rule files, ignored ones included, dependencies not', async () => {
    git('init', '-q');
    put('.gitignore', '.cursor\n');
    for (const path of [
      '.cursor/rules/a.mdc',
      'x.mdc.md',
      'RULE.md',
      'deep/build/.cursorrules',
      'readme.md',
      'node_modules/b.mdc',
    ])
      put(path);
    assert.deepEqual(await files.listRules(root, never), [
      '.cursor/rules/a.mdc',
      'RULE.md',
      'deep/build/.cursorrules',
      'x.mdc.md',
    ]);
  });
});
