import type { ProposedFile } from '../../../protocol/runEvents.ts';
import { buildRefusalMessage } from '../../generation/buildFixPrompt.ts';
import type { ModelMessage } from '../../ports/models.ts';
import type { Judgement } from '../../routing/askRoute.ts';
import { askForEdit } from '../askForEdit.ts';
import { describePrompt } from '../describePrompt.ts';
import type { Proven } from './editScope.ts';
import type { ProofParts, Try } from './proofParts.ts';
import { readEdits, type EditReading } from './readEdits.ts';
import { routeOf, type AskingScope } from '../routeOf.ts';
import { cancelled, failed, refused, type RunEnd } from '../runScope.ts';
import type { SendBack } from './sendBack.ts';
import { tryOut } from './tryOut.ts';

/** What an attempt came to: done, or once more with what the model must know. */
type Attempt = Proven | RunEnd | Again;

interface Again extends SendBack {
  readonly answer: string;
  /** What the edit makes of the files; undefined: it was not tried out. */
  readonly content: string | undefined;
}

/**
 * Asks, edits and tests until green, within the attempts of the budget; stops when the same edit or failure comes twice, and
 * when the number of red tests rose twice.
 */
export async function proveEdits(scope: AskingScope, parts: ProofParts): Promise<Proven | RunEnd> {
  const conversation: ModelMessage[] = [...parts.task.prompt.messages];
  const seen = new Set<string>();
  const reds: number[] = [];
  for (let attempt = 1; ; attempt += 1) {
    if (scope.signal.aborted) return cancelled;
    const result = await tryOnce(scope, { ...parts, attempt, conversation });
    if (!('sendBack' in result)) return result;
    if (isKnown(scope, seen, result))
      return failed(
        'proof.no-progress',
        `The model came to the same result twice, so the run stopped: ${result.reason}`,
      );
    if (result.red > 0) reds.push(result.red);
    if (hasRisenTwice(reds))
      return failed(
        'proof.getting-worse',
        `The number of failing tests rose twice, so the run stopped. Last: ${result.reason}`,
      );
    conversation.push({ role: 'assistant', text: result.answer }, { role: 'user', text: result.sendBack });
    if (attempt >= scope.budget.attempts) {
      return refused(
        'budget.attempts',
        `All ${attempt} attempts of this run are used. Last: ${result.reason}`,
      );
    }
  }
}

/** Alike means alike to the letter: the same words would be sent back, and the same answer would come again. */
function isKnown({ deps }: AskingScope, seen: Set<string>, { sendBack, content }: Again): boolean {
  const signs = [sendBack, ...(content === undefined ? [] : [content])].map((text) => deps.digest(text));
  const known = signs.some((sign) => seen.has(sign));
  for (const sign of signs) seen.add(sign);
  return known;
}

function hasRisenTwice(reds: readonly number[]): boolean {
  return reds.filter((red, index) => index > 0 && red > (reds[index - 1] ?? red)).length >= 2;
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
  const { inspect } = parts;
  const asked = await askForEdit(scope, {
    attempt,
    route,
    system: task.prompt.system,
    messages: conversation,
    judge: async (text) => {
      const edit = await readEdits(scope, {
        ...{ attempt, text, tree, task, judgesTests: parts.candidates !== undefined },
        ...(inspect && { inspect }),
      });
      const end = isCompared && edit.kind === 'edited' ? await tryOut(scope, parts, edit) : undefined;
      return judgeEdit(edit, end);
    },
  });
  if ('outcome' in asked) return asked;
  const { edit } = asked.value;
  if (edit.kind === 'declined') return declined(parts, edit.reason);
  if (edit.kind === 'refused') {
    const { targets, form } = task;
    const [first] = edit.refusals;
    return {
      answer: asked.text,
      content: undefined,
      sendBack: buildRefusalMessage({ refusals: edit.refusals, targets, form }),
      reason: firstLine(first?.reason ?? ''),
      red: 0,
    };
  }
  const end = asked.value.end ?? (await tryOut(scope, parts, edit));
  return 'sendBack' in end ? { ...end, answer: asked.text, content: contentOf(edit.files) } : end;
}

/** Where something is red, that nothing has to change is no answer. */
function declined({ judge, baseline }: Try, reason: string): RunEnd {
  const mends = judge({ outcome: { kind: 'finished', tests: baseline, ms: 0 }, baseline, edited: [] });
  const said = reason === '' ? 'it gives no reason' : reason;
  return mends.kind === 'red'
    ? failed('proof.given-up', `The model changed nothing: ${said}`)
    : { outcome: 'unchanged', code: 'ok', message: `The model found nothing to change: ${said}` };
}

interface TriedEdit {
  readonly edit: EditReading;
  /** What it proved; undefined: it was not tried out. */
  readonly end: Proven | RunEnd | SendBack | undefined;
}

/** An edit that is proven is better than one that leaves fewer tests red, and that one is better than one that is refused. */
function judgeEdit(edit: EditReading, end: TriedEdit['end']): Judgement<TriedEdit> {
  const passes = edit.kind !== 'refused';
  const content = edit.kind === 'edited' ? contentOf(edit.files) : '';
  const red = end && 'sendBack' in end ? 1 / (1 + end.red) : 0;
  const score = edit.kind !== 'edited' ? 0 : end && 'files' in end ? 3 : 1 + red;
  return { value: { edit, end }, passes, score, content };
}

function contentOf(files: readonly ProposedFile[]): string {
  return JSON.stringify(files.map(({ path, after }) => [path, after]));
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '') ?? text;
}
