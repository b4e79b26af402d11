import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerWith } from '../../server/test/fakeModelServer/fakeReply.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
  type FakeScript,
} from '../../server/test/fakeModelServer/fakeModelServer.ts';
import { buildBundles } from '../buildBundles.ts';

const root = join(import.meta.dirname, '..', '..');
const sample = join(root, 'test-fixtures', 'workspaces', 'sample');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

const testFile = 'test/duration.generated.test.js';
const newTest = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../src/duration.js';

test('writes nothing as no milliseconds', () => {
  assert.equal(formatDuration(0), '0ms');
});
`;
const usage = { input: 700, output: 90 };
const goodAnswer = answerWith(`${testFile}\n\`\`\`js\n${newTest}\`\`\`\n`, { usage });
const run = ['run', '--rule', 'generate-tests', 'src/duration.js'];
const ask = ['--model', 'vllm/some-model'];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the built command line', function () {
  this.timeout(90_000);
  const dist = join(root, 'out', 'command-line-test');
  let home: string;
  let workspace: string;
  let server: FakeModelServer | undefined;

  before(() => buildBundles({ root, outdir: dist, quiet: true }));
  after(() => rmSync(dist, { recursive: true, force: true }));

  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-home-')));
    workspace = join(home, 'project');
    cpSync(sample, workspace, { recursive: true });
    execFileSync('git', ['init', '-q'], { cwd: workspace });
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    rmSync(home, { recursive: true, force: true });
  });

  for (const node of new Set([process.execPath, systemNode])) {
    describe(`on ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`, () => {
      it('tells its version, from both entries', async () => {
        assert.deepEqual(await start(['--version'], { node }).ended, {
          code: 0,
          stdout: `${version}\n`,
          stderr: '',
        });
        const control = await start(['--version'], { node, entry: 'clctl' }).ended;
        assert.equal(control.stdout, `${version}\n`);
      });

      it('refuses what it does not understand with 2', async () => {
        for (const words of [
          [],
          ['chekc'],
          ['check', 'gone.js'],
          ['run', 'src/duration.js'],
          ['run', '--rule', 'x', 'src/duration.js'],
        ]) {
          const { code, stdout, stderr } = await start(words, { node }).ended;
          assert.deepEqual([code, stdout], [2, ''], stderr);
          assert.match(stderr, /^codegen-lab: .*\nSee codegen-lab .*--help\.\n$/);
        }
      });

      it('refuses a bad variable with 2 and names it', async () => {
        const { code, stderr } = await start(['check'], {
          node,
          env: { CODEGEN_LAB_CONFIG_LIMITS_ATTEMPTS: 'many' },
        }).ended;
        assert.equal(code, 2);
        assert.match(stderr, /CODEGEN_LAB_CONFIG_LIMITS_ATTEMPTS must be/);
      });

      it('checks a folder, and finds what a rule forbids', async () => {
        assert.deepEqual(await start(['check'], { node }).ended, {
          code: 0,
          stdout: 'No problems.\n',
          stderr: '',
        });
        writeFileSync(join(workspace, 'src', 'loud.js'), 'export const a = 1;\nconsole.log(a);\n');
        const { code, stdout } = await start(['check', '--json'], { node }).ended;
        const findings = JSON.parse(stdout) as {
          path: string;
          range: { start: { line: number } };
          severity: string;
        }[];
        assert.deepEqual(
          findings.map(({ path, range, severity }) => [path, range.start.line, severity]),
          [['src/loud.js', 1, 'error']],
        );
        assert.equal(code, 1);
        assert.equal((await start(['check', 'src/duration.js'], { node }).ended).code, 0);
      });

      it('lists rules and models', async () => {
        const rules = await start(['rules'], { node, entry: 'clctl' }).ended;
        assert.match(
          rules.stdout,
          /^generate-tests +autoAttached +\.cursor\/rules\/generate-tests\.mdc +active/m,
        );
        const key = 'sk-very-secret-key-of-a-person';
        const models = await start(['models'], { node, entry: 'clctl', env: { OPENAI_API_KEY: key } }).ended;
        assert.match(models.stdout, /openai +present/);
        assert.match(models.stdout, /anthropic +missing \(ANTHROPIC_API_KEY\)/);
        assert.ok(!models.stdout.includes(key));
      });

      it('runs nothing in a folder that is not trusted, and says how to trust it', async () => {
        const asked = await startServer([goodAnswer]);
        const ruled = await start([...run, ...ask, '--base-url', asked.openaiUrl], { node }).ended;
        assert.equal(ruled.code, 3, ruled.stderr);
        assert.match(ruled.stderr, /trust\.missing/);
        const tested = await start(['test'], { node }).ended;
        assert.equal(tested.code, 3, tested.stderr);
        assert.match(tested.stdout, /--trust/);
        assert.equal(asked.requests.length, 0);
      });

      it('proves an answer, prints it as a patch and writes nothing', async () => {
        const { openaiUrl } = await startServer([goodAnswer]);
        const ended = await start([...run, ...ask, '--base-url', openaiUrl, '--trust'], { node }).ended;
        assert.equal(ended.code, 0, ended.stderr);
        assert.ok(!existsSync(join(workspace, testFile)));
        execFileSync('git', ['apply', '-'], { cwd: workspace, input: ended.stdout });
        assert.equal(readFileSync(join(workspace, testFile), 'utf8'), newTest);
        assert.match(ended.stderr, /Asked the model/);
        assert.match(ended.stderr, /Tests +before 2 passed, 0 failed; after 3 passed, 0 failed/);
      });

      it('lands a proven answer with --apply, and keeps the run in its journal', async () => {
        const { openaiUrl } = await startServer([goodAnswer]);
        const ended = await start([...run, ...ask, '--base-url', openaiUrl, '--trust', '--apply', '--json'], {
          node,
        }).ended;
        assert.equal(ended.code, 0, ended.stderr);
        const document = JSON.parse(ended.stdout) as {
          run: string;
          outcome: string;
          cost: unknown;
          files: { change: string }[];
        };
        assert.deepEqual(
          [document.outcome, document.cost, document.files.map((file) => file.change)],
          ['landed', 'unknown', ['create']],
        );
        assert.equal(readFileSync(join(workspace, testFile), 'utf8'), newTest);
        const log = await start(['log', document.run, '--json'], { node, entry: 'clctl' }).ended;
        assert.equal((JSON.parse(log.stdout) as { state: string }).state, 'landed');
        const tested = await start(['test', '--trust', '--json'], { node }).ended;
        assert.equal(tested.code, 0, tested.stderr);
        assert.equal((JSON.parse(tested.stdout) as { counts: { passed: number } }).counts.passed, 3);
      });
    });
  }

  it('shows red tests with their places and ends with 1', async () => {
    writeFileSync(join(workspace, 'test', 'red.test.js'), newTest.replace("'0ms'", "'1ms'"));
    const { code, stdout } = await start(['test', 'test/red.test.js', '--trust']).ended;
    assert.equal(code, 1);
    assert.match(stdout, /^FAIL writes nothing as no milliseconds\n {5}test\/red\.test\.js:6\n/m);
    assert.match(stdout, /0 passed, 1 failed/);
  });

  it('records what a model answers and replays it without asking', async () => {
    const { openaiUrl } = await startServer([goodAnswer]);
    const words = [...run, ...ask, '--base-url', openaiUrl, '--trust'];
    assert.equal((await start([...words, '--record', 'kept']).ended).code, 0);
    assert.equal(readdirSync(join(workspace, 'kept')).length, 1);
    await server?.close();
    server = undefined;
    const replayed = await start([...words, '--replay', 'kept', '--json']).ended;
    assert.equal((JSON.parse(replayed.stdout) as { outcome: string }).outcome, 'proposed', replayed.stderr);
  });

  it('ends with 1 when a model cannot be reached, and leaves the files whole', async () => {
    const { openaiUrl } = await startServer([]);
    await server?.close();
    const before = execFileSync('git', ['status', '--porcelain'], { cwd: workspace, encoding: 'utf8' });
    const { code, stdout, stderr } = await start([...run, ...ask, '--base-url', openaiUrl, '--trust']).ended;
    assert.deepEqual([code, stdout], [1, ''], stderr);
    assert.match(stderr, /model\.unreachable/);
    assert.equal(
      execFileSync('git', ['status', '--porcelain'], { cwd: workspace, encoding: 'utf8' }),
      before,
    );
  });

  it('stops on Ctrl+C with 130 while a model answers, and leaves nothing behind', async () => {
    const stalled = answerWith('x'.repeat(500), { delivery: { cut: { atByte: 200, how: 'stall' } } });
    const asked = await startServer([stalled]);
    const running = start([...run, ...ask, '--base-url', asked.openaiUrl, '--trust', '--json']);
    await until(() => asked.requests.length > 0);
    running.kill('SIGINT');
    const { code, stdout } = await running.ended;
    assert.equal(code, 130);
    assert.equal((JSON.parse(stdout) as { outcome: string }).outcome, 'cancelled');
  });

  it('stops on a signal while tests hang, and takes their processes along', async () => {
    writeFileSync(
      join(workspace, 'test', 'hang.test.js'),
      `import { test } from 'node:test';\nimport { writeFileSync } from 'node:fs';\nwriteFileSync('pid', String(process.pid));\ntest('hangs', () => new Promise(() => { setInterval(() => {}, 1000); }));\n`,
    );
    const running = start(['test', 'test/hang.test.js', '--trust']);
    await until(
      () => existsSync(join(workspace, 'pid')) && readFileSync(join(workspace, 'pid'), 'utf8') !== '',
    );
    running.kill('SIGTERM');
    assert.equal((await running.ended).code, 130);
    const pid = Number(readFileSync(join(workspace, 'pid'), 'utf8'));
    assert.ok(!isRunning(pid));
  });

  function start(
    words: readonly string[],
    {
      node = process.execPath,
      entry = 'cli',
      env = {},
    }: { node?: string; entry?: 'cli' | 'clctl'; env?: Record<string, string> } = {},
  ): { readonly ended: Promise<Ended>; kill(signal: NodeJS.Signals): void } {
    const child = spawn(node, [join(dist, `${entry}.cjs`), ...words], {
      cwd: workspace,
      env: { PATH: process.env['PATH'], HOME: home, CODEGEN_LAB_STORAGE: join(home, 'storage'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
    return { ended, kill: (signal) => void child.kill(signal) };
  }

  async function startServer(script: FakeScript): Promise<FakeModelServer> {
    server = await startFakeModelServer(script);
    return server;
  }
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !holds(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(holds(), 'what was waited for did not happen');
}

/** A process that ended counts as gone, though whoever inherited it has not taken note of its end. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
