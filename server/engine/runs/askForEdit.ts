import { askModel, type Answered, type AskOutcome } from '../llm/askModel.ts';
import type { CachedRequest } from '../llm/cache/answerCache.ts';
import type { AnswerForm, ModelMessage } from '../ports/models.ts';
import { askRoute, type Judgement } from '../routing/askRoute.ts';
import type { Candidate } from '../routing/modelChoices.ts';
import { ratesOf } from '../routing/rates.ts';
import { resolveRoute, type Route } from '../routing/resolveRoute.ts';
import { chooseAnswer } from '../routing/chooseAnswer.ts';
import { createRedactor } from '../safety/redact.ts';
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

type Texts = Pick<Question<unknown>, 'attempt' | 'system' | 'messages'> & {
  readonly answer?: AnswerForm;
};

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
  { attempt, messages }: Texts,
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

interface CandidateCall {
  readonly route: Route;
  readonly candidate: Candidate;
  readonly question: Texts;
}

async function askCandidate(
  scope: RunScope,
  { route, candidate, question }: CandidateCall,
  signal: AbortSignal,
): Promise<AskOutcome> {
  const { deps, meter, recorder } = scope;
  const { attempt, system, messages, answer } = question;
  const { role, temperature, maxTokens, timeout } = route;
  await recorder.record({ type: 'model.asked', attempt, role, ...candidate });
  const kept = await readKept(scope, { route, candidate, question });
  if (kept) {
    await recordOutcome(scope, { role, attempt, candidate }, kept);
    return kept;
  }
  const outcome = await askModel({
    models: deps.models,
    target: candidate,
    request: {
      system,
      messages,
      ...(answer && { answer }),
      ...(temperature === undefined ? {} : { temperature }),
      // A red test or a refused edit is asked about with the same beginning.
      keepsPrefix: true,
      maxOutputTokens: maxTokens,
      timeoutMs: timeout * 1000,
    },
    budget: meter,
    gate: {
      gates: deps.gates,
      key: recorder.run,
      limits: ratesOf(scope.routing.sources, candidate.provider),
    },
    clock: deps.clock,
    random: deps.random,
    signal,
  });
  await recordOutcome(scope, { role, attempt, candidate }, outcome);
  return outcome;
}

const maskSecrets = createRedactor([]);

/** Whether answers of a route are kept: only where the same request has the same answer, or where the person wants it. */
function isKept({ settings }: RunScope, { route, candidate }: CandidateCall): boolean {
  const { mode } = settings.models.cache;
  if (candidate.provider === 'replay' || mode === 'off') return false;
  return mode === 'all' || route.temperature === 0;
}

function cacheRequest({ route, candidate, question: { system, messages } }: CandidateCall): CachedRequest {
  const { temperature, maxTokens } = route;
  return {
    target: candidate,
    request: {
      system,
      messages,
      maxOutputTokens: maxTokens,
      ...(temperature === undefined ? {} : { temperature }),
    },
  };
}

async function readKept(scope: RunScope, call: CandidateCall): Promise<Answered | undefined> {
  if (!isKept(scope, call)) return undefined;
  const startedAt = scope.deps.clock.now();
  const kept = await scope.deps.answers.read(cacheRequest(call));
  if (!kept) return undefined;
  const ms = scope.deps.clock.now() - startedAt;
  return {
    kind: 'answered',
    ...kept,
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: false },
    cost: 0,
    firstTokenMs: ms,
    ms,
    tries: 0,
    provider: call.candidate.provider,
    cached: true,
  };
}

async function keepAnswer(
  scope: RunScope,
  call: CandidateCall,
  { text, model, cached }: Answered,
): Promise<void> {
  if (cached || !isKept(scope, call)) return;
  const maxBytes = scope.settings.models.cache.megabytes * 1_000_000;
  await scope.deps.answers.write(cacheRequest(call), { text, model }, maxBytes);
}

async function recordOutcome(
  { recorder }: RunScope,
  {
    role,
    attempt,
    candidate,
  }: { readonly role: string; readonly attempt: number; readonly candidate: Candidate },
  outcome: AskOutcome,
): Promise<void> {
  if (outcome.kind === 'answered') {
    const { kind: _, recordedFrom, ...answer } = outcome;
    await recorder.record({
      ...answer,
      // What the files hold may come back; what is used of it is in the proposal, which a person reads.
      text: maskSecrets(answer.text),
      type: 'model.answered',
      attempt,
      role,
      model: recordedFrom ?? answer.model,
    });
    return;
  }
  const { code, message, usage, cost } =
    outcome.kind === 'cancelled'
      ? { code: 'model.cancelled', message: 'The call was stopped.', usage: undefined, cost: undefined }
      : { usage: undefined, cost: undefined, ...outcome };
  await recorder.record({
    type: 'model.failed',
    attempt,
    role,
    ...candidate,
    code,
    message,
    ...(usage ? { usage } : {}),
    ...(cost === undefined ? {} : { cost }),
  });
}
