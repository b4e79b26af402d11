import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCompilers, type Compilers } from './compilers.ts';
import type { SyntaxCheck, SyntaxFile } from '../../engine/ports/syntax.ts';

const never = new AbortController().signal;

async function check(
  path: string,
  text: string,
  moduleType?: SyntaxFile['moduleType'],
): Promise<SyntaxCheck> {
  return checkWith(createCompilers(), { path, text, ...(moduleType === undefined ? {} : { moduleType }) });
}

async function checkWith(
  compilers: Compilers,
  file: SyntaxFile,
  signal: AbortSignal = never,
): Promise<SyntaxCheck> {
  const said = await compilers(file, signal);
  assert.ok(said, `no compiler was asked for ${file.path}`);
  return said;
}

const esm = "import a from 'x';\nexport const b = await a();\n";
const commonjs = "const a = require('x');\nif (a) return;\nwith (a) {}\n";

const parsed: readonly [string, string, SyntaxFile['moduleType']?][] = [
  ['a.mjs', esm],
  ['a.cjs', commonjs],
  ['a.js', esm],
  ['a.js', commonjs],
  ['a.js', esm, 'module'],
  ['a.js', commonjs, 'commonjs'],
  ['a.js', `#!/usr/bin/env node\n${commonjs}`],
  ['a.js', '\uFEFFconst a = "é中文";\r\n'],
  ['a.js', ''],
  ['a.py', 'import os\n\n\ndef f(x: int) -> str:\n    return f"{x!r}"\n'],
  ['a.py', '\uFEFFx = "é中文"\r\n'],
  ['a.py', 'x = "\\d"\n'],
  ['a.py', ''],
  ['a.pyi', 'def f() -> int: ...\n'],
];

const broken: readonly [string, string, number, RegExp, SyntaxFile['moduleType']?][] = [
  ['a.mjs', 'const a = 1;\nconst b = = 2;\n', 1, /Unexpected token/],
  ['a.mjs', commonjs, 1, /return/],
  ['a.cjs', esm, 0, /import/],
  ['a.js', esm, 0, /import/, 'commonjs'],
  ['a.js', commonjs, 1, /return/, 'module'],
  ['a.js', "import a from 'x';\n\nfoo(;\n", 2, /Unexpected token/],
  ['a.js', 'const a = `\n', 1, /SyntaxError/],
  ['a.js', 'a\u0000b\n', 0, /Error/],
  ['a.py', 'def f():\nreturn 1\n', 1, /IndentationError/],
  ['a.py', 'x = 1\nx = = 2\n', 1, /SyntaxError/],
  ['a.py', 'return 1\n', 0, /outside function/],
  ['a.py', 'x = 1\n\u0000\n', 0, /null byte|SyntaxError/],
];

