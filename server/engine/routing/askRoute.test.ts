import assert from 'node:assert/strict';
import type { Answered, AskOutcome } from '../llm/askModel.ts';
import { askRoute, type RouteOutcome } from './askRoute.ts';
import type { Candidate, Strategy } from './modelChoices.ts';

const neverAborted = new AbortController().signal;

function answered(text: string): Answered {
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false };
  return {
    kind: 'answered',
    text,
    usage,
    cost: 0,
    firstTokenMs: 1,
    ms: 2,
    tries: 1,
    provider: 'p',
    model: 'm',
  };
}

const fails = { kind: 'failed', code: 'model.overloaded', message: 'Busy.' } as const;
const declines = { kind: 'failed', code: 'model.refused', message: 'No.' } as const;
const spent = { kind: 'refused', code: 'budget.usd', message: 'Too dear.' } as const;
const late = { kind: 'refused', code: 'budget.seconds', message: 'Too late.' } as const;

interface Case {
  readonly name: string;
  readonly strategy: Strategy;
  /** Of each candidate; `bad…` fails its checks, a digit at the end is its score. */
  readonly replies: readonly (string | AskOutcome)[];
  readonly taken: string;
  /** How many are asked; undefined: all. */
  readonly asked?: number;
  readonly reviewer?: number;
}

const cases: readonly Case[] = [
  { name: 'takes the first answer', strategy: 'fallback', replies: ['a', 'b'], taken: 'a', asked: 1 },
  { name: 'goes on after an error', strategy: 'fallback', replies: [fails, 'b'], taken: 'b' },
  { name: 'goes on after a refusal', strategy: 'fallback', replies: [declines, 'b'], taken: 'b' },
  { name: 'goes on after a spent budget', strategy: 'fallback', replies: [spent, 'b'], taken: 'b' },
  {
    name: 'goes on after a failed check',
    strategy: 'fallback',
    replies: ['bad', 'b', 'c'],
    taken: 'b',
    asked: 2,
  },
  {
    name: 'gives a failed answer when none passes',
    strategy: 'fallback',
    replies: ['bad 1', 'bad 2'],
    taken: 'bad 2',
  },
  {
    name: 'keeps a failed answer when the next fails',
    strategy: 'fallback',
    replies: ['bad', fails],
    taken: 'bad',
  },
  {
    name: 'stops when the time is over',
    strategy: 'fallback',
    replies: [late, 'b'],
    taken: 'budget.seconds',
    asked: 1,
  },
  { name: 'ends when all fail', strategy: 'fallback', replies: [fails, declines], taken: 'model.refused' },
  { name: 'ends when no budget is left', strategy: 'fallback', replies: [spent, spent], taken: 'budget.usd' },
  { name: 'fails when nobody is named', strategy: 'fallback', replies: [], taken: 'model.unknown-provider' },
  { name: 'takes the first good answer', strategy: 'race', replies: ['bad', fails, 'c'], taken: 'c' },
  {
    name: 'gives the first when none is good',
    strategy: 'race',
    replies: ['bad 1', 'bad 2'],
    taken: 'bad 1',
  },
  { name: 'takes what most say', strategy: 'vote', replies: ['a', 'b', ' b\n'], taken: 'b' },
  { name: 'takes the first at a tie', strategy: 'vote', replies: ['x', 'y', 'y', 'x'], taken: 'x' },
  { name: 'lets only good answers vote', strategy: 'vote', replies: ['bad', 'bad', 'c'], taken: 'c' },
  { name: 'votes without those that fail', strategy: 'vote', replies: [fails, 'b', spent], taken: 'b' },
  { name: 'takes what passes most', strategy: 'best', replies: ['a 1', 'b 3', 'c 2'], taken: 'b 3' },
  {
    name: 'asks the reviewer at a tie',
    strategy: 'best',
    replies: ['a 2', 'b 1', 'c 2'],
    taken: 'c 2',
    reviewer: 1,
  },
  {
    name: 'takes the first without a reviewer',
    strategy: 'best',
    replies: ['a 1', 'b 2', 'c 2'],
    taken: 'b 2',
  },
  {
    name: 'does not trust the number of a reviewer',
    strategy: 'best',
    replies: ['a 2', 'b 2'],
    taken: 'a 2',
    reviewer: 9,
  },
  { name: 'asks one alone whatever the strategy', strategy: 'vote', replies: ['a'], taken: 'a' },
];

interface Asked {
  readonly outcome: RouteOutcome<string>;
  readonly asked: readonly string[];
}

async function ask({ strategy, replies, reviewer }: Omit<Case, 'name' | 'taken'>): Promise<Asked> {
  const asked: string[] = [];
  const outcome = await askRoute<string>({
    route: {
      strategy,
      candidates: replies.map((_, index): Candidate => ({ provider: 'p', model: `m${index}` })),
    },
    ask: async ({ model }) => {
      asked.push(model);
      const reply = replies[Number(model.slice(1))];
      return typeof reply === 'object' ? reply : answered(reply ?? '');
    },
    judge: async ({ text }) => ({
      value: text,
      passes: !text.startsWith('bad'),
      score: Number(/\d$/.exec(text)?.[0] ?? 0),
      content: text,
    }),
    ...(reviewer === undefined ? {} : { choose: async () => reviewer }),
    signal: neverAborted,
  });
  return { outcome, asked };
}

describe('asking by a route', () => {
  for (const { name, taken, ...rest } of cases) {
    it(`${rest.strategy} ${name}`, async () => {
      const { outcome, asked } = await ask(rest);
      const what =
        outcome.kind === 'answered' ? outcome.judgement.value : 'code' in outcome ? outcome.code : '';
      assert.equal(what, taken);
      assert.equal(asked.length, rest.asked ?? rest.replies.length);
    });
  }

  it('says what each model came to', async () => {
    const { outcome } = await ask({ strategy: 'fallback', replies: [fails, declines] });
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /p\/m0: Busy\. p\/m1: No\./);
  });

  it('stops the others once a race is won, and judges one at a time', async () => {
    let judging = 0;
    const stopped: string[] = [];
    const outcome = await askRoute<string>({
      route: {
        strategy: 'race',
        candidates: ['slow', 'fast', 'hanging'].map((model) => ({ provider: 'p', model })),
      },
      ask: (candidate, signal) =>
        new Promise((resolve) => {
          const stop = (): void => {
            stopped.push(candidate.model);
            resolve({ kind: 'cancelled' });
          };
          if (candidate.model === 'hanging') signal.addEventListener('abort', stop);
          else setImmediate(() => resolve(answered(candidate.model)));
        }),
      judge: async ({ text }) => {
        judging += 1;
        assert.equal(judging, 1);
        await Promise.resolve();
        judging -= 1;
        return { value: text, passes: text === 'fast', score: 1, content: text };
      },
      signal: neverAborted,
    });
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.judgement.value, 'fast');
    assert.deepEqual(stopped, ['hanging']);
  });

  for (const strategy of ['fallback', 'race', 'vote', 'best'] as const) {
    it(`${strategy} is cancelled as one`, async () => {
      const controller = new AbortController();
      const outcome = await askRoute<undefined>({
        route: { strategy, candidates: [1, 2, 3].map((model) => ({ provider: 'p', model: `${model}` })) },
        ask: async () => {
          controller.abort();
          return { kind: 'cancelled' };
        },
        judge: () => assert.fail('Nothing was answered.'),
        signal: controller.signal,
      });
      assert.deepEqual(outcome, { kind: 'cancelled' });
    });
  }
});
