import type { ProposedFile } from '../../protocol/runEvents.ts';
import { describeNotRun, type TestRunOutcome, type TestsNotRun } from '../../protocol/tests.ts';
import { checkGates } from '../generation/gates/checkGates.ts';
import type { ConfinementStatus } from '../ports/processes.ts';
import type { ScratchTree } from '../ports/scratch.ts';
import { countPassing } from './countPassing.ts';
import type { LandingScope } from './landProposal.ts';
import { isRed } from './editing/judgeProof.ts';
import { planTestRuns, type PlannedFiles } from './planTestRuns.ts';
import { scratchPlace, testFiles, testsOf } from './testFiles.ts';

/** What the proof of a part of a proposal came to. */
export type PartsProof =
  | { readonly kind: 'proven'; readonly summary: string }
  /** Something is worse than before, or it could not be tried; `message` says what. */
  | { readonly kind: 'unproven'; readonly message: string }
  | { readonly kind: 'cancelled' };

/**
 * Proves what is left of a proposal from which a person took parts out, as the whole was proven: it parses, and in a copy
 * of the workspace no test that concerns it is red that was not red before.
 */
export async function proveParts(scope: LandingScope, files: readonly ProposedFile[]): Promise<PartsProof> {
  const { deps, root, recorder, signal } = scope;
  // The proposal passed all gates; what parts of it can break anew is the syntax.
  const gates = { syntax: deps.syntax, isAllowed: () => true, mayChangeTests: true };
  const refused = (await checkGates(files, gates, signal)).find(({ outcome }) => outcome === 'refused');
  if (signal.aborted) return { kind: 'cancelled' };
  if (refused !== undefined) return { kind: 'unproven', message: `${refused.path}: ${refused.note}.` };
  const plans = await planTestRuns(scope, pathsOf(files));
  if ('message' in plans) return { kind: 'proven', summary: `${plans.message} So none was run.` };
  const confinement = await deps.processes.confinement(signal);
  if (confinement.kind !== 'ready')
    return {
      kind: 'unproven',
      message: `Its tests were not run: what the model wrote cannot run in a sandbox here. ${confinement.reason}`,
    };
  const dependencies = confinement.mountsTree ? 'mounted' : 'linked';
  const unsaved = deps.edits.unsaved(root);
  const made = await deps.scratch.create({ run: recorder.run, root, unsaved, dependencies }, signal);
  if (made.kind === 'cancelled') return { kind: 'cancelled' };
  if (made.kind === 'failed') return { kind: 'unproven', message: made.message };
  try {
    return await testParts(scope, { tree: made.tree, confinement, ...plans, files });
  } finally {
    await made.tree.dispose();
  }
}

interface PartsTrial {
  readonly tree: ScratchTree;
  readonly confinement: ConfinementStatus;
  readonly plans: readonly PlannedFiles[];
  readonly notRun: readonly TestsNotRun[];
  readonly files: readonly ProposedFile[];
}

async function testParts(scope: LandingScope, trial: PartsTrial): Promise<PartsProof> {
  const { tree, files } = trial;
  for (const { path, after } of files) await tree.write(path, after);
  const outcomes = await runAll(scope, trial, 'proof');
  if (scope.signal.aborted) return { kind: 'cancelled' };
  const stopped = outcomes.find(({ kind }) => kind !== 'finished');
  if (stopped !== undefined && stopped.kind !== 'finished')
    return {
      kind: 'unproven',
      message: stopped.kind === 'cancelled' ? 'Its tests were stopped.' : stopped.message,
    };
  const tests = outcomes.flatMap(testsOf);
  const red = tests.filter(isRed);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const notes = trial.notRun.map((each) => ` ${describeNotRun(each)}`).join('');
  if (red.length === 0) return { kind: 'proven', summary: `${countPassing(passed)}.${notes}` };
  // Only now it matters what was red before.
  await tree.reset();
  const before = (await runAll(scope, trial, 'baseline')).flatMap(testsOf).filter(isRed);
  if (scope.signal.aborted) return { kind: 'cancelled' };
  const fresh = red.filter(({ id }) => before.every((test) => test.id !== id));
  if (fresh.length === 0)
    return { kind: 'proven', summary: `${countPassing(passed)}; ${red.length} failed before too.${notes}` };
  const names = fresh.slice(0, 3).map(({ name }) => name);
  return {
    kind: 'unproven',
    message: `${fresh.length} of ${tests.length} tests fail: ${names.join(', ')}${fresh.length > 3 ? ', …' : ''}.`,
  };
}

async function runAll(
  scope: LandingScope,
  { plans, tree, confinement }: PartsTrial,
  phase: 'proof' | 'baseline',
): Promise<readonly TestRunOutcome[]> {
  const outcomes: TestRunOutcome[] = [];
  for (const { plan, files } of plans) {
    const there: string[] = [];
    for (const path of files) if ((await tree.read(path)) !== undefined) there.push(path);
    if (there.length === 0) continue;
    const order = { phase, attempt: 0, plan, files: there, ids: [], coverage: 'none' } as const;
    const { outcome } = await testFiles(scope, { ...order, where: scratchPlace(tree, confinement) });
    outcomes.push(outcome);
  }
  return outcomes;
}

function pathsOf(files: readonly ProposedFile[]): readonly string[] {
  return files.map(({ path }) => path);
}
