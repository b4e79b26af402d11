import type { ProposedFile } from '../../protocol/runEvents.ts';
import { buildRedMessage, buildRefusalMessage } from '../generation/buildFixPrompt.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { ModelMessage } from '../ports/models.ts';
import { askForEdit } from './askForEdit.ts';
import { describePrompt } from './describePrompt.ts';
import { judgeProof } from './judgeProof.ts';
import { readEdits, type EditReading } from './readEdits.ts';
import { askPerson, cancelled, failed, refused, type RunEnd, type RunScope } from './runScope.ts';
import type { ProofParts } from './proofParts.ts';
import { testBaseline } from './testBaseline.ts';
import { scratchPlace, testFiles, testsOf, type Where } from './testFiles.ts';

export interface Proven {
  readonly files: readonly ProposedFile[];
  readonly summary: string;
}

/** What an attempt came to: done, or once more with what the model must know. */
type Attempt = Proven | RunEnd | (SendBack & { readonly answer: string });

interface SendBack {
  /** What the model is told. */
  readonly sendBack: string;
  /** Why, for a person. */
  readonly reason: string;
}

/** Asks, edits and tests until green, within the attempts of the budget; stops when the same edit or failure comes twice. */
export async function proveTests(scope: RunScope, parts: ProofParts): Promise<Proven | RunEnd> {
  const baseline = await testBaseline(scope, parts);
  if ('outcome' in baseline) return baseline;
  const conversation: ModelMessage[] = [...parts.task.prompt.messages];
  const seen = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    if (scope.signal.aborted) return cancelled;
    const result = await tryOnce(scope, { ...parts, attempt, baseline: baseline.tests, conversation });
    if (!('sendBack' in result)) return result;
    // Alike means alike to the letter: the same words would be sent back, and the same answer would come again.
    const signature = scope.deps.digest(result.sendBack);
    if (seen.has(signature))
      return failed(
        'proof.no-progress',
        `The model came to the same result twice, so the run stopped: ${result.reason}`,
      );
    seen.add(signature);
    conversation.push({ role: 'assistant', text: result.answer }, { role: 'user', text: result.sendBack });
    if (attempt >= scope.budget.attempts) {
      return refused(
        'budget.attempts',
        `All ${attempt} attempts of this run are used. Last: ${result.reason}`,
      );
    }
  }
}

interface Try extends ProofParts {
  readonly attempt: number;
  readonly baseline: readonly TestCase[];
  readonly conversation: readonly ModelMessage[];
}

async function tryOnce(scope: RunScope, parts: Try): Promise<Attempt> {
  const { attempt, task, tree, conversation } = parts;
  await scope.recorder.record({
    type: 'prompt.built',
    attempt,
    ...describePrompt(task.prompt, conversation, scope.deps.digest),
  });
  const asked = await askForEdit(scope, { attempt, system: task.prompt.system, messages: conversation });
  if ('outcome' in asked) return asked;
  const edit = await readEdits(scope, {
    attempt,
    text: asked.text,
    tree,
    target: task.target,
    moduleType: task.moduleType,
  });
  if (edit.kind === 'refused') {
    const { target, form } = task;
    const [first] = edit.refusals;
    return {
      answer: asked.text,
      sendBack: buildRefusalMessage({ refusals: edit.refusals, target, form }),
      reason: firstLine(first?.reason ?? ''),
    };
  }
  await tree.reset();
  for (const file of edit.files) await tree.write(file.path, file.after);
  const end = await testEdit(scope, parts, edit);
  return 'sendBack' in end ? { ...end, answer: asked.text } : end;
}

async function testEdit(
  scope: RunScope,
  parts: Try,
  { files, remarks }: Pick<Extract<EditReading, { readonly kind: 'edited' }>, 'files' | 'remarks'>,
): Promise<Proven | RunEnd | SendBack> {
  const { attempt, plan, tree, baseline } = parts;
  const where = await placeOf(scope, parts, files);
  if ('outcome' in where) return where;
  const edited = files.map((file) => file.path);
  const concerned = [...new Set([...edited, ...plan.concerned])];
  const { outcome } = await testFiles(scope, {
    phase: 'proof',
    attempt,
    plan,
    files: concerned,
    ids: [],
    coverage: false,
    where,
  });
  if (scope.signal.aborted) return cancelled;
  const verdict = judgeProof({ outcome, baseline, edited });
  if (verdict.kind === 'proven')
    return {
      files,
      summary: [verdict.summary, ...remarks.map((remark) => `The model notes: ${remark}`)].join('\n'),
    };
  if (verdict.kind === 'stop')
    return verdict.code === 'cancelled' ? cancelled : refused(verdict.code, verdict.message);
  const output = outcome.kind === 'noReport' ? outcome.output : '';
  const { target, form } = parts.task;
  const roots = [scope.root, tree.location];
  return {
    sendBack: buildRedMessage({
      message: verdict.message,
      failed: verdict.failed,
      total: testsOf(outcome).length,
      output,
      roots,
      target,
      form,
    }),
    reason: verdict.message,
  };
}

/** Model-written code runs in the sandbox; where there is none, only after a person has seen it and said so. */
async function placeOf(
  scope: RunScope,
  { confinement, tree }: ProofParts,
  files: readonly ProposedFile[],
): Promise<Where | RunEnd> {
  if (confinement.kind === 'ready') return scratchPlace(tree, confinement);
  const message = `What the model wrote cannot run in a sandbox here: ${confinement.reason}`;
  if (!scope.deps.interactive) return refused('sandbox.unavailable', `${message} ${confinement.remedy}`);
  await scope.recorder.record({
    type: 'run.waiting',
    on: 'unconfined',
    message: `${message} ${confinement.remedy}`,
    files,
  });
  const { deps, recorder, signal } = scope;
  const allowed = await askPerson(scope, () => deps.unconfined.ask(recorder.run, signal));
  if (allowed === undefined) return cancelled;
  return allowed
    ? scratchPlace(tree, confinement)
    : refused('sandbox.declined', `${message} You did not let it run without one.`);
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? text;
}
