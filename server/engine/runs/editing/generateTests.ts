import type { SharedCopy } from '../actions/runCopy.ts';
import { buildTestTask, findTestTarget } from './buildTestTask.ts';
import { findGaps } from './findGaps.ts';
import { findTargetLink } from './findTargetLink.ts';
import { fitTask } from './fitTask.ts';
import { judgeProof, judgeRedFirst } from './judgeProof.ts';
import { planTests, type TestPlan } from '../planTests.ts';
import { proveEdits } from './proveEdits.ts';
import type { EditScope, Proven } from './editScope.ts';
import { candidateLimits } from '../../settings.ts';
import type { TrialOrder } from './candidates/measureGains.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import type { CopyLayer, MutantTrial } from '../mutating/mutationTypes.ts';
import { openMutantTrial } from '../mutating/openMutantTrial.ts';
import { findMutants } from '../../testing/mutation/findMutants.ts';
import { sentenceWithLine } from '../../testing/mutation/sentenceWithLine.ts';
import { failed, type RunEnd } from '../runScope.ts';
import { testBaseline } from './testBaseline.ts';

/**
 * A model writes tests for a file; each is kept only if it passes the filters in the run's copy of the workspace. Red first: it
 * has to fail there, for what is written next to mend.
 */
export async function generateTests(scope: EditScope, copy: SharedCopy): Promise<Proven | RunEnd> {
  const { deps, root, file, settings, signal, action } = scope;
  const plan = await planTests({ deps, root, settings }, file, signal);
  if ('message' in plan) return failed('tests.no-runner', plan.message);
  if (plan.runner.isTestFile(file))
    return { outcome: 'unchanged', code: 'ok', message: `${file} is a test itself; there is nothing to do.` };
  const open = await copy.open();
  if ('outcome' in open) return open;
  const { tree, confinement } = open;
  const read = (path: string): Promise<string | undefined> => tree.original(path);
  const found = await findTestTarget({ ...scope, plan, read });
  if ('outcome' in found) return found;
  const link = await findTargetLink(scope, [found.target]);
  if (link !== undefined) return link;
  const { redFirst } = action.switches;
  const baseline = await testBaseline(scope, {
    plan,
    tree,
    confinement,
    isEdited: copy.isEdited,
    // What shows a bug is not sought where no test was.
    measured: !redFirst,
  });
  if ('outcome' in baseline) return baseline;
  const gaps = findGaps(baseline.coverage, file);
  const wanted = await findSurvivors(scope, found.source);
  if ('outcome' in wanted) return wanted;
  const { survivors } = wanted;
  const task = await fitTask(scope, (maxInputTokens) =>
    buildTestTask({
      ...scope,
      plan,
      read,
      committed: (path) => deps.git.committed(root, path, signal),
      ...(gaps === undefined ? {} : { gaps }),
      ...(survivors === undefined ? {} : { survivors }),
      maxInputTokens,
    }),
  );
  if ('outcome' in task) return task;
  return proveEdits(scope, {
    plan,
    tree,
    task,
    confinement,
    baseline: baseline.tests,
    judge: redFirst ? judgeRedFirst : judgeProof,
    wrote: 'tests',
    candidates: {
      source: file,
      redFirst,
      layer: () => layerOf(copy, tree),
      openTrial: (order) => openTrial(scope, { plan, copy, tree, ...order }),
    },
  });
}

/** The mutants that the run was asked about, as they stand in the text now. */
async function findSurvivors(
  { deps, file, subject, signal }: EditScope,
  text: string,
): Promise<{ readonly survivors?: readonly string[] } | RunEnd> {
  const ids = new Set(subject.survivors);
  if (ids.size === 0) return {};
  const search = await findMutants(deps, { path: file, text }, signal);
  const found = search.kind === 'none' ? [] : search.mutants.filter(({ id }) => ids.has(id));
  if (found.length === 0)
    return failed(
      'mutation.none',
      `${file} has changed since its mutants were tried, so that they are not there any more. Try them again.`,
    );
  return { survivors: found.map((mutant) => sentenceWithLine(mutant, text)) };
}

async function layerOf({ editedPaths }: SharedCopy, tree: ScratchTree): Promise<CopyLayer> {
  const texts = editedPaths.map(async (path) => [path, await tree.original(path)] as const);
  return new Map(await Promise.all(texts));
}

interface TrialRequest extends TrialOrder {
  readonly plan: TestPlan;
  readonly copy: SharedCopy;
  readonly tree: ScratchTree;
}

const sample = { seed: 1, perFunction: 20 };

/** Mutants of the code, which the tests before are asked about first. undefined: none are to be tried. */
async function openTrial(
  scope: EditScope,
  { plan, copy, tree, before, maxSeconds, copies }: TrialRequest,
): Promise<MutantTrial | RunEnd | undefined> {
  const { file, settings, signal } = scope;
  const { maxMutants } = candidateLimits(settings);
  const text = await tree.original(file);
  if (maxMutants === 0 || text === undefined) return undefined;
  const layer = await layerOf(copy, tree);
  const covered = before.coverage?.find(({ path }) => path === file) ?? { covered: [], missed: [] };
  const perTest = before.perTest?.filter(({ path }) => path === file);
  const known = { covered: covered.covered, missed: covered.missed, ...(perTest && { perTest }) };
  const coverage = before.coverage === undefined ? {} : { coverage: known };
  return openMutantTrial(
    scope,
    {
      subject: { plan, path: file, text, layer },
      existing: { files: plan.concerned, ids: [], ...coverage },
      limits: { maxMutants, maxSeconds },
      sample: { ...sample, max: maxMutants },
      ...(copies && { copies }),
    },
    signal,
  );
}
