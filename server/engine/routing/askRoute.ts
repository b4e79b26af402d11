import type { Answered, AskFailed, AskOutcome, AskRefused } from '../llm/askModel.ts';
import { renderCandidate, type Candidate } from './modelChoices.ts';
import { pickVoted } from './pickVoted.ts';
import type { Route } from './resolveRoute.ts';

/** What one looks at an answer with, and what came of it. */
export interface Judgement<Value> {
  readonly value: Value;
  /** The answer has its form and passes its gates. */
  readonly passes: boolean;
  /** How many checks it passes; more is better. Asked for `best` alone. */
  readonly score: number;
  /** What the answer says, for `vote`: alike, white space aside, is the same. */
  readonly content: string;
}

export interface RouteCall<Value> {
  readonly route: Pick<Route, 'strategy' | 'candidates'>;
  /** Asks one; never rejects. */
  readonly ask: (candidate: Candidate, signal: AbortSignal) => Promise<AskOutcome>;
  /** Called for one answer at a time. */
  readonly judge: (answer: Answered, candidate: Candidate) => Promise<Judgement<Value>>;
  /** Which of several equally good answers is taken; undefined: nobody can tell. */
  readonly choose?: (
    answers: readonly JudgedAnswer<Value>[],
    signal: AbortSignal,
  ) => Promise<number | undefined>;
  readonly signal: AbortSignal;
}

export interface JudgedAnswer<Value> {
  readonly candidate: Candidate;
  readonly answer: Answered;
  readonly judgement: Judgement<Value>;
}

export type RouteOutcome<Value> =
  | ({ readonly kind: 'answered' } & JudgedAnswer<Value>)
  | AskFailed
  | AskRefused
  | { readonly kind: 'cancelled' };

/** Asks the candidates of a route as its strategy says. Exactly one outcome; an answer that fails its checks is given only when none passes. */
export async function askRoute<Value>(call: RouteCall<Value>): Promise<RouteOutcome<Value>> {
  const isAlone = call.route.candidates.length <= 1;
  switch (isAlone ? 'fallback' : call.route.strategy) {
    case 'fallback':
      return askInTurn(call);
    case 'race':
      return askAtOnce(call);
    case 'vote':
      return askAll(call, async (answers) => pickVoted(answers, ({ judgement }) => judgement.content));
    case 'best':
      return askAll(call, (answers) => pickBest(call, answers));
  }
}

type Miss = AskFailed | AskRefused;

async function askInTurn<Value>(call: RouteCall<Value>): Promise<RouteOutcome<Value>> {
  const misses: (readonly [Candidate, Miss])[] = [];
  let failing: JudgedAnswer<Value> | undefined;
  for (const candidate of call.route.candidates) {
    const outcome = await call.ask(candidate, call.signal);
    if (outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind !== 'answered') {
      misses.push([candidate, outcome]);
      // The time of the run is over for everybody.
      if (outcome.kind === 'refused' && outcome.code === 'budget.seconds') break;
      continue;
    }
    const judgement = await call.judge(outcome, candidate);
    if (call.signal.aborted) return { kind: 'cancelled' };
    failing = { candidate, answer: outcome, judgement };
    if (judgement.passes) break;
  }
  return failing ? { kind: 'answered', ...failing } : explainMisses(misses);
}

async function askAtOnce<Value>(call: RouteCall<Value>): Promise<RouteOutcome<Value>> {
  const stop = new AbortController();
  const judged: JudgedAnswer<Value>[] = [];
  const misses: (readonly [Candidate, Miss])[] = [];
  let winner: JudgedAnswer<Value> | undefined;
  let judging: Promise<void> = Promise.resolve();
  const either = AbortSignal.any([call.signal, stop.signal]);
  await Promise.all(
    call.route.candidates.map(async (candidate) => {
      const outcome = await call.ask(candidate, either);
      if (outcome.kind === 'cancelled') return;
      if (outcome.kind !== 'answered') {
        misses.push([candidate, outcome]);
        return;
      }
      judging = judging.then(async () => {
        if (winner || call.signal.aborted) return;
        const entry = { candidate, answer: outcome, judgement: await call.judge(outcome, candidate) };
        judged.push(entry);
        if (!entry.judgement.passes) return;
        winner = entry;
        stop.abort();
      });
      await judging;
    }),
  );
  if (call.signal.aborted) return { kind: 'cancelled' };
  const taken = winner ?? judged[0];
  return taken ? { kind: 'answered', ...taken } : explainMisses(misses);
}

async function askAll<Value>(
  call: RouteCall<Value>,
  pick: (answers: readonly JudgedAnswer<Value>[]) => Promise<JudgedAnswer<Value> | undefined>,
): Promise<RouteOutcome<Value>> {
  const outcomes = await Promise.all(
    call.route.candidates.map(async (candidate) => ({
      candidate,
      outcome: await call.ask(candidate, call.signal),
    })),
  );
  const judged: JudgedAnswer<Value>[] = [];
  const misses: (readonly [Candidate, Miss])[] = [];
  // In the order of the candidates, so that a tie is the first one's.
  for (const { candidate, outcome } of outcomes) {
    if (call.signal.aborted || outcome.kind === 'cancelled') return { kind: 'cancelled' };
    if (outcome.kind !== 'answered') misses.push([candidate, outcome]);
    else judged.push({ candidate, answer: outcome, judgement: await call.judge(outcome, candidate) });
  }
  if (call.signal.aborted) return { kind: 'cancelled' };
  const passing = judged.filter(({ judgement }) => judgement.passes);
  const taken = await pick(passing.length > 0 ? passing : judged);
  if (call.signal.aborted) return { kind: 'cancelled' };
  return taken ? { kind: 'answered', ...taken } : explainMisses(misses);
}

async function pickBest<Value>(
  { choose, signal }: RouteCall<Value>,
  answers: readonly JudgedAnswer<Value>[],
): Promise<JudgedAnswer<Value> | undefined> {
  const highest = Math.max(...answers.map(({ judgement }) => judgement.score));
  const best = answers.filter(({ judgement }) => judgement.score === highest);
  const chosen = best.length > 1 && choose ? await choose(best, signal) : undefined;
  return best[chosen ?? 0] ?? best[0];
}

/** One sentence of each, where there were several. */
function explainMisses(misses: readonly (readonly [Candidate, Miss])[]): AskFailed | AskRefused {
  const last = (misses.findLast(([, miss]) => miss.kind === 'failed') ?? misses.at(-1))?.[1];
  if (!last)
    return { kind: 'failed', code: 'model.unknown-provider', message: 'No model is chosen for this.' };
  if (misses.length === 1) return last;
  const each = misses.map(([candidate, { message }]) => `${renderCandidate(candidate)}: ${message}`);
  return { ...last, message: `None of ${misses.length} models gave an answer. ${each.join(' ')}` };
}
