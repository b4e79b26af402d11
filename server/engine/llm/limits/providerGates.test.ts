import assert from 'node:assert/strict';
import fc from 'fast-check';
import { VirtualClock } from '../../../test/virtualClock.ts';
import type { GateAnswer, GateLimits, GateResult } from './gate.ts';
import { ProviderGates } from './providerGates.ts';

const neverAborted = new AbortController().signal;
const start = new VirtualClock().now();

interface Passed {
  readonly key: string;
  readonly tokens: number;
  readonly at: number;
}

class Scene {
  readonly clock = new VirtualClock();
  readonly gates = new ProviderGates(this.clock);
  readonly passed: Passed[] = [];
  most = 0;
  #running = 0;

  async call(
    key: string,
    limits: GateLimits,
    { ms = 10, tokens = 1, result = { health: 'worked' } as GateResult, waitMs = 10_000_000 } = {},
  ): Promise<GateAnswer> {
    const answer = await this.gates.enter({ provider: 'p', key, tokens, limits, waitMs }, neverAborted);
    if (answer.kind !== 'entered') return answer;
    this.passed.push({ key, tokens, at: this.clock.now() - start });
    this.#running += 1;
    this.most = Math.max(this.most, this.#running);
    await this.clock.sleep(ms, neverAborted);
    this.#running -= 1;
    answer.leave(result);
    answer.leave({ health: 'failed' });
    return answer;
  }

  /** Fails so often that the provider is left alone. */
  async fail(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1)
      await this.clock.run(this.call('a', { concurrency: 1 }, { result: { health: 'failed' } }));
  }
}

