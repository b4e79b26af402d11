import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { endProcessTree } from './endProcessTree.ts';

/** Starts a child in a session of its own that heeds no request to end, and tells its id. */
const parent = `
const { spawn } = require('node:child_process');
const child = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], {
  detached: true, stdio: 'ignore',
});
child.on('spawn', () => process.stdout.write(String(child.pid) + '\\n'));
setInterval(() => {}, 1000);
`;

/** One that has ended counts as gone, whether or not somebody took notice of it. */
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^ZX\s]/u.test(stdout.trim());
}

describe('endProcessTree', function () {
  this.timeout(20_000);

  it('ends a stopped process, and what it started in another session', async function () {
    if (process.platform === 'win32') this.skip();
    const started = spawn(process.execPath, ['-e', parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const told: unknown = await once(started.stdout, 'data');
    const child = Number(String(told));
    const { pid } = started;
    assert.ok(pid !== undefined && isAlive(child));
    const closed = once(started, 'close');
    process.kill(pid, 'SIGSTOP');
    await endProcessTree(pid);
    await closed;
    assert.deepEqual([started.signalCode, isAlive(child)], ['SIGKILL', false]);
    await endProcessTree(pid);
  });
});
