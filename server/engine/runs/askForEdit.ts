import type { ModelMessage } from '../ports/models.ts';
import { askRoute, type Judgement } from '../routing/askRoute.ts';
import { resolveRoute, type Route } from '../routing/resolveRoute.ts';
import { chooseAnswer } from '../routing/chooseAnswer.ts';
import { askCandidate, keepAnswer } from './askCandidate.ts';
import { cancelled, failed, refused, type RunEnd, type RunScope } from './runScope.ts';

export interface Question<Value> {
  readonly attempt: number;
  /** Who is asked. */
  readonly route: Route;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Looks at the text of an answer; called for one at a time. */
  readonly judge: (text: string) => Promise<Judgement<Value>>;
}

export interface AcceptedAnswer<Value> {
  readonly text: string;
  /** What was seen in it. */
  readonly value: Value;
}

/** Asks the models of a route once, as its strategy says, and journals what came of each. */
export async function askForEdit<Value>(
  scope: RunScope,
  question: Question<Value>,
): Promise<AcceptedAnswer<Value> | RunEnd> {
  const { meter, signal } = scope;
  const { route } = question;
  if (signal.aborted) return cancelled;
  const spent = meter.beginAttempt();
  if (spent) return refused(spent.code, spent.message);
  const outcome = await askRoute<Value>({
    route,
    ask: (candidate, either) => askCandidate(scope, { route, candidate, question }, either),
    judge: async (answer, candidate) => {
      const judgement = await question.judge(answer.text);
      if (judgement.passes) await keepAnswer(scope, { route, candidate, question }, answer);
      return judgement;
    },
    choose: (answers, either) =>
      askReviewer(scope, question, { answers: answers.map(({ answer }) => answer.text) }, either),
    signal,
  });
  switch (outcome.kind) {
    case 'answered':
      return { text: outcome.answer.text, value: outcome.judgement.value };
    case 'failed':
      return failed(outcome.code, outcome.message);
    case 'refused':
      return refused(outcome.code, outcome.message);
    case 'cancelled':
      return cancelled;
  }
}

/** Which of several equally good answers the reviewer takes; undefined: the reviewer cannot be asked or does not say. */
async function askReviewer(
  scope: RunScope,
  { attempt, messages }: Pick<Question<unknown>, 'attempt' | 'messages'>,
  { answers }: { readonly answers: readonly string[] },
  signal: AbortSignal,
): Promise<number | undefined> {
  const route = resolveRoute(scope.routing.sources, 'reviewer');
  const task = messages.map(({ text }) => text).join('\n\n');
  return chooseAnswer({
    task,
    answers,
    ask: async (prompt) => {
      const outcome = await askRoute<undefined>({
        route: { ...route, strategy: 'fallback' },
        ask: (candidate, either) =>
          askCandidate(scope, { route, candidate, question: { attempt, ...prompt } }, either),
        judge: async () => ({ value: undefined, passes: true, score: 1, content: '' }),
        signal,
      });
      return outcome.kind === 'answered' ? outcome.answer.text : undefined;
    },
  });
}
