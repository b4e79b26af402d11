import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..', '..');
const runner = pathToFileURL(join(root, 'scripts', 'runMocha.ts')).href;

describe('runMocha', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codegen-lab-run-mocha-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('counts what passed, failed and was left out', () => {
    const { outcome, stdout } = run(
      `it('a', () => {}); it('b', () => { throw new Error('boo'); }); it.skip('c', () => {});`,
    );
    assert.deepEqual(outcome, { passed: 1, failed: 1, skipped: 1 });
    assert.match(stdout, /Error: boo/);
  });

  it('ends a run that a test keeps open, and counts that as a failure', () => {
    const { outcome, stderr } = run(`it('a', () => { setInterval(() => {}, 1000); });`);
    assert.deepEqual(outcome, { passed: 1, failed: 1, skipped: 0 });
    assert.match(stderr, /A test left something open: .*Timeout/);
  });

  it('rejects when a test file cannot be loaded', () => {
    const { outcome } = run(`import './nowhere.ts';`);
    assert.match(String(outcome), /mocha ended with exit code 1 before it had run the tests/);
  });

  /** In a process of its own, because what mocha prints goes to the standard output. */
  function run(source: string) {
    const file = join(folder, 'planted.test.ts');
    writeFileSync(file, source);
    const script = `import { runMocha } from '${runner}';
const context = { root: ${JSON.stringify(root)}, systemNode: process.execPath };
const outcome = await runMocha(context, [${JSON.stringify(file)}]).catch(String);
console.error(JSON.stringify({ outcome }));`;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    const lines = child.stderr.trimEnd().split('\n');
    const { outcome } = JSON.parse(lines.at(-1) ?? '') as { readonly outcome: unknown };
    return { outcome, stdout: child.stdout, stderr: child.stderr };
  }
});
