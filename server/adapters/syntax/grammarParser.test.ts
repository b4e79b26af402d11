import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { GrammarParser } from './grammarParser.ts';
import type { SyntaxNode } from '../../engine/ports/syntax.ts';

const never = new AbortController().signal;
const wasm = join(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm');

describe('GrammarParser', function () {
  this.timeout(60_000);
  let folder = '';
  let parser = new GrammarParser();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-grammars-'));
  });
  afterEach(async () => {
    await parser.dispose();
    parser = new GrammarParser();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives a tree whose nodes have their places, parts and words', async () => {
    const text = "import 'é';\n// why\nf(1);\n";
    const parsed = await parser.parse({ path: 'a.ts', text }, never);
    assert.equal(parsed.kind, 'tree');
    if (parsed.kind !== 'tree') return;
    assert.equal(parsed.language, 'typescript');
    assert.deepEqual(
      parsed.root.children.map(({ type, start, end }) => [type, text.slice(start, end)]),
      [
        ['import_statement', "import 'é';"],
        ['comment', '// why'],
        ['expression_statement', 'f(1);'],
      ],
    );
    const call = parsed.root.children[2]?.children[0];
    assert.deepEqual(
      call?.children.map(({ field, isNamed }) => [field, isNamed]),
      [
        ['function', true],
        ['arguments', true],
      ],
    );
    assert.deepEqual(
      call?.children[1]?.children.map(({ type, isNamed }) => [type, isNamed]),
      [
        ['(', false],
        ['number', true],
        [')', false],
      ],
    );
  });

  it('takes a tree that is deeper than calls may be', async () => {
    const parsed = await parser.parse(
      { path: 'a.js', text: `${'['.repeat(9000)}${']'.repeat(9000)}` },
      never,
    );
    assert.equal(parsed.kind, 'tree');
    if (parsed.kind === 'tree') assert.ok(depthOf(parsed.root) > 9000);
  });

  it('makes no tree of a text that is too large for one', async () => {
    const parsed = await parser.parse({ path: 'a.js', text: 'a();\n'.repeat(60_000) }, never);
    assert.match(parsed.kind === 'none' ? parsed.reason : '', /longer than 262144 characters/);
  });

  it('stays free for others while it parses 1 MB of brackets, and gives up in time', async () => {
    parser = new GrammarParser({ deadlineMs: 300 });
    assert.deepEqual(await parser.check({ path: 'a.ts', text: 'a();\n' }, never), { kind: 'parsed' });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    const found = await parser.check({ path: 'a.ts', text: '([{'.repeat(330_000) }, never);
    clearInterval(timer);
    assert.deepEqual(found, { kind: 'notChecked', reason: 'the parser did not answer within 0.3 s' });
    assert.ok(turns > 5, `the process had ${turns} turns meanwhile`);
    parser = new GrammarParser();
    assert.deepEqual(await parser.check({ path: 'a.ts', text: 'a();\n' }, never), { kind: 'parsed' });
  });

  it('goes on with a new worker after one that was given up', async () => {
    parser = new GrammarParser({ deadlineMs: 400 });
    const hostile = parser.check({ path: 'a.py', text: '([{'.repeat(330_000) }, never);
    const stop = new AbortController();
    const stopped = parser.check({ path: 'a.py', text: '' }, stop.signal);
    stop.abort();
    await hostile;
    assert.deepEqual(await stopped, { kind: 'notChecked', reason: 'the check was stopped' });
    assert.deepEqual(await parser.check({ path: 'a.py', text: 'a = 1\n' }, never), { kind: 'parsed' });
  });

  it('reads compressed grammars', async () => {
    for (const name of ['tree-sitter', 'tree-sitter-java'])
      writeFileSync(
        join(folder, `${name}.wasm.br`),
        brotliCompressSync(readFileSync(join(wasm, `${name}.wasm`)), { params: {} }),
      );
    parser = new GrammarParser({ grammars: { folder, ending: '.wasm.br' } });
    assert.deepEqual(await parser.check({ path: 'a.java', text: 'class A {}' }, never), { kind: 'parsed' });
  });

  for (const [what, plant] of [
    ['is cut off', (bytes: Buffer) => bytes.subarray(0, 5000)],
    ['is something else', () => Buffer.from('not a grammar')],
    ['is empty', () => Buffer.alloc(0)],
    ['has a flipped byte', (bytes: Buffer) => flip(bytes, 9)],
  ] as const) {
    it(`says so when a grammar ${what}, and reads the others`, async () => {
      for (const name of ['tree-sitter', 'tree-sitter-java'])
        copyFileSync(join(wasm, `${name}.wasm`), join(folder, `${name}.wasm`));
      writeFileSync(
        join(folder, 'tree-sitter-go.wasm'),
        plant(readFileSync(join(wasm, 'tree-sitter-go.wasm'))),
      );
      parser = new GrammarParser({ grammars: { folder, ending: '.wasm' } });
      const found = await parser.check({ path: 'a.go', text: 'package a\n' }, never);
      assert.match(found.kind === 'notChecked' ? found.reason : '', /^the parser for go failed: ./);
      assert.deepEqual(await parser.check({ path: 'a.java', text: 'class A {}' }, never), { kind: 'parsed' });
    });
  }

  it('says so when the runtime is not there', async () => {
    parser = new GrammarParser({ grammars: { folder, ending: '.wasm' } });
    const found = await parser.check({ path: 'a.go', text: 'package a\n' }, never);
    assert.match(found.kind === 'notChecked' ? found.reason : '', /^the parser for go failed: ENOENT/);
  });

  it('ends its worker when there is nothing to do', async () => {
    parser = new GrammarParser({ idleMs: 1 });
    for (let round = 0; round < 3; round += 1) {
      assert.deepEqual(await parser.check({ path: 'a.java', text: 'class A {}' }, never), { kind: 'parsed' });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  });

  it('keeps no process alive, also when a parser warns of something', () => {
    const program = join(folder, 'program.ts');
    writeFileSync(
      program,
      `import { GrammarParser } from ${JSON.stringify(join(import.meta.dirname, 'grammarParser.ts'))};
      const file = { path: 'a.ts', text: 'const a: number = 1;' };
      console.log((await new GrammarParser().check(file, new AbortController().signal)).kind);
      // Until the warning has come.
      await new Promise((resolve) => setTimeout(resolve, 100));`,
    );
    const { stdout, signal } = spawnSync(process.execPath, [program], { encoding: 'utf8', timeout: 20_000 });
    assert.deepEqual({ stdout, signal }, { stdout: 'parsed\n', signal: null });
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  return bytes;
}

function depthOf(root: SyntaxNode): number {
  let depth = 0;
  let level: readonly SyntaxNode[] = [root];
  while (level.length > 0) {
    depth += 1;
    level = level.flatMap(({ children }) => children);
  }
  return depth;
}
