import { fuzzKinds, stallMs, type FuzzKind } from '../../server/test/fuzz/fuzzer.ts';
import { playInputs } from '../../server/test/fuzz/playInputs.ts';
import { writeResult } from './writeResult.ts';

const asked = 1_000_000;

/** Of so many inputs, how many are of each kind; those that cost the most are the fewest. */
const shares: Readonly<Record<FuzzKind, number>> = { rules: 0.3, globs: 0.58, streams: 0.08, frames: 0.04 };

const what: Readonly<Record<FuzzKind, string>> = {
  rules: 'public rule files with one to eight changes, read as rules',
  globs: 'texts read as globs; each twentieth a good one, beside picomatch',
  streams: 'answers of models in three protocols, damaged and in parts, read by the clients that are shipped',
  frames:
    'messages to the language server with wrong types, no JSON, no message; each eighth with a damaged frame',
};

/** Plays inputs of all kinds. Resolves to whether all held. */
export async function playFuzz(inputs: number, seed: number): Promise<boolean> {
  const rows: string[] = [];
  const faults: string[] = [];
  for (const kind of fuzzKinds) {
    const count = Math.round(inputs * shares[kind]);
    const began = performance.now();
    let told = 0;
    const report = await playInputs({ kind, seed, count }, (played) => {
      if (played - told < 20_000) return;
      told = played;
      console.log(`${kind}: ${played} of ${count}`);
    });
    const seconds = (performance.now() - began) / 1_000;
    const row = [
      what[kind],
      report.played,
      seed,
      report.slowest.toFixed(1),
      seconds.toFixed(0),
      report.faults.length,
    ];
    rows.push(`| ${row.join(' | ')} |`);
    faults.push(...report.faults);
    console.log(rows.at(-1));
    for (const fault of report.faults) console.log(fault);
  }
  writeResult('fuzz', 'Fuzzing', [
    'Nothing may throw, end its thread, never end, or hold the processor for longer than the limit:',
    `${stallMs} ms for an input of up to 64 KB, a longer one in proportion, measured as time of the processor in the thread`,
    'that plays; a long time counts when it comes five times. After each message the real server has to answer another',
    'request; after a damaged frame it has to do so, or to end by itself so that the editor starts another.',
    '',
    '| inputs | number | seed | slowest, ms for 64 KB | seconds | faults |',
    '|---|---|---|---|---|---|',
    ...rows,
    ...(faults.length === 0 ? [] : ['', ...faults.map((fault) => `- ${fault.slice(0, 300)}`)]),
    ...(inputs < asked ? ['', `Not run: the other ${asked - inputs} of ${asked} inputs.`] : []),
  ]);
  return faults.length === 0;
}
