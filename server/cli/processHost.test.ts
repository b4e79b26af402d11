import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const host = fileURLToPath(new URL('processHost.ts', import.meta.url));
const untilAborted = `await new Promise((resolve) => {
  const alive = setInterval(() => {}, 1000);
  signal.addEventListener('abort', () => { clearInterval(alive); resolve(); });
  output.stdout('ready\\n');
});`;

describe('the process of a command', function () {
  this.timeout(20_000);
  let child: ChildProcessWithoutNullStreams | undefined;
  afterEach(() => child?.kill('SIGKILL'));

  it('ends with the code of its work', async () => {
    assert.deepEqual(await ended(start(`output.stdout('out\\n'); output.stderr('err\\n'); return 3;`)), {
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`lets its work end by itself on ${name}`, async () => {
      const running = start(`${untilAborted} output.stdout('cleaned up\\n'); return 130;`);
      await once(running.stdout, 'data');
      running.kill(name);
      const { code, stdout, stderr } = await ended(running);
      assert.deepEqual([code, stdout], [130, 'cleaned up\n']);
      assert.equal(stderr.includes('Ctrl+C again'), name === 'SIGINT');
    });
  }

  it('ends at once on the second signal, though its work hangs', async () => {
    const running = start(
      `setInterval(() => {}, 1000); output.stdout('ready\\n'); await new Promise(() => {});`,
    );
    await once(running.stdout, 'data');
    running.kill('SIGINT');
    await once(running.stderr, 'data');
    running.kill('SIGINT');
    assert.equal((await ended(running)).code, 130);
  });

  it('is not disturbed by a reader that goes away', async () => {
    const running = start(
      `for (let at = 0; at < 2000; at += 1) { output.stdout('x'.repeat(1000) + '\\n'); await null; } return 0;`,
    );
    await once(running.stdout, 'data');
    running.stdout.destroy();
    const { code, stderr } = await ended(running);
    assert.deepEqual([code, stderr], [0, '']);
  });

  for (const [what, source] of [
    ['an exception that nobody catches', `setTimeout(() => { throw new Error('broken'); }, 1);`],
    ['a rejection that nobody catches', `void Promise.reject(new Error('broken'));`],
  ] as const) {
    it(`stops its work and ends with 2 on ${what}`, async () => {
      const { code, stderr } = await ended(start(`${source} ${untilAborted} return 130;`));
      assert.equal(code, 2);
      assert.match(stderr, /a fault of Codegen Lab: broken/);
    });
  }

  it('does not wait for what its work left open', async () => {
    const { code } = await ended(start(`setInterval(() => {}, 1000); return 1;`));
    assert.equal(code, 1);
  });

  function start(work: string): ChildProcessWithoutNullStreams {
    const source = `import { runAsProcess } from ${JSON.stringify(host)};
      await runAsProcess(async (output, signal) => { ${work} });`;
    child = spawn(process.execPath, ['--input-type=module', '--no-warnings', '-e', source]);
    return child;
  }
});

async function ended(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
