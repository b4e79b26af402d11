import type { ProposedFile } from '../../../protocol/runEvents.ts';
import { buildRedMessage, type RedRun } from '../../generation/buildFixPrompt.ts';
import type { TestPlan } from '../planTests.ts';
import { judgeNewTests } from './candidates/judgeNewTests.ts';
import type { Proven } from './editScope.ts';
import { refuseScanned } from '../assessing/refuseScanned.ts';
import type { ProofParts, Try } from './proofParts.ts';
import type { Edited } from './readEdits.ts';
import type { SendBack } from './sendBack.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { ruleActor } from '../ruleActor.ts';
import { askPerson, cancelled, refused, type RunEnd, type RunScope } from '../runScope.ts';
import { scratchPlace, testFiles, testsOf, type Where } from '../testFiles.ts';

/** Tests an edit in the scratch copy, which holds it and nothing else of earlier answers then. */
export async function tryOut(scope: RunScope, parts: Try, edit: Edited): Promise<Proven | RunEnd | SendBack> {
  const { plan, tree } = parts;
  await apply(tree, edit);
  const edited = edit.files.map((file) => file.path);
  const tests = plan === undefined ? [] : edited.filter((path) => plan.runner.isTestFile(path));
  const concerned = [...new Set([...tests, ...(plan?.concerned ?? [])])];
  if (plan === undefined || concerned.length === 0) {
    const what = parts.untested ?? `No test concerns ${edited.join(', ')}, so none was run.`;
    return afterTests(scope, parts, { edit, proof: what });
  }
  return testEdit(scope, parts, { edit, edited, concerned, plan });
}

async function apply(tree: ScratchTree, { files }: Edited): Promise<void> {
  await tree.reset();
  for (const { path, after } of files) await tree.write(path, after);
}

interface TestedEdit {
  readonly edit: Edited;
  readonly edited: readonly string[];
  readonly plan: TestPlan;
  /** Test files to run. */
  readonly concerned: readonly string[];
}

async function testEdit(
  scope: RunScope,
  parts: Try,
  { edit, edited, plan, concerned }: TestedEdit,
): Promise<Proven | RunEnd | SendBack> {
  const { attempt, baseline } = parts;
  const where = await placeOf(scope, parts, edit.files);
  if ('outcome' in where) return where;
  const judged = await judgeNewTests(scope, parts, { edit, concerned, plan, where });
  if ('outcome' in judged || 'sendBack' in judged) return judged;
  const { kept } = judged;
  await apply(parts.tree, kept);
  const { outcome } = await testFiles(scope, {
    phase: 'proof',
    attempt,
    plan,
    files: concerned,
    ids: [],
    coverage: 'none',
    // A red test that passes then is flaky, which the model is told.
    retries: 1,
    where,
  });
  if (scope.signal.aborted) return cancelled;
  const verdict = parts.judge({ outcome, baseline, edited });
  if (verdict.kind === 'proven')
    return afterTests(scope, parts, { edit: kept, proof: [verdict.summary, ...judged.told].join('\n') });
  if (verdict.kind === 'stop')
    return verdict.code === 'cancelled' ? cancelled : refused(verdict.code, verdict.message);
  const output = outcome.kind === 'noReport' ? outcome.output : '';
  return sendBack(scope, parts, { ...verdict, total: testsOf(outcome).length, output });
}

/** Where commands had reported something, that is gone too, or the edit is not proven. */
async function afterTests(
  scope: RunScope,
  parts: Try,
  { edit, proof }: { readonly edit: Edited; readonly proof: string },
): Promise<Proven | RunEnd | SendBack> {
  const { files } = edit;
  const scanned = await refuseScanned(scope, parts, files);
  if (scanned !== undefined) return scanned;
  if (parts.recheck === undefined) return { files, summary: summaryOf(proof, edit) };
  const report = await parts.recheck();
  // What the commands changed in the copy is none of the edit.
  await apply(parts.tree, edit);
  if (scope.signal.aborted || report?.result === 'cancelled') return cancelled;
  if (report === undefined)
    return { files, summary: summaryOf(`${proof} Whether the problems are gone was not looked at.`, edit) };
  if (report.result === 'refused') return refused(report.code, report.message);
  if (report.result === 'succeeded') return { files, summary: summaryOf(`${report.message} ${proof}`, edit) };
  return sendBack(scope, parts, { ...report, failed: [], total: 0 });
}

function sendBack(
  { root }: RunScope,
  { tree, task: { targets, form }, wrote }: Try,
  red: Pick<RedRun, 'message' | 'failed' | 'total' | 'output'>,
): SendBack {
  const { message, failed, total, output } = red;
  const roots = [root, tree.location];
  return {
    sendBack: buildRedMessage({ message, failed, total, output, roots, targets, form, wrote }),
    reason: message,
    red: failed.length,
  };
}

function summaryOf(proof: string, { warnings, remarks }: Edited): string {
  return [proof, ...warnings, ...remarks.map((remark) => `The model notes: ${remark}`)].join('\n');
}

/** Model-written code runs in the sandbox; where there is none, only after a person has seen it and said so. */
async function placeOf(
  scope: RunScope,
  { confinement, tree }: Pick<ProofParts, 'confinement' | 'tree'>,
  files: readonly ProposedFile[],
): Promise<Where | RunEnd> {
  if (confinement.kind === 'ready') return scratchPlace(tree, confinement);
  const message = `What the model wrote cannot run in a sandbox here: ${confinement.reason}`;
  const { deps, root, recorder, signal } = scope;
  const right = { kind: 'unconfined', paths: files.map(({ path }) => path) } as const;
  const asked = { run: recorder.run, who: ruleActor(scope), right };
  const note = (decision: 'denied' | 'asked', by: 'person' | 'sandbox'): Promise<void> =>
    deps.rights.note(root, { ...asked, decision, by: { kind: by } });
  if (!deps.interactive) {
    await note('denied', 'sandbox');
    return refused('sandbox.unavailable', `${message} ${confinement.remedy}`);
  }
  await note('asked', 'person');
  await scope.recorder.record({
    type: 'run.waiting',
    on: 'unconfined',
    message: `${message} ${confinement.remedy}`,
    files,
  });
  const allowed = await askPerson(scope, () => deps.unconfined.ask(recorder.run, signal));
  if (allowed === undefined) return cancelled;
  if (!allowed) {
    await note('denied', 'person');
    return refused('sandbox.declined', `${message} You did not let it run without one.`);
  }
  const denied = await deps.rights.take(root, { ...asked, by: { kind: 'person' } });
  return denied ? refused(denied.code, denied.message) : scratchPlace(tree, confinement);
}
