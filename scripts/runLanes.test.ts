import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const runner = pathToFileURL(join(import.meta.dirname, 'runLanes.ts')).href;

describe('runLanes', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'codegen-lab-lanes-'));
    mkdirSync(join(root, 'scripts', 'lanes'), { recursive: true });
    writeLane('lane', 'export {};');
    writeLane('check', resultOf({ passed: 4, failed: 0, skipped: 0 }));
    writeLane('unit', resultOf({ passed: 10, failed: 0, skipped: 0 }));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('closes with the sum over the lanes, in their order', () => {
    writeLane('another', resultOf({ passed: 1, failed: 0, skipped: 0 }));
    const { lines, status } = runAll();
    assert.deepEqual(
      lines.filter((line) => line.startsWith('---')),
      ['--- check ---', '--- unit ---', '--- another ---'],
    );
    assert.equal(lines.at(-1), '15 passed, 0 failed');
    assert.equal(status, 0);
  });

  it('counts what was skipped and what failed', () => {
    writeLane('house', resultOf({ passed: 1, failed: 2, skipped: 3 }));
    const { lines, status } = runAll();
    assert.equal(lines.at(-1), '15 passed, 2 failed, 3 skipped');
    assert.equal(status, 1);
  });

  it('counts a lane that breaks off as one failure and goes on with the next', () => {
    writeLane('check', `export function run() { throw new Error('no compiler'); }`);
    const { lines, stderr, status } = runAll();
    assert.equal(lines.at(-1), '10 passed, 1 failed');
    assert.match(stderr, /The lane check broke off: Error: no compiler/);
    assert.equal(status, 1);
  });

  it('counts a lane that cannot be loaded as one failure', () => {
    writeLane('unit', `import './nowhere.ts';`);
    assert.equal(runAll().lines.at(-1), '4 passed, 1 failed');
  });

  it('runs the named lanes alone', () => {
    assert.equal(runAll('unit').lines.at(-1), '10 passed, 0 failed');
  });

  it('leaves a lane alone that waits to be named', () => {
    writeLane(
      'oldest',
      `${resultOf({ passed: 5, failed: 0, skipped: 0 })}\nexport const onlyWhenNamed = true;`,
    );
    assert.equal(runAll().lines.at(-1), '14 passed, 0 failed');
    assert.equal(runAll('oldest').lines.at(-1), '5 passed, 0 failed');
  });

  it('names the lanes when there is none of that name', () => {
    const { stderr, status } = runAll('units');
    assert.match(stderr, /There is no lane units\. The lanes: check, unit\./);
    assert.equal(status, 2);
  });

  function writeLane(name: string, source: string): void {
    writeFileSync(join(root, 'scripts', 'lanes', `${name}.ts`), source);
  }

  function resultOf(result: object): string {
    return `export const run = async () => (${JSON.stringify(result)});`;
  }

  function runAll(...names: readonly string[]) {
    const script = `import { runLanes } from '${runner}';
process.exitCode = await runLanes(${JSON.stringify(root)}, ${JSON.stringify(names)});`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    return { lines: stdout.trimEnd().split('\n'), stderr, status };
  }
});
