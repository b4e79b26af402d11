import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { eventually, findProcesses } from './watchProcesses.ts';

describe('findProcesses', () => {
  it('counts a process that has not started its own program yet as its parent', async () => {
    const mark = `watched-${process.pid}`;
    // The shell in parentheses is a copy of the other and waits for its input.
    const script = '( read -r line <&3 ) & echo $!; wait';
    const child = spawn('sh', ['-c', script, mark], { stdio: ['ignore', 'pipe', 'ignore', 'pipe'] });
    try {
      assert.ok(child.stdout);
      const copy = await readNumber(child.stdout);
      assert.equal(commandLine(copy), commandLine(child.pid ?? 0));
      assert.deepEqual(findProcesses(mark), [child.pid]);
    } finally {
      child.stdio[3]?.destroy();
      await once(child, 'close');
    }
    assert.deepEqual(findProcesses(mark), []);
  });

  it('counts children with a command line of their own', async () => {
    const mark = `watched-children-${process.pid}`;
    const child = spawn('sh', ['-c', 'sh -c "read -r line <&3; exit" "$0" "own" & echo $!; wait', mark], {
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    });
    try {
      assert.ok(child.stdout);
      const other = await readNumber(child.stdout);
      await eventually(() => assert.deepEqual(new Set(findProcesses(mark)), new Set([child.pid, other])));
    } finally {
      child.stdio[3]?.destroy();
      await once(child, 'close');
    }
  });
});

function readNumber(stream: Readable): Promise<number> {
  return new Promise((resolve) => stream.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))));
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}
