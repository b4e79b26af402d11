import type { MapShape, RecordShape, Shape } from '../../rules/forms/shape.ts';
import { callClasses, roleRows } from '../../rules/vocabulary/modelRoles.ts';

/** Longest time that a call may be given, in seconds. */
const longestSeconds = 86_400;

const parameters: Readonly<Record<string, Shape>> = {
  temperature: {
    kind: 'number',
    min: 0,
    max: 2,
    whole: false,
    summary:
      'How freely the model words its answer: 0 repeats itself. Sent only where the provider takes it.',
  },
  max_tokens: {
    kind: 'number',
    min: 1,
    whole: true,
    summary: 'Most tokens of one answer. An answer that is cut there is never used.',
  },
  timeout: {
    kind: 'number',
    min: 1,
    max: longestSeconds,
    whole: false,
    summary: 'Longest time of one call in seconds, its waits and retries included.',
  },
};

const spans = (unit: string, whole: boolean): MapShape => ({
  kind: 'map',
  summary: `Most ${unit} of a call, a run, a day and the whole workspace.`,
  keys: Object.fromEntries(
    [
      ['call', `Most ${unit} of one call.`],
      ['run', `Most ${unit} of one run, and of all runs that it causes.`],
      ['day', `Most ${unit} of a day (UTC), over all windows.`],
      ['workspace', `Most ${unit} of this workspace folder, ever.`],
    ].map(([span = '', summary = '']) => [span, { kind: 'number', min: 0, whole, summary } as const]),
  ),
});

const rates: Readonly<Record<string, Shape>> = {
  concurrency: { kind: 'number', min: 1, whole: true, summary: 'Most calls of a provider at the same time.' },
  requests_per_minute: {
    kind: 'number',
    min: 1,
    whole: true,
    summary: 'Most requests to a provider in a minute.',
  },
  tokens_per_minute: {
    kind: 'number',
    min: 1,
    whole: true,
    summary: 'Most tokens for a provider in a minute, input and answers together.',
  },
};

const strategyWords: Readonly<Record<string, string>> = {
  fallback: 'one after the other, until an answer is good',
  race: 'all at once: the first good answer counts, the others are stopped',
  vote: 'all: the answer that most of them give',
  best: 'all: the answer that passes most checks, then the reviewer’s choice',
};

export const modelsShape: MapShape = {
  kind: 'map',
  summary:
    'Who answers for this team. It can name only providers that you have set up, and only lower your limits.',
  keys: {
    roles: {
      kind: 'record',
      names: 'role',
      summary: 'Who answers for which role.',
      of: {
        kind: 'map',
        summary: 'Who answers for this role, and how they are asked.',
        keys: {
          use: {
            kind: 'candidates',
            summary: 'Models as `provider/model`, in the order in which they are asked.',
          },
          strategy: { kind: 'word', words: strategyWords, summary: 'How several models work together.' },
          ...parameters,
        },
      },
    },
    calls: {
      kind: 'record',
      names: 'call',
      summary: 'Parameters by kind of call, for roles that do not say their own.',
      of: { kind: 'map', summary: 'Parameters of such calls.', keys: parameters },
    },
    limits: {
      kind: 'map',
      summary: 'Budgets and rates. The least of these and of yours counts.',
      keys: {
        usd: spans('US dollars', false),
        tokens: spans('tokens', true),
        seconds: spans('seconds of calls', false),
        ...rates,
        providers: {
          kind: 'record',
          names: 'provider',
          summary: 'Rates of single providers.',
          of: { kind: 'map', summary: 'Rates of this provider.', keys: rates },
        },
      },
    },
  },
};

/** Names that keys of a record can have, each with what it means; providers are known by their ids alone. */
export function namesOf(
  names: RecordShape['names'],
  providers: readonly string[],
): Readonly<Record<string, string>> {
  if (names === 'role') return Object.fromEntries(roleRows.map(({ role, summary }) => [role, summary]));
  if (names === 'call')
    return Object.fromEntries(callClasses.map((name) => [name, `calls that ${callWords[name]}`]));
  return Object.fromEntries(providers.map((id) => [id, 'a provider that you have set up']));
}

const callWords = {
  plan: 'plan',
  write: 'write code or tests',
  review: 'review',
  summarise: 'summarise',
} as const;
