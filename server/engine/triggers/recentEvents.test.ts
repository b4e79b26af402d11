import assert from 'node:assert/strict';
import { VirtualClock } from '../../test/virtualClock.ts';
import type { EventName, Origin } from '../rules/rule.ts';
import type { FileEvent } from './fileEvent.ts';
import { RecentEvents } from './recentEvents.ts';

/** `ms`: since the step before; `typing` is none of the events. */
interface Step {
  readonly ms: number;
  readonly name: EventName | 'typing';
  readonly origin?: Origin;
  readonly before?: string;
  readonly path?: string;
  readonly bulk?: boolean;
}

/** What the last event comes to for a rule that waits for so long. */
function play(quietMs: number, steps: readonly Step[]): FileEvent | undefined {
  const clock = new VirtualClock();
  const recent = new RecentEvents(clock);
  let last: FileEvent | undefined;
  for (const { ms, name, origin = 'user', path = 'a.ts', ...rest } of steps) {
    clock.advance(ms);
    if (name === 'typing') recent.touch('/w', path);
    else {
      last = { root: '/w', path, name, origin, depth: 0, ...rest };
      recent.note(last);
    }
  }
  return last && recent.merge(last, quietMs);
}

describe('the recent events of a file', () => {
  for (const [what, quietMs, steps, names, origin] of [
    ['one event', 200, [{ ms: 0, name: 'save' }], undefined, 'user'],
    [
      'two in one quiet period',
      200,
      [
        { ms: 0, name: 'create' },
        { ms: 100, name: 'save' },
      ],
      'create save',
      'user',
    ],
    [
      'two further apart',
      200,
      [
        { ms: 0, name: 'create' },
        { ms: 200, name: 'save' },
      ],
      undefined,
      'user',
    ],
    [
      'the same twice',
      200,
      [
        { ms: 0, name: 'save' },
        { ms: 50, name: 'save' },
      ],
      'save',
      'user',
    ],
    [
      'the strongest origin',
      200,
      [
        { ms: 0, name: 'save' },
        { ms: 50, name: 'save', origin: 'disk' },
      ],
      'save',
      'user',
    ],
    [
      'a quiet period that typing prolongs',
      200,
      [
        { ms: 0, name: 'create' },
        { ms: 150, name: 'typing' },
        { ms: 150, name: 'typing' },
        { ms: 150, name: 'save' },
      ],
      'create save',
      'user',
    ],
    [
      'a quiet period that typing came too late for',
      200,
      [
        { ms: 0, name: 'create' },
        { ms: 250, name: 'typing' },
        { ms: 50, name: 'save' },
      ],
      undefined,
      'user',
    ],
    [
      'another file',
      200,
      [
        { ms: 0, name: 'create', path: 'b.ts' },
        { ms: 10, name: 'save' },
      ],
      undefined,
      'user',
    ],
    [
      'a file that was saved and deleted',
      200,
      [
        { ms: 0, name: 'save' },
        { ms: 10, name: 'delete', origin: 'disk' },
      ],
      'delete',
      'disk',
    ],
    [
      'a file that another program replaced',
      200,
      [
        { ms: 0, name: 'delete', origin: 'disk' },
        { ms: 10, name: 'create', origin: 'disk' },
      ],
      'create',
      'disk',
    ],
    [
      'a rule that does not wait',
      0,
      [
        { ms: 0, name: 'create' },
        { ms: 0, name: 'save' },
      ],
      undefined,
      'user',
    ],
  ] as const satisfies readonly (readonly [string, number, readonly Step[], string | undefined, Origin])[]) {
    it(`are merged for ${what}`, () => {
      const merged = play(quietMs, steps);
      assert.deepEqual([merged?.names?.join(' '), merged?.origin], [names, origin]);
    });
  }

  it('keep the text before the first of them', () => {
    const merged = play(200, [
      { ms: 0, name: 'save', before: 'one' },
      { ms: 10, name: 'save', before: 'two' },
    ]);
    assert.equal(merged?.before, 'one');
  });

  it('are forgotten from the quietest file on where their texts are long', () => {
    const others = (count: number): readonly Step[] =>
      Array.from({ length: count }, (_, at) => ({
        ...{ ms: 0, name: 'save', before: 'x'.repeat(1024 * 1024), path: `${at}.ts` },
      }));
    const first: Step = { ms: 0, name: 'create', path: 'b.ts', before: 'y' };
    const second: Step = { ms: 0, name: 'save', path: 'b.ts' };
    assert.equal(play(200, [first, ...others(3), second])?.names?.join(' '), 'create save');
    assert.equal(play(200, [first, ...others(6), second])?.names, undefined);
  });

  it('are part of a large change only if all of them are', () => {
    const large: Step = { ms: 0, name: 'save', origin: 'disk', bulk: true };
    assert.equal(play(200, [large, large])?.bulk, true);
    assert.equal(play(200, [{ ms: 0, name: 'save' }, large])?.bulk, undefined);
  });

  it('go on when the clock jumps back', () => {
    const merged = play(200, [
      { ms: 0, name: 'create' },
      { ms: -3_600_000, name: 'save' },
    ]);
    assert.equal(merged?.name, 'save');
  });
});
