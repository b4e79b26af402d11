import { askModel, type Answered, type AskOutcome } from '../llm/askModel.ts';
import type { CachedRequest } from '../llm/cache/answerCache.ts';
import type { AnswerForm, ModelMessage } from '../ports/models.ts';
import { renderCandidate, type Candidate } from '../routing/modelChoices.ts';
import { ratesOf } from '../routing/rates.ts';
import type { Route } from '../routing/resolveRoute.ts';
import { createRedactor } from '../safety/redact.ts';
import { clearSecrets } from './outgoingSecrets.ts';
import { ruleActor } from './ruleActor.ts';
import type { RunScope } from './runScope.ts';
import { takeModelRight } from './takeModelRight.ts';

export interface CandidateCall {
  readonly route: Route;
  readonly candidate: Candidate;
  readonly question: {
    readonly attempt: number;
    readonly system: string;
    readonly messages: readonly ModelMessage[];
    readonly answer?: AnswerForm;
  };
}

/** Asks one candidate of a route, or takes the answer that was kept, and journals what came of it. */
export async function askCandidate(
  scope: RunScope,
  { route, candidate, question }: CandidateCall,
  signal: AbortSignal,
): Promise<AskOutcome> {
  const { deps, meter, recorder, settings } = scope;
  const { attempt, system, messages, answer } = question;
  const { role, temperature, maxTokens, timeout } = route;
  const cleared = clearSecrets({ system, messages }, { models: deps.models, candidate, settings });
  const masked = 'refused' in cleared || cleared.masked.length === 0 ? {} : { masked: cleared.masked };
  await recorder.record({ type: 'model.asked', attempt, role, ...candidate, ...masked });
  const kept = await readKept(scope, { route, candidate, question });
  if (kept) {
    await recordOutcome(scope, { role, attempt, candidate }, kept);
    return kept;
  }
  if ('refused' in cleared) {
    const outcome = { kind: 'failed', code: 'model.secret-in-prompt', message: cleared.refused } as const;
    await recordOutcome(scope, { role, attempt, candidate }, outcome);
    return outcome;
  }
  const sent = await askModel({
    models: deps.models,
    target: candidate,
    request: {
      system: cleared.system,
      messages: cleared.messages,
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
    takeRight: takeModelRight({ deps, root: scope.root, run: recorder.run, who: ruleActor(scope), role }),
    clock: deps.clock,
    random: deps.random,
    signal,
  });
  const outcome = sent.kind === 'answered' ? { ...sent, text: cleared.restore(sent.text) } : sent;
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

function cacheRequest(
  { deps }: RunScope,
  { route, candidate, question: { system, messages, answer } }: CandidateCall,
): CachedRequest {
  const { temperature, maxTokens } = route;
  return {
    target: candidate,
    address: deps.models.provider(candidate.provider)?.address,
    request: {
      system,
      messages,
      maxOutputTokens: maxTokens,
      ...(answer && { answer }),
      ...(temperature === undefined ? {} : { temperature }),
    },
  };
}

async function readKept(scope: RunScope, call: CandidateCall): Promise<Answered | undefined> {
  if (!isKept(scope, call)) return undefined;
  const startedAt = scope.deps.clock.now();
  const kept = await scope.deps.answers.read(cacheRequest(scope, call));
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

/** Keeps an answer that was found good, where answers of its route are kept. */
export async function keepAnswer(
  scope: RunScope,
  call: CandidateCall,
  { text, model, cached }: Answered,
): Promise<void> {
  if (cached || !isKept(scope, call)) return;
  const maxBytes = scope.settings.models.cache.megabytes * 1_000_000;
  await scope.deps.answers.write(cacheRequest(scope, call), { text, model }, maxBytes);
}

async function recordOutcome(
  { recorder, settings, deps }: RunScope,
  {
    role,
    attempt,
    candidate,
  }: { readonly role: string; readonly attempt: number; readonly candidate: Candidate },
  outcome: AskOutcome,
): Promise<void> {
  if (settings.models.trace) deps.log.trace(describeCall({ role, candidate }, outcome));
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
      ? { code: 'model.cancelled', message: 'The call was stopped.', usage: undefined, cost: outcome.cost }
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

/** Who, how much and how long; never a text. */
function describeCall(
  { role, candidate }: { readonly role: string; readonly candidate: Candidate },
  outcome: AskOutcome,
): string {
  const who = `Model ${renderCandidate(candidate)} as ${role}`;
  if (outcome.kind === 'cancelled') return `${who}: stopped.`;
  if (outcome.kind !== 'answered') return `${who}: ${outcome.code}.`;
  if (outcome.cached) return `${who}: an answer that was kept.`;
  const { usage, cost, firstTokenMs, ms, tries } = outcome;
  const tokens = `${usage.input + usage.cacheRead + usage.cacheWrite} tokens in, ${usage.output} out`;
  return `${who}: ${tokens}, cost ${cost}, first token after ${firstTokenMs} ms, all after ${ms} ms, tries ${tries}.`;
}
