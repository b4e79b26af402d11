import assert from 'node:assert/strict';
import type { Clock } from '../ports/clock.ts';
import { VirtualClock } from '../../test/virtualClock.ts';
import { FiringQueue, type QueuedFiring } from './firingQueue.ts';

/** A clock whose sleepers wake when the test says so. */
function createManualClock(): Clock & { wakeAll(): Promise<void> } {
  const sleepers: (() => void)[] = [];
  return {
    now: () => 0,
    sleep: () => new Promise((resolve) => sleepers.push(resolve)),
    async wakeAll() {
      for (const wake of sleepers.splice(0)) wake();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

function createFiring(
  log: string[],
  key: string,
  name: string,
): { firing: QueuedFiring; finish: () => void } {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const firing: QueuedFiring = {
    key,
    ruleId: key,
    file: key,
    origin: 'user',
    shown: { run: name, folder: '/w', rule: key, file: 'a.ts', event: 'save' },
    priority: 0,
    debounceMs: 200,
    start: () => {
      log.push(`start ${name}`);
      return done;
    },
    decideAnew: () => log.push(`anew ${name}`),
    supersede: () => log.push(`stop ${name}`),
  };
  return { firing, finish };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the firing queue', () => {
  it('lets the last save of a burst fire alone', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 4);
    for (const name of ['1', '2', '3']) queue.add(createFiring(log, 'rule file', name).firing);
    await clock.wakeAll();
    assert.deepEqual(log, ['stop 1', 'stop 2', 'start 3']);
  });

  it('runs at most as many as its limit, and the rest in order', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 2);
    const firings = ['a', 'b', 'c'].map((key) => createFiring(log, key, key));
    for (const { firing } of firings) queue.add(firing);
    await clock.wakeAll();
    assert.deepEqual(log, ['start a', 'start b']);
    firings[0]?.finish();
    await settle();
    assert.deepEqual(log, ['start a', 'start b', 'start c']);
  });

  it('stops what runs when a newer save fires the same rule on the same file', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 2);
    const first = createFiring(log, 'a', 'old');
    queue.add(first.firing);
    await clock.wakeAll();
    queue.add(createFiring(log, 'a', 'new').firing);
    first.finish();
    await clock.wakeAll();
    await settle();
    assert.deepEqual(log, ['start old', 'stop old', 'start new']);
  });

  it('lets others run while a firing waits for a person, and lets it go on before what has not begun', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 1);
    let answer = (_allowed: boolean): void => undefined;
    const asking: QueuedFiring = {
      ...createFiring(log, 'a', 'a').firing,
      start: async (place) => {
        log.push('ask a');
        const allowed = await place.lend(() => new Promise<boolean>((resolve) => (answer = resolve)));
        log.push(`a goes on: ${allowed}`);
      },
    };
    queue.add(asking);
    const [second, third] = ['b', 'c'].map((key) => createFiring(log, key, key));
    for (const added of [second, third]) if (added) queue.add(added.firing);
    await clock.wakeAll();
    assert.deepEqual(log, ['ask a', 'start b']);
    answer(true);
    await settle();
    assert.deepEqual(log, ['ask a', 'start b']);
    second?.finish();
    await settle();
    assert.deepEqual(log, ['ask a', 'start b', 'a goes on: true', 'start c']);
  });

  it('runs the firings of one file one after the other, and those of others beside them', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 4);
    const [first, second, other] = ['a', 'b', 'c'].map((key) => createFiring(log, key, key));
    for (const added of [first, second]) if (added) queue.add({ ...added.firing, file: 'one' });
    if (other) queue.add({ ...other.firing, file: 'other' });
    await clock.wakeAll();
    assert.deepEqual(log, ['start a', 'start c']);
    first?.finish();
    await settle();
    assert.deepEqual(log, ['start a', 'start c', 'start b']);
  });

  it('starts what has a higher priority first', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 1);
    const firings = [0, 5, 0, 9].map((priority, index) => ({
      ...createFiring(log, `${index}`, `${priority}`),
      priority,
    }));
    const [running, ...waiting] = firings;
    if (running) queue.add(running.firing);
    await clock.wakeAll();
    for (const { firing, priority } of waiting) queue.add({ ...firing, priority });
    await clock.wakeAll();
    for (const { finish } of firings) {
      finish();
      await settle();
    }
    assert.deepEqual(log, ['start 0', 'start 9', 'start 5', 'start 0']);
  });

  it('waits anew for quiet when somebody types, and only in that file', async () => {
    const log: string[] = [];
    const clock = new VirtualClock();
    const queue = new FiringQueue(clock, 4);
    for (const key of ['a', 'b']) queue.add(createFiring(log, key, key).firing);
    for (const typed of ['a', 'a', 'c']) {
      clock.advance(150);
      queue.touch(typed);
      await settle();
    }
    assert.deepEqual(log, ['start b']);
    clock.advance(50);
    await settle();
    assert.deepEqual(log, ['start b', 'start a']);
  });

  it('begins nothing of a file while something is under way that may concern it', async () => {
    const log: string[] = [];
    const clock = new VirtualClock();
    const queue = new FiringQueue(clock, 4);
    let end = (): void => undefined;
    const held = queue.hold('a', () => new Promise<void>((resolve) => (end = resolve)));
    for (const key of ['a', 'b']) queue.add(createFiring(log, key, key).firing);
    const pass = async (): Promise<void> => {
      clock.advance(200);
      await settle();
    };
    await pass();
    assert.deepEqual(log, ['start b']);
    end();
    await held;
    await pass();
    assert.deepEqual(log, ['start b', 'start a']);
  });

  it('tells what runs, what may start next and what waits for quiet', async () => {
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 1);
    for (const key of ['a', 'b']) queue.add(createFiring([], key, key).firing);
    await clock.wakeAll();
    queue.add(createFiring([], 'c', 'c').firing);
    assert.deepEqual(
      queue.list().map(({ run, state }) => `${run} ${state}`),
      ['a running', 'b ready', 'c quiet'],
    );
  });

  it('drops what was chosen and has not begun', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 1);
    for (const key of ['a', 'b', 'c']) queue.add(createFiring(log, key, key).firing);
    await clock.wakeAll();
    queue.drop(({ key }) => key !== 'c');
    assert.deepEqual(log, ['start a', 'stop b']);
  });

  it('ends what waits when all is dropped, and starts nothing of it', async () => {
    const log: string[] = [];
    const clock = createManualClock();
    const queue = new FiringQueue(clock, 2);
    queue.add(createFiring(log, 'a', 'a').firing);
    queue.drop(() => true);
    await clock.wakeAll();
    assert.deepEqual(log, ['stop a']);
  });
});
