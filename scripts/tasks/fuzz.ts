/** Reads damaged rule files, to find a throw, a wrong range or a stall (--runs N; --seed N; --corpus FOLDER). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseRuleDocument } from '../../server/engine/rules/parseRuleDocument.ts';
import { createMutator } from '../../server/test/mutateRuleFile.ts';
import { findUnsoundPlace } from '../../server/test/findUnsoundPlace.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';

const root = dirname(dirname(import.meta.dirname));
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string', default: join(root, 'test-fixtures/rules/corpus') },
  },
});

const path = 'packages/web/.cursor/rules/fuzzed.mdc';
const stallMs = 50;
const stallCharacters = 65_536;
const maxFaults = 20;
const maxShown = 2000;
const reportEvery = 20_000;

const runs = Number(values.runs);
const mutate = createMutator(readSamples(resolve(values.corpus)), createSeededRandom(Number(values.seed)));
let faults = 0;
let characters = 0;
let readMs = 0;
let slowest = 0;
for (let run = 1; run <= runs && faults < maxFaults; run += 1) {
  const text = mutate();
  characters += text.length;
  const message = readOnce(text);
  if (message !== undefined) {
    faults += 1;
    console.log(`Run ${run}: ${message}\n${JSON.stringify(text.slice(0, maxShown))}`);
  }
  if (run % reportEvery === 0) console.log(render(run));
}
console.log(render(runs));
if (faults > 0) process.exitCode = 1;

function readSamples(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.mdc(?:\.md)?$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** What is wrong with how the text is read; undefined when nothing is. */
function readOnce(text: string): string | undefined {
  try {
    const started = spentMs();
    const document = parseRuleDocument(path, text);
    const unsound = findUnsoundPlace(document);
    const took = spentMs() - started;
    readMs += took;
    return unsound ?? findStall(text, took);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Of this process, so that other programs on the machine do not count. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A long time counts when it comes again: once, it may have been the compiler. */
function findStall(text: string, firstMs: number): string | undefined {
  const limit = stallMs * Math.max(1, text.length / stallCharacters);
  let least = firstMs;
  for (let again = 0; again < 4 && least > limit / 2; again += 1) {
    const started = spentMs();
    void parseRuleDocument(path, text).problems;
    least = Math.min(least, spentMs() - started);
  }
  slowest = Math.max(slowest, (least / limit) * stallMs);
  return least > limit ? `It took ${least.toFixed(1)} ms for ${text.length} characters.` : undefined;
}

function render(done: number): string {
  const megabytes = (characters / 1_000_000).toFixed(1);
  const each = ((readMs * 1000) / done).toFixed(0);
  return `${done} files (${megabytes} million characters), ${each} µs each, slowest ${slowest.toFixed(1)} ms per 64 KB, ${faults} faults`;
}
