import assert from 'node:assert/strict';
import type { RunView, StatusView } from '../../protocol/viewState.ts';
import { statusView, type StatusFacts } from './statusView.ts';

const calm: StatusFacts = {
  runs: [],
  rules: 2,
  trusted: true,
  enabled: true,
  model: 'anthropic/m',
  noModel: undefined,
  trouble: undefined,
  spentToday: { usd: 0, tokens: 0, unknownPrice: false },
  usdPerDay: 5,
  redTests: 0,
};

const run = (view: Partial<RunView>): RunView =>
  ({ rule: 'tests', phase: 'finished', message: 'm', ...view }) as RunView;

const cases: readonly {
  readonly title: string;
  readonly facts: Partial<StatusFacts>;
  readonly state: StatusView['state'];
}[] = [
  { title: 'ready rules are idle', facts: {}, state: 'idle' },
  {
    title: 'an untrusted workspace is restricted, whatever else holds',
    facts: { trusted: false, runs: [run({ phase: 'asking' })] },
    state: 'restricted',
  },
  { title: 'switched off is off', facts: { enabled: false }, state: 'off' },
  {
    title: 'a run under way is busy',
    facts: { runs: [run({ phase: 'asking' })], redTests: 1 },
    state: 'busy',
  },
  {
    title: 'a question to the person waits',
    facts: { runs: [run({ phase: 'deciding', waitingOn: 'decision' })] },
    state: 'waiting',
  },
  { title: 'no rules are said', facts: { rules: 0, noModel: 'none' }, state: 'noRules' },
  { title: 'red tests are red', facts: { redTests: 1, noModel: 'none' }, state: 'red' },
  { title: 'the last run failed', facts: { runs: [run({ outcome: 'failed' })] }, state: 'error' },
  { title: 'a provider that is left alone is said', facts: { trouble: 'Busy.' }, state: 'error' },
  { title: 'a refusal is no fault', facts: { runs: [run({ outcome: 'refused' })] }, state: 'idle' },
  {
    title: 'no model is said when nothing presses more',
    facts: { noModel: 'none', model: undefined },
    state: 'noModel',
  },
];

describe('the status item', () => {
  for (const { title, facts, state } of cases) {
    it(title, () => assert.equal(statusView({ ...calm, ...facts }).state, state));
  }
});
