import { buildReviewPrompt } from '../../generation/buildReviewPrompt.ts';
import { parseReview, type ParsedReview } from '../../generation/formats/parseReview.ts';
import type { BuiltPrompt, ContextFile } from '../../generation/promptInput.ts';
import type { ModelMessage } from '../../ports/models.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { askForEdit } from '../askForEdit.ts';
import { contextFiles } from '../contextFiles.ts';
import { describePrompt } from '../describePrompt.ts';
import type { EditScope } from '../editing/editScope.ts';
import { fitTask } from '../editing/fitTask.ts';
import { guidingRules, type Guided } from '../editing/guidingRules.ts';
import { routeOf } from '../routeOf.ts';
import { failed, refused, type RunEnd } from '../runScope.ts';
import { judgeRemarks, type Review } from './judgeRemarks.ts';

/** The text of a file as the run finds it; undefined: there is none. */
export type ReadText = (path: string) => Promise<string | undefined>;

/** A model reviews a file. Nothing is written: what it finds is data, with its place in the text that it was shown. */
export async function reviewFile(scope: EditScope, read: ReadText): Promise<Review | RunEnd> {
  const { file } = scope;
  const text = await read(file);
  if (text === undefined) return failed('source.missing', `${file} is not there any more, or it is no text.`);
  const task = await fitTask(scope, (maxInputTokens) =>
    buildReviewTask({ ...scope, text, read, maxInputTokens }),
  );
  if ('outcome' in task) return task;
  const parsed = await askUntilRead(scope, task.prompt);
  return 'outcome' in parsed ? parsed : judgeRemarks(scope, { path: file, text }, parsed);
}

export interface ReviewTaskInput extends Guided, Pick<EditScope, 'root' | 'file' | 'variables' | 'signal'> {
  readonly deps: Pick<EditScope['deps'], 'files' | 'git'>;
  readonly text: string;
  readonly read: ReadText;
  /** Room for the question. */
  readonly maxInputTokens: number;
}

/** Gathers what the prompt holds and composes it. */
export async function buildReviewTask(
  input: ReviewTaskInput,
): Promise<{ readonly prompt: BuiltPrompt } | RunEnd> {
  const { deps, root, file, rule, action, variables, signal, text, read, maxInputTokens } = input;
  const files = new Set(await deps.files.list(root, signal));
  const context: ContextFile[] = [];
  for (const path of contextFiles(action.context, rule.scope, files)) {
    const shown = await read(path);
    if (shown !== undefined) context.push({ path, text: shown, role: 'context' });
  }
  const committed = await deps.git.committed(root, file, signal);
  const prompt = buildReviewPrompt({
    ...guidingRules(input, [file, ...context.map(({ path }) => path)]),
    message: expandVariables(action.message, variables),
    source: { path: file, text },
    ...(committed === undefined ? {} : { committed }),
    context,
    maxInputTokens,
  });
  if (prompt.fits) return { prompt };
  return failed(
    'prompt.too-long',
    `${file} and the rules that guide it make a prompt of about ${prompt.estimatedTokens} tokens; at most ${maxInputTokens} are sent. Split the file.`,
  );
}

/** Asks until the answer has its form, within the attempts of the budget. */
async function askUntilRead(
  scope: EditScope,
  prompt: BuiltPrompt,
): Promise<Extract<ParsedReview, { readonly kind: 'read' }> | RunEnd> {
  const conversation: ModelMessage[] = [...prompt.messages];
  for (let attempt = 1; ; attempt += 1) {
    await scope.recorder.record({
      type: 'prompt.built',
      attempt,
      ...describePrompt(prompt, conversation, scope.deps.digest),
    });
    const route = routeOf(scope);
    if ('message' in route) return refused('model.none', route.message);
    const asked = await askForEdit<ParsedReview>(scope, {
      attempt,
      route,
      system: prompt.system,
      messages: conversation,
      judge: async (text) => {
        const value = parseReview(text);
        const passes = value.kind === 'read';
        const score = passes ? 1 + value.remarks.length : 0;
        return { value, passes, score, content: passes ? JSON.stringify(value.remarks) : '' };
      },
    });
    if ('outcome' in asked) return asked;
    if (asked.value.kind === 'read') return asked.value;
    const isSame = conversation.some(({ role, text }) => role === 'assistant' && text === asked.text);
    if (isSame || attempt >= scope.budget.attempts)
      return failed('review.unreadable', `The model's answer could not be read: ${asked.value.reason}`);
    conversation.push(
      { role: 'assistant', text: asked.text },
      { role: 'user', text: `${asked.value.reason}\n` },
    );
  }
}
