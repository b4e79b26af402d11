import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { beat } from '../../server/protocol/requests.ts';
import { ServerWatch } from './serverWatch.ts';

/** A process that only waits; what it "sends" is said by the test. */
function idle(): ChildProcess {
  return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
}

describe('ServerWatch', function () {
  this.timeout(20_000);
  let child: ChildProcess;
  let now = 0;
  let told: string[] = [];
  let look: () => void;

  const watch = new ServerWatch(
    {
      onPulse: (isSilent) => told.push(isSilent ? 'silent' : 'beating'),
      onHung: (seconds) => told.push(`hung ${seconds}`),
      onFault: (error) => assert.fail(String(error)),
    },
    {
      now: () => now,
      everySecond: (work) => {
        look = work;
        return () => undefined;
      },
    },
  );
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) {
      now += 1_000;
      look();
    }
  };

  beforeEach(() => {
    child = idle();
    told = [];
    watch.start(() => child);
    look();
    child.emit('message', { method: 'anything' });
  });
  afterEach(() => {
    watch.stop();
    child.kill('SIGKILL');
  });

  it('ends a server that hangs, and tells once how long it had been silent', async () => {
    const closed = once(child, 'close');
    pass(9);
    assert.deepEqual(told.slice(-2), ['silent', 'silent']);
    pass(1);
    await closed;
    pass(3);
    assert.equal(told.filter((line) => line.startsWith('hung')).join(), 'hung 10');
    assert.deepEqual(
      [child.signalCode, watch.endedAfterSeconds(), watch.endedAfterSeconds()],
      ['SIGKILL', 10, undefined],
    );
  });

  it('takes whatever is sent for a sign of life', () => {
    for (let round = 0; round < 5; round += 1) {
      pass(9);
      child.emit('message', { id: 1, result: null });
    }
    pass(1);
    assert.deepEqual([told.at(-1), told.some((line) => line.startsWith('hung'))], ['beating', false]);
  });

  it('leaves a server alone that a debugger holds', () => {
    child.emit('message', { method: beat.method, params: { debugged: true } });
    pass(100);
    assert.deepEqual([...new Set(told)], ['beating']);
    child.emit('message', { method: beat.method, params: { debugged: false } });
    pass(6);
    assert.equal(told.at(-1), 'silent');
  });

  it('watches the next server anew', () => {
    pass(9);
    const first = child;
    child = idle();
    pass(9);
    assert.ok(!told.some((line) => line.startsWith('hung')), told.join());
    assert.equal(first.listenerCount('message'), 0);
    first.kill('SIGKILL');
  });

  it('ends a silent server that is to be stopped, and no other', async () => {
    await watch.endIfSilent();
    assert.equal(child.signalCode, null);
    pass(6);
    const closed = once(child, 'close');
    await watch.endIfSilent();
    await closed;
    assert.deepEqual([child.signalCode, watch.endedAfterSeconds()], ['SIGKILL', undefined]);
  });
});
