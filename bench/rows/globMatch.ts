import picomatch from 'picomatch';
import { createGlobIndex, type GlobIndex } from '../../server/engine/rules/globs/globIndex.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { createGlobbedRules, createPaths, type GlobbedRule } from '../inputs/globs.ts';
import { measurePairs, repeat, type Pair, type Sampler } from '../measure/measurePairs.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { timeWork } from '../measure/timeWork.ts';

const name = 'glob-match';
const perEvent = 'rules that match one path, among';

/** From a path to the rules that match it. */
export const globMatch: BenchRow = {
  names: [name],
  async run(context) {
    const sizes = context.size === 'full' ? [100, 1_000, 10_000] : [10, 20, 40];
    const sets = sizes.map(createSet);
    const results: BenchResult[] = [];
    for (const set of sets) results.push(await besidePicomatch(set, context));
    const [small, middle, large] = sets;
    if (!small || !middle || !large) throw new Error('There are three sizes.');
    results.push(await againstMicroseconds(middle, 25, context));
    results.push(await againstMicroseconds(large, 50, context));
    results.push(await growth(small, large, context));
    results.push(await update(large, context));
    results.push(await firstAfterUpdate(large, context));
    return results;
  },
};

function rounds({ size }: BenchContext): number {
  return size === 'full' ? 15 : 2;
}

interface RuleSet {
  readonly rules: readonly GlobbedRule[];
  readonly paths: readonly string[];
  readonly index: GlobIndex;
}

function createSet(count: number): RuleSet {
  const rules = createGlobbedRules(count);
  const index = createGlobIndex();
  for (const rule of rules) index.add({ ...rule, scope: '' });
  return { rules, paths: createPaths(200, count), index };
}

/** Path after path, so that no cache of one answer helps. */
function inTurn<Result>(paths: readonly string[], match: (path: string) => Result): () => Result {
  let next = 0;
  return () => {
    next = (next + 1) % paths.length;
    return match(paths[next] ?? '');
  };
}

function sampleIndex({ index, paths }: RuleSet): Sampler {
  return timeWork(inTurn(paths, (path) => index.match(path)));
}

/** picomatch at its best: a regular expression per glob, compiled beforehand. */
function samplePicomatch({ rules, paths }: RuleSet): Sampler {
  const compiled = rules.map(({ id, globs }) => ({
    id,
    matchers: globs.map((glob) => picomatch.makeRe(glob)),
  }));
  const match = (path: string) =>
    compiled.filter(({ matchers }) => matchers.some((matcher) => matcher.test(path))).map(({ id }) => id);
  return timeWork(inTurn(paths, match));
}

async function besidePicomatch(set: RuleSet, context: BenchContext): Promise<BenchResult> {
  const count = set.rules.length;
  const pairs = await measurePairs({
    ours: sampleIndex(set),
    beside: samplePicomatch(set),
    rounds: rounds(context),
  });
  const texts = {
    name: `${name}/picomatch-${count}`,
    what: `${perEvent} ${count}`,
    beside: 'picomatch, compiled beforehand',
  };
  return besidePeer(texts, pairs, count >= 10_000 ? 1 / 300 : 1);
}

async function againstMicroseconds(set: RuleSet, limit: number, context: BenchContext): Promise<BenchResult> {
  const count = set.rules.length;
  const figures = await repeat(sampleIndex(set), rounds(context));
  const texts = { name: `${name}/${count}`, what: `${perEvent} ${count}`, beside: `${limit} us` };
  return againstLimit(
    texts,
    figures.map((ms) => ms * 1000),
    limit,
  );
}

async function growth(small: RuleSet, large: RuleSet, context: BenchContext): Promise<BenchResult> {
  const pairs: readonly Pair[] = await measurePairs({
    ours: sampleIndex(large),
    beside: sampleIndex(small),
    rounds: rounds(context),
  });
  const texts = {
    name: `${name}/growth`,
    what: `${perEvent} ${large.rules.length}`,
    beside: `the same among ${small.rules.length}`,
  };
  return besidePeer(texts, pairs, 4);
}

/** What a saved rule file costs the index: the rule goes and comes again. */
async function update(set: RuleSet, context: BenchContext): Promise<BenchResult> {
  const figures = await repeat(timeWork(replaceInTurn(set)), rounds(context));
  const texts = {
    name: `${name}/update`,
    what: `one rule of ${set.rules.length} taken out and put in again`,
    beside: '50 us',
  };
  return againstLimit(
    texts,
    figures.map((ms) => ms * 1000),
    50,
  );
}

/** A change of the rules drops what was kept of folders, so the next path is read from the beginning. */
async function firstAfterUpdate(set: RuleSet, context: BenchContext): Promise<BenchResult> {
  const replace = replaceInTurn(set);
  const match = inTurn(set.paths, (path) => set.index.match(path));
  const work = () => {
    replace();
    return match();
  };
  const figures = await repeat(timeWork(work), rounds(context));
  const texts = {
    name: `${name}/update-and-match`,
    what: `the same, and then the rules that match one path`,
    beside: '100 us',
  };
  return againstLimit(
    texts,
    figures.map((ms) => ms * 1000),
    100,
  );
}

function replaceInTurn({ rules, index }: RuleSet): () => void {
  let next = 0;
  return () => {
    next = (next + 1) % rules.length;
    const rule = rules[next];
    if (rule === undefined) return;
    index.remove(rule.id);
    index.add({ ...rule, scope: '' });
  };
}
