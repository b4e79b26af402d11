import type { ProposedFile } from '../../protocol/runEvents.ts';
import { buildRedMessage, buildRefusalMessage } from '../generation/buildFixPrompt.ts';
import type { TestCase } from '../../protocol/tests.ts';
import type { ModelMessage } from '../ports/models.ts';
import type { Judgement } from '../routing/askRoute.ts';
import { askForEdit } from './askForEdit.ts';
import { describePrompt } from './describePrompt.ts';
import { judgeProof } from './judgeProof.ts';
import { routeOf, type AskingScope } from './routeOf.ts';
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
  /** Tests that failed; 0 where none was run. */
  readonly red: number;
}

/** Asks, edits and tests until green, within the attempts of the budget; stops when the same edit or failure comes twice. */
export async function proveTests(scope: AskingScope, parts: ProofParts): Promise<Proven | RunEnd> {
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

async function tryOnce(scope: AskingScope, parts: Try): Promise<Attempt> {
  const { attempt, task, tree, conversation } = parts;
  await scope.recorder.record({
    type: 'prompt.built',
    attempt,
    ...describePrompt(task.prompt, conversation, scope.deps.digest),
  });
  // Only where answers are compared by what they prove is more than one of them tried out.
  const route = routeOf(scope);
  if ('message' in route) return refused('model.none', route.message);
  const isCompared = route.strategy === 'best' && route.candidates.length > 1;
  const asked = await askForEdit(scope, {
    attempt,
    route,
    system: task.prompt.system,
    messages: conversation,
    judge: async (text) => {
      const edit = await readEdits(scope, {
        attempt,
        text,
        tree,
        target: task.target,
        moduleType: task.moduleType,
      });
      const end = isCompared && edit.kind === 'edited' ? await tryOut(scope, parts, edit) : undefined;
      return judgeEdit(edit, end);
    },
  });
  if ('outcome' in asked) return asked;
  const { edit } = asked.value;
  if (edit.kind === 'refused') {
    const { target, form } = task;
    const [first] = edit.refusals;
    return {
      answer: asked.text,
      sendBack: buildRefusalMessage({ refusals: edit.refusals, target, form }),
      reason: firstLine(first?.reason ?? ''),
      red: 0,
    };
  }
  const end = asked.value.end ?? (await tryOut(scope, parts, edit));
  return 'sendBack' in end ? { ...end, answer: asked.text } : end;
}

interface TriedEdit {
  readonly edit: EditReading;
  /** What it proved; undefined: it was not tried out. */
  readonly end: Proven | RunEnd | SendBack | undefined;
}

/** An edit that is proven is better than one that leaves fewer tests red, and that one is better than one that is refused. */
function judgeEdit(edit: EditReading, end: TriedEdit['end']): Judgement<TriedEdit> {
  const passes = edit.kind === 'edited';
  const content = passes ? JSON.stringify(edit.files.map(({ path, after }) => [path, after])) : '';
  const red = end && 'sendBack' in end ? 1 / (1 + end.red) : 0;
  const score = !passes ? 0 : end && 'files' in end ? 3 : 1 + red;
  return { value: { edit, end }, passes, score, content };
}

/** Tests an edit in the scratch copy, which holds it and nothing else of earlier answers then. */
async function tryOut(
  scope: RunScope,
  parts: Try,
  edit: Extract<EditReading, { readonly kind: 'edited' }>,
): Promise<Proven | RunEnd | SendBack> {
  await parts.tree.reset();
  for (const file of edit.files) await parts.tree.write(file.path, file.after);
  return testEdit(scope, parts, edit);
}

async function testEdit(
  scope: RunScope,
  parts: Try,
  { files, remarks, warnings }: Omit<Extract<EditReading, { readonly kind: 'edited' }>, 'kind'>,
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
      summary: [verdict.summary, ...warnings, ...remarks.map((remark) => `The model notes: ${remark}`)].join(
        '\n',
      ),
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
    red: verdict.failed.length,
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
