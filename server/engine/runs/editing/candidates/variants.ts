import type { FileCoverage, TestLines, TestRunOutcome } from '../../../../protocol/tests.ts';
import type { TestNode } from '../../../generation/candidates/findTestNodes.ts';
import { keysOf } from '../../../generation/candidates/findTestNodes.ts';
import type { ScratchTree } from '../../../ports/scratch.ts';
import type { CoverageWish } from '../../../testing/runners/runner.ts';
import type { RunScope } from '../../runScope.ts';
import type { MutantCopies } from '../../mutating/mutantCopies.ts';
import type { CopyLayer } from '../../mutating/mutationTypes.ts';
import { createTreePool } from '../../mutating/treePool.ts';
import { scratchPlace, testFiles, testsOf, type Where } from '../../testFiles.ts';
import type { TestPlan } from '../../planTests.ts';
import { inOtherOrder, readTests, textWithout, type CandidateFile } from './candidateFile.ts';
import { matchCases, type TestEnd } from './matchCases.ts';

export interface VariantParts {
  readonly tree: ScratchTree;
  readonly attempt: number;
  readonly plan: TestPlan;
  readonly file: CandidateFile;
  /** Test files that concern the code, without the file itself. */
  readonly rest: readonly string[];
  readonly where: Where;
  /** What earlier actions of the run edited, for copies that do not hold it. */
  readonly layer: CopyLayer;
}

/** One run of the file with some of its tests. */
export interface VariantOrder {
  readonly candidates: ReadonlySet<TestNode>;
  /** `alone`: without the tests that were there before and without the other files. */
  readonly company: 'rest' | 'alone';
  readonly coverage: CoverageWish;
  /** Another order of the tests, another time zone and other seeds of hashes; undefined: as everything is. */
  readonly seed?: number;
  /** What only tests use that are left out stays. */
  readonly keepsOrphans?: boolean;
  /** Whether to look at what the run wrote. */
  readonly watched?: boolean;
}

export interface VariantRun {
  readonly outcome: TestRunOutcome;
  readonly coverage: readonly FileCoverage[] | undefined;
  /** undefined: it was not wished, or the runner cannot tell. */
  readonly perTest: readonly TestLines[] | undefined;
  /** Of the tests of the whole file; those that were left out are missing. */
  readonly ends: ReadonlyMap<TestNode, TestEnd>;
  /** Paths that are not as the run of the rule began, the file itself left out; empty where nobody looked. */
  readonly written: readonly string[];
}

/** Runs a test file with some of its tests, side by side where there are several copies, and counts how often. */
export interface Variants {
  run(order: VariantOrder): Promise<VariantRun>;
  readonly runs: number;
}

/** Where clocks go wrong first: far ahead, half an hour and three quarters of one beside the full hour, behind. */
const zones = ['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Marquesas'];

/** `copies`: without them all is run in the one that the parts have. */
export function createVariants(scope: RunScope, parts: VariantParts, copies?: MutantCopies): Variants {
  const pool = copies?.pool ?? createTreePool([parts.tree]);
  let runs = 0;
  return {
    get runs() {
      return runs;
    },
    async run(order) {
      runs += 1;
      return pool.use((tree) => {
        // The copy of the run holds what earlier actions edited by itself.
        const isOwn = copies === undefined || tree === parts.tree;
        const place = isOwn
          ? { where: parts.where, layer: new Map<string, string | undefined>() }
          : { where: scratchPlace(tree, copies.confinement), layer: parts.layer };
        return runVariant(scope, { ...parts, tree, ...place }, order);
      });
    },
  };
}

async function runVariant(scope: RunScope, parts: VariantParts, order: VariantOrder): Promise<VariantRun> {
  const { tree, file, plan, rest, where, attempt, layer } = parts;
  const { signal, deps, recorder } = scope;
  const text = await textOf(scope, file, order);
  await tree.reset();
  for (const [path, edited] of layer) await tree.write(path, edited);
  await tree.write(file.path, text);
  const quiet = { ...scope, recorder: { ...recorder, record: async () => undefined } };
  const { outcome, coverage, perTest } = await testFiles(quiet, {
    phase: 'proof',
    attempt,
    plan,
    files: order.company === 'alone' ? [file.path] : [file.path, ...rest],
    ids: [],
    coverage: order.coverage,
    ...(order.seed === undefined ? {} : { seed: order.seed, env: surroundings(order.seed) }),
    where,
  });
  const changed = order.watched === true ? [...(await tree.changed(signal)).keys()] : [];
  const read = await readTests(deps.syntax, file.path, text, signal);
  const cases = testsOf(outcome).filter(({ path }) => path === undefined || path === file.path);
  const ends = new Map<TestNode, TestEnd>(file.tests.map((test) => [test, { kind: 'missing', cases: [] }]));
  if (read !== undefined) {
    const originals = new Map(keysOf(file.tests).map((key, index) => [key, file.tests[index]]));
    const { ends: found } = matchCases(read.parsed, read.tests, cases);
    const keys = keysOf(read.tests);
    for (const [index, test] of read.tests.entries()) {
      const original = originals.get(keys[index] ?? '');
      const end = found.get(test);
      if (original !== undefined && end !== undefined) ends.set(original, end);
    }
  }
  const written = changed.filter((path) => path !== file.path && !layer.has(path));
  return { outcome, coverage, perTest, ends, written };
}

async function textOf(
  { deps, signal }: RunScope,
  file: CandidateFile,
  { candidates, company, seed, keepsOrphans = false }: VariantOrder,
): Promise<string> {
  const isKept = (test: TestNode): boolean =>
    candidates.has(test) || (company === 'rest' && !file.candidates.has(test));
  const left = new Set(file.tests.filter((test) => !isKept(test)));
  const text = textWithout(file, left, !keepsOrphans) ?? file.parsed.text;
  return seed === undefined ? text : inOtherOrder(deps.syntax, { path: file.path, text, seed }, signal);
}

function surroundings(seed: number): Readonly<Record<string, string>> {
  return { TZ: zones[seed % zones.length] ?? 'UTC', PYTHONHASHSEED: String(seed) };
}