describe('createCompilers', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-syntax-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A program that stands where python3 is looked for. */
  function plant(script: string): readonly string[] {
    writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'python3'), 0o755);
    return [folder];
  }

  for (const [path, text, moduleType] of parsed) {
    it(`parses ${path} ${moduleType ?? ''}: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      assert.deepEqual(await check(path, text, moduleType), { kind: 'parsed' });
    });
  }

  for (const [path, text, line, message, moduleType] of broken) {
    it(`finds the broken line of ${path} ${moduleType ?? ''}: ${JSON.stringify(text.slice(0, 40))}`, async () => {
      const found = await check(path, text, moduleType);
      assert.equal(found.kind, 'broken');
      if (found.kind !== 'broken') return;
      assert.equal(found.faults[0].line, line);
      assert.match(found.faults[0].message, message);
    });
  }

  for (const path of ['a.ts', 'a.jsx', 'a.json', 'Makefile', 'dir.js/file']) {
    it(`is not asked for ${path}`, async () => {
      assert.equal(await createCompilers()({ path, text: 'anything' }, never), undefined);
    });
  }

  it('runs and imports nothing of the text', async () => {
    const mark = join(folder, 'mark');
    await check('a.cjs', `require('fs').writeFileSync(${JSON.stringify(mark)}, '');\n`);
    await check(
      'a.mjs',
      `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(mark)}, '');\n`,
    );
    await check('a.py', `open(${JSON.stringify(mark)}, 'w').write('')\n`);
    assert.equal(existsSync(mark), false);
  });

  it('passes nothing of the environment on', async () => {
    process.env['CODEGEN_LAB_CANARY'] = 'sk-canary';
    const seen = join(folder, 'seen');
    try {
      const pythonFolders = plant(`/usr/bin/env > ${seen}; pwd >> ${seen}; exit 0`);
      await checkWith(createCompilers({ pythonFolders }), { path: 'a.py', text: '' });
    } finally {
      delete process.env['CODEGEN_LAB_CANARY'];
    }
    assert.match(readFileSync(seen, 'utf8'), /LC_ALL=C/);
    assert.doesNotMatch(readFileSync(seen, 'utf8'), /canary|NODE_OPTIONS|HOME=/);
    assert.ok(!readFileSync(seen, 'utf8').includes(process.cwd()));
  });

  it('says so when there is no Python or no Node', async () => {
    const python = await checkWith(createCompilers({ pythonFolders: [folder] }), { path: 'a.py', text: '' });
    assert.match(python.kind === 'notChecked' ? python.reason : '', /no python3/);
    const node = await checkWith(createCompilers({ node: join(folder, 'node') }), { path: 'a.js', text: '' });
    assert.match(node.kind === 'notChecked' ? node.reason : '', /could not be started/);
  });

  it('gives up on a parser that hangs, and leaves no process of it', async () => {
    const pid = join(folder, 'pid');
    const folders = plant(`sleep 300 & echo $! > ${pid}; wait`);
    const found = await checkWith(createCompilers({ pythonFolders: folders, timeoutMs: 500 }), {
      path: 'a.py',
      text: 'x'.repeat(200_000),
    });
    assert.match(found.kind === 'notChecked' ? found.reason : '', /did not answer within 0\.5 s/);
    await assertGone(Number(readFileSync(pid, 'utf8')));
  });

  it('stops at once when it is asked to', async () => {
    const stop = new AbortController();
    const checking = checkWith(
      createCompilers({ pythonFolders: plant('sleep 300') }),
      { path: 'a.py', text: '' },
      stop.signal,
    );
    setTimeout(() => stop.abort(), 50);
    assert.deepEqual(await checking, { kind: 'notChecked', reason: 'the check was stopped' });
    assert.deepEqual(await checkWith(createCompilers(), { path: 'a.py', text: '' }, stop.signal), {
      kind: 'notChecked',
      reason: 'the check was stopped',
    });
  });

  it('does not take a crash or garbage for an answer', async () => {
    for (const script of [
      'kill -9 $$',
      'echo nonsense; exit 3',
      'exit 1',
      'head -c 5000000 /dev/zero; exit 3',
    ]) {
      const found = await checkWith(createCompilers({ pythonFolders: plant(script) }), {
        path: 'a.py',
        text: '',
      });
      assert.equal(found.kind, 'notChecked', script);
    }
  });

  it('takes texts of 1 MB, also on one line', async () => {
    const lines = 'value = compute(1)\n'.repeat(55_000);
    assert.deepEqual(await check('a.py', lines), { kind: 'parsed' });
    assert.deepEqual(await check('a.js', lines), { kind: 'parsed' });
    const long = await check('a.js', `const a = "${'x'.repeat(1_000_000)}" = 2;\n`);
    assert.equal(long.kind === 'broken' ? long.faults[0].line : -1, 0);
    const deep = await check('a.py', `${'('.repeat(500_000)}\n`);
    assert.notEqual(deep.kind, 'parsed');
  });
});

async function assertGone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail(`process ${pid} is still there`);
}
