import assert from 'node:assert/strict';
import type { ActionFinished, ActionStarted, RunStep } from '../../../protocol/runEvents.ts';
import { findResumePoint } from './resumePoint.ts';

const begun = (action: string, idempotent = false): ActionStarted => ({
  ...{ type: 'action.started', action, kind: 'run', attempt: 1, command: 'x' },
  ...{ place: 'workspace', confined: false, idempotent },
});
const ended = (action: string, change: Partial<ActionFinished> = {}): ActionFinished => ({
  ...{
    type: 'action.finished',
    action,
    kind: 'run',
    attempt: 1,
    result: 'succeeded',
    code: 'ok',
    message: '',
  },
  ...{ ms: 1, place: 'workspace', ...change },
});

const rows: readonly (readonly [
  title: string,
  steps: readonly RunStep[],
  done: readonly string[],
  inFlight: readonly string[],
  isRepeatable: boolean,
])[] = [
  ['nothing', [], [], [], false],
  ['one that was under way', [begun('a')], [], ['a'], false],
  ['one that may be repeated', [begun('a', true)], [], ['a'], true],
  ['two of which one may be', [begun('a', true), begun('b')], [], ['a', 'b'], false],
  ['one that ended', [begun('a'), ended('a')], ['a'], [], false],
  ['one that failed', [begun('a'), ended('a', { result: 'failed' })], ['a'], [], false],
  ['what the copy held', [begun('a'), ended('a', { place: 'copy' })], [], [], false],
  [
    'what was refused or stopped',
    [ended('a', { result: 'refused' }), ended('b', { result: 'cancelled' })],
    [],
    [],
    false,
  ],
  ['a second try', [begun('a'), ended('a', { result: 'failed' }), begun('a', true)], ['a'], ['a'], true],
];

describe('where a run goes on', () => {
  for (const [title, steps, done, inFlight, isRepeatable] of rows)
    it(`with ${title}`, () => {
      const events = steps.map((step, seq) => ({ ...step, v: 1, run: 'r', seq, at: 0 }) as const);
      const point = findResumePoint(events);
      assert.deepEqual(
        [[...point.done.keys()], point.inFlight.map(({ action }) => action), point.isRepeatable],
        [done, inFlight, isRepeatable],
      );
    });
});
