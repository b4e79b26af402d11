import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { isAlive, thisProcess } from './owner.ts';

describe('the owner of a journal', () => {
  it('is alive as long as its process is', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)']);
    const owner = { ...thisProcess(), pid: child.pid ?? 0, started: startedOf(child.pid) };
    assert.equal(isAlive(thisProcess()), true);
    assert.equal(isAlive(owner), true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(isAlive(owner), false);
  });

  it('is another when its number was given again', () => {
    assert.equal(isAlive({ pid: process.pid, started: '1' }), process.platform !== 'linux');
  });

  it('is dead when nobody has looked at its end', async function () {
    // Only Linux tells of ended processes by files.
    if (process.platform !== 'linux') this.skip();
    const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const [text] = (await once(parent.stdout, 'data')) as [Buffer];
      const owner = { pid: Number(text.toString()), started: startedOf(Number(text.toString())) };
      assert.equal(isAlive(owner), true);
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(process.kill(owner.pid, 0), true);
      assert.equal(isAlive(owner), false);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});

function startedOf(pid: number | undefined): string {
  return process.platform === 'linux'
    ? (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? '')
    : '';
}
