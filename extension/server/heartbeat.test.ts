import assert from 'node:assert/strict';
import { Heartbeat, type Pulse } from './heartbeat.ts';

const limits = { late: 2_500, silent: 5_000, hung: 10_000, start: 20_000 };

/** A sign of the server at a second, or a look: at 3.5 it is `{ sign: 3.5 }`. */
type Step = { readonly sign: number; readonly debugged?: boolean } | { readonly look: number };

/** Looks in each second of a range, its ends included. */
function looks(from: number, to: number): readonly Step[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ look: from + index }));
}

function lastPulse(steps: readonly Step[]): Pulse {
  const heart = new Heartbeat(limits);
  heart.begin();
  let pulse: Pulse = 'beating';
  for (const step of steps)
    if ('sign' in step) heart.sign(step.debugged);
    else pulse = heart.look(step.look * 1_000);
  return pulse;
}

describe('The heartbeat of the server', () => {
  const cases: readonly (readonly [string, readonly Step[], Pulse])[] = [
    ['beats with each sign', looks(0, 30).flatMap((look) => [look, { sign: 0 }]), 'beating'],
    ['beats while silence is short', [{ sign: 0 }, ...looks(0, 4)], 'beating'],
    ['is silent before it is given up', [{ sign: 0 }, ...looks(0, 5)], 'silent'],
    ['beats again after a sign', [{ sign: 0 }, ...looks(0, 9), { sign: 9.5 }, ...looks(10, 10)], 'beating'],
    ['hangs in the end', [{ sign: 0 }, ...looks(0, 10)], 'hung'],
    ['is given longer to start', looks(0, 19), 'beating'],
    ['hangs when it never starts', looks(0, 20), 'hung'],
    ['forgives a night’s sleep', [{ sign: 0 }, ...looks(0, 9), ...looks(30_000, 30_004)], 'beating'],
    ['hangs after the sleep too', [{ sign: 0 }, ...looks(0, 9), ...looks(30_000, 30_010)], 'hung'],
    [
      'forgives a machine without time',
      [{ sign: 0 }, ...Array.from({ length: 50 }, (_, index) => ({ look: index * 2.6 }))],
      'beating',
    ],
    ['waits for a debugger', [{ sign: 0, debugged: true }, ...looks(0, 500)], 'paused'],
    [
      'hangs once the debugger is closed',
      [{ sign: 0, debugged: true }, ...looks(0, 50), { sign: 50, debugged: false }, ...looks(51, 61)],
      'hung',
    ],
    [
      'knows of the debugger although other signs say nothing',
      [{ sign: 0, debugged: true }, { sign: 1 }, ...looks(1, 60)],
      'paused',
    ],
  ];
  for (const [name, steps, expected] of cases) it(name, () => assert.equal(lastPulse(steps), expected));

  it('knows nothing of the server before', () => {
    const heart = new Heartbeat(limits);
    heart.sign(true);
    for (let second = 0; second < 60; second += 1) heart.look(second * 1_000);
    heart.begin();
    assert.equal(heart.look(100_000), 'beating');
    heart.sign();
    for (let second = 101; second < 110; second += 1) heart.look(second * 1_000);
    assert.equal(heart.look(110_000), 'hung');
  });
});