describe('the gate of a provider', () => {
  it('lets 200 parallel calls through 4 at a time, in order and by turns', async () => {
    const scene = new Scene();
    const keys = ['greedy', 'greedy', 'greedy', 'modest'];
    const calls = Array.from({ length: 200 }, (_, index) =>
      scene.call(keys[index % 4] ?? '', { concurrency: 4 }),
    );
    await scene.clock.run(Promise.all(calls));
    assert.equal(scene.most, 4);
    assert.equal(scene.passed.length, 200);
    assert.deepEqual(
      scene.passed.map(({ at }) => at),
      scene.passed.map((_, index) => Math.floor(index / 4) * 10),
    );
    // While both wait, each has every second turn.
    const modest = scene.passed.slice(4, 100).filter(({ key }) => key === 'modest').length;
    assert.ok(Math.abs(modest - 48) <= 2, `${modest} of 96 turns`);
  });

  it('never passes a rate, over random calls', async () => {
    const call = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      tokens: fc.integer({ min: 1, max: 40 }),
      ms: fc.integer({ min: 0, max: 30_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 8 }),
        async (calls, concurrency, requestsPerMinute) => {
          const scene = new Scene();
          const limits = { concurrency, requestsPerMinute, tokensPerMinute: 100 };
          await scene.clock.run(Promise.all(calls.map(({ key, ...rest }) => scene.call(key, limits, rest))));
          assert.equal(scene.passed.length, calls.length);
          assert.ok(scene.most <= concurrency);
          for (const { at } of scene.passed) {
            const minute = scene.passed.filter((other) => other.at > at - 60_000 && other.at <= at);
            assert.ok(minute.length <= requestsPerMinute, `${minute.length} requests in a minute`);
            const sum = minute.reduce((total, { tokens }) => total + tokens, 0);
            assert.ok(sum <= 100, `${sum} tokens in a minute`);
          }
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it('counts tokens of a minute by their worst case, then by what they were', async () => {
    const scene = new Scene();
    const limits = { concurrency: 9, tokensPerMinute: 100 };
    const big = scene.call('a', limits, { tokens: 90, ms: 5, result: { health: 'worked', tokens: 20 } });
    const next = scene.call('a', limits, { tokens: 80 });
    await scene.clock.run(Promise.all([big, next]));
    assert.deepEqual(
      scene.passed.map(({ at }) => at),
      [0, 5],
    );
    await scene.clock.run(scene.call('a', limits, { tokens: 500 }));
    assert.ok(
      (scene.passed[2]?.at ?? 0) >= 60_000,
      'one that is larger than the limit waits for an empty minute',
    );
  });

  it('is aborted at once while it waits, and gives its place to nobody', async () => {
    const scene = new Scene();
    const controller = new AbortController();
    const limits = { concurrency: 1 };
    const first = scene.call('a', limits, { ms: 50 });
    const second = scene.gates.enter(
      { provider: 'p', key: 'b', tokens: 1, limits, waitMs: 1000 },
      controller.signal,
    );
    const third = scene.call('c', limits);
    controller.abort();
    assert.deepEqual(await second, { kind: 'aborted' });
    await scene.clock.run(Promise.all([first, third]));
    assert.deepEqual(
      scene.passed.map(({ key }) => key),
      ['a', 'c'],
    );
  });

  for (const [what, leave] of [
    ['is stopped', (stop: AbortController) => stop.abort()],
    ['waits too long', () => undefined],
  ] as const)
    it(`does not keep others waiting for a large call that ${what}`, async () => {
      const scene = new Scene();
      const limits = { concurrency: 4, tokensPerMinute: 100 };
      await scene.clock.run(scene.call('a', limits, { tokens: 50 }));
      const stop = new AbortController();
      const large = scene.gates.enter(
        { provider: 'p', key: 'a', tokens: 90, limits, waitMs: 1000 },
        stop.signal,
      );
      const small = scene.call('b', limits, { tokens: 10 });
      leave(stop);
      await scene.clock.run(Promise.all([large, small]));
      assert.ok((scene.passed[1]?.at ?? Infinity) < 2000, `after ${scene.passed[1]?.at} ms`);
    });

  it('waits no longer than it may where the clock is set back', async () => {
    for (const result of [{ health: 'worked', restMs: 60_000 }, { health: 'worked' }] as const) {
      const scene = new Scene();
      const limits = { concurrency: 1, requestsPerMinute: 1 };
      await scene.clock.run(scene.call('a', limits, { result }));
      scene.clock.advance(-3_600_000);
      const before = scene.clock.now();
      await scene.clock.run(scene.call('a', limits));
      assert.ok(scene.clock.now() - before <= 61_000, `${scene.clock.now() - before} ms`);
    }
  });

  it('says when a turn does not come in time', async () => {
    const scene = new Scene();
    const long = scene.call('a', { concurrency: 1 }, { ms: 5000 });
    const late = scene.call('b', { concurrency: 1 }, { waitMs: 100 });
    assert.deepEqual(await scene.clock.run(late), { kind: 'late' });
    await scene.clock.run(long);
  });

  it('rests as long as the endpoint wishes, and a minute at most', async () => {
    for (const [restMs, at] of [
      [2000, 2010],
      [86_400_000, 60_010],
    ] as const) {
      const scene = new Scene();
      await scene.clock.run(scene.call('a', { concurrency: 2 }, { result: { health: 'worked', restMs } }));
      await scene.clock.run(scene.call('b', { concurrency: 2 }));
      assert.equal(scene.passed[1]?.at, at);
    }
  });
});

describe('the circuit of a provider', () => {
  it('opens after five failures in a row, and not after four', async () => {
    const scene = new Scene();
    let changes = 0;
    scene.gates.onDidChange(() => (changes += 1));
    await scene.fail(4);
    assert.deepEqual(scene.gates.troubled(), []);
    await scene.clock.run(scene.call('a', { concurrency: 1 }));
    await scene.fail(5);
    assert.equal(scene.gates.troubled()[0]?.provider, 'p');
    assert.equal(changes, 1);
    assert.equal((await scene.call('a', { concurrency: 1 })).kind, 'open');
  });

  it('lets one call probe, and all others wait for what it shows', async () => {
    for (const health of ['worked', 'failed'] as const) {
      const scene = new Scene();
      await scene.fail(5);
      scene.clock.advance(30_000);
      const probe = scene.call('a', { concurrency: 4 }, { ms: 100, result: { health } });
      const others = [1, 2, 3].map(() => scene.call('b', { concurrency: 4 }));
      await scene.clock.run(probe);
      const kinds = (await scene.clock.run(Promise.all(others))).map(({ kind }) => kind);
      assert.deepEqual(new Set(kinds), new Set([health === 'worked' ? 'entered' : 'open']));
      assert.equal(scene.gates.troubled().length, health === 'worked' ? 0 : 1);
    }
  });

  it('probes where the clock was set back since it opened', async () => {
    const scene = new Scene();
    await scene.fail(5);
    scene.clock.advance(-3_600_000);
    assert.equal((await scene.clock.run(scene.call('a', { concurrency: 1 }))).kind, 'entered');
  });

  it('stays open twice as long after a failed probe, and probes again after one that was stopped', async () => {
    const scene = new Scene();
    await scene.fail(5);
    scene.clock.advance(30_000);
    await scene.fail(1);
    scene.clock.advance(59_000);
    assert.equal((await scene.call('a', { concurrency: 1 })).kind, 'open');
    scene.clock.advance(1_000);
    await scene.clock.run(scene.call('a', { concurrency: 1 }, { result: { health: 'undecided' } }));
    await scene.clock.run(scene.call('a', { concurrency: 1 }));
    assert.deepEqual(scene.gates.troubled(), []);
  });
});
