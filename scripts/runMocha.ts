import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaneContext, LaneResult } from './lanes/lane.ts';

/** A run that has not ended by then has left something open, or hangs. */
const limitMs = 30 * 60_000;

/**
 * Runs test files in one mocha, shows its output, and returns what it counted. Rejects when mocha could not count.
 * `options` are mocha's own, before those of `.mocharc.json`.
 */
export async function runMocha(
  context: LaneContext,
  files: readonly string[],
  options: readonly string[] = [],
): Promise<LaneResult> {
  if (files.length === 0) throw new Error('There are no test files.');
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-mocha-'));
  try {
    const countFile = join(folder, 'counts.json');
    const exitCode = await spawnMocha(context, [...options, ...files], countFile);
    const counts = readCounts(countFile);
    if (!counts) throw new Error(`mocha ended with exit code ${exitCode} before it had run the tests.`);
    return counts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function spawnMocha(
  context: LaneContext,
  mochaArgs: readonly string[],
  countFile: string,
): Promise<number | null> {
  const args = ['node_modules/mocha/bin/mocha.js', '--reporter', 'scripts/countReporter.ts', ...mochaArgs];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: context.root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        // Tests start the sources as processes hundreds of times: that takes 0.4 s instead of 1 s with it.
        NODE_COMPILE_CACHE: join(context.root, '.tools', 'compile-cache'),
        CODEGEN_LAB_TEST_COUNTS: countFile,
        CODEGEN_LAB_SYSTEM_NODE: context.systemNode,
      },
    });
    const timer = setTimeout(() => {
      console.error(`mocha did not end within ${limitMs / 60_000} minutes; a test left something open.`);
      child.kill('SIGKILL');
    }, limitMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (signal) reject(new Error(`mocha was ended by ${signal}.`));
      else resolve(code);
    });
  });
}

function readCounts(path: string): LaneResult | undefined {
  try {
    const counts = JSON.parse(readFileSync(path, 'utf8')) as LaneResult;
    return counts;
  } catch {
    // No file: mocha failed while it loaded the test files, and said so itself.
    return undefined;
  }
}
