import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../server/engine/engine.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { createQuietEngine, neverAborted } from '../measure/quietEngine.ts';
import { besidePeer, notMeasured } from '../measure/results.ts';

const name = 'test-overhead';

/** What a run may take: a tenth more than the runner alone, and so much for starting it and keeping what came of it. */
const allowed = { factor: 1.1, ms: 100 };

interface Bare {
  readonly id: string;
  readonly argv: readonly [string, ...string[]];
  readonly file: string;
  readonly text: string;
  readonly isHere: () => boolean;
}

const runners: readonly Bare[] = [
  {
    id: 'node-test',
    argv: ['node', '--test'],
    file: 'test/many.test.js',
    text: `const { test } = require('node:test');\nfor (let at = 0; at < 200; at += 1) test(\`is \${at}\`, () => {});\n`,
    isHere: () => true,
  },
  {
    id: 'pytest',
    argv: ['python3', '-m', 'pytest', '-q'],
    file: 'tests/test_many.py',
    text: 'import pytest\n\n\n@pytest.mark.parametrize("at", range(200))\ndef test_is(at):\n    assert at >= 0\n',
    isHere: () => spawnSync('python3', ['-c', 'import pytest'], { stdio: 'ignore' }).status === 0,
  },
];

/** A test run that a person asks for, from the request to its result, beside the bare runner over the same file. */
export const testOverhead: BenchRow = {
  names: [name],
  async run(context) {
    const { root, scratch } = context;
    const folder = join(scratch, 'tests');
    mkdirSync(join(folder, 'test'), { recursive: true });
    mkdirSync(join(folder, 'tests'), { recursive: true });
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(join(folder, 'package.json'), '{"name":"measured"}');
    for (const { file, text } of runners) writeFileSync(join(folder, file), text);
    const { engine } = createQuietEngine(root, join(scratch, 'storage'));
    try {
      await engine.openFolder(folder, neverAborted);
      const results: BenchResult[] = [];
      for (const bare of runners) results.push(await measure(engine, folder, bare, context));
      return results;
    } finally {
      await engine.dispose();
    }
  },
};

async function measure(
  engine: Engine,
  folder: string,
  bare: Bare,
  { size }: BenchContext,
): Promise<BenchResult> {
  const texts = {
    name: `${name}/${bare.id}`,
    what: `a run of 200 tests with ${bare.id}, until its result is kept`,
    beside: `${allowed.factor} times the bare runner and ${allowed.ms} ms`,
  };
  if (!bare.isHere()) return notMeasured(texts.name, `there is no ${bare.id} here`);
  const pairs = await measurePairs({
    ours: () => time(() => ours(engine, folder, bare)),
    beside: () => time(() => alone(folder, bare)),
    ...(size === 'full' ? { rounds: 15 } : { rounds: 1, warmups: 0 }),
  });
  const limits = pairs.map((pair) => ({ ...pair, beside: pair.beside * allowed.factor + allowed.ms }));
  return besidePeer(texts, limits, 1);
}

async function ours(engine: Engine, root: string, { file }: Bare): Promise<void> {
  const { outcome } = await engine.runTests({ root, paths: [file], ids: [], coverage: false }, neverAborted);
  if (outcome.kind !== 'finished' || outcome.tests.length !== 200)
    throw new Error(`The run came to ${JSON.stringify(outcome).slice(0, 500)}.`);
}

function alone(cwd: string, { argv: [program, ...args], file }: Bare): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, file], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${String(code)}.`)),
    );
  });
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
