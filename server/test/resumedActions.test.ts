import assert from 'node:assert/strict';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { RunningEngine } from '../engine/engine.ts';
import type { RunView } from '../protocol/viewState.ts';
import { nodeCommand, ruleOf, withRule } from './actionSlice.ts';
import { neverAborted, type Slice } from './sliceWorkspace.ts';

const commandLine = new URL('../cli/main.ts', import.meta.url).href;
const count = (name: string): string =>
  `const fs = require("fs"); fs.appendFileSync(${JSON.stringify(name)}, "x");`;
const hang = `${count('second')} if (!fs.existsSync("go")) setInterval(() => { if (fs.existsSync("go")) process.exit(); }, 50)`;

function chain(...keys: readonly string[]): string {
  return ruleOf(
    '- id: first',
    '  type: run',
    `  ${nodeCommand(`${count('first')} console.log("told by first")`)}`,
    '- id: second',
    '  type: run',
    ...keys.map((key) => `  ${key}`),
    `  ${nodeCommand(hang)}`,
    '- id: third',
    '  type: run',
    `  ${nodeCommand(`${count('third')} fs.writeFileSync("told", process.argv[1])`, '{testOutput}')}`,
  );
}

/** Runs the rule from the command line and kills that in the middle of the second action. */
async function killInSecond(slice: Slice): Promise<void> {
  const words = ['run', '--rule', 'act', 'src/a.js', '--trust'];
  const script = `import(${JSON.stringify(commandLine)}).then((line) => line.start())`;
  const argv = ['--no-warnings', '-e', script, '--', 'codegen-lab', ...words];
  const env = { ...process.env, CODEGEN_LAB_STORAGE: join(slice.home, 'storage') };
  const running = spawn(process.execPath, argv, { cwd: slice.root, env, stdio: 'ignore' });
  const ended = once(running, 'exit');
  while (slice.read('second') === undefined) await delay(20);
  running.kill('SIGKILL');
  await ended;
  slice.write('go', '');
  for (const { ruleId, ruleHash } of slice.running.engine.approvals())
    await slice.running.engine.approve(slice.root, [{ ruleId, ruleHash }], true);
}

async function lastRun({ engine }: RunningEngine, isIt: (run: RunView) => boolean): Promise<RunView> {
  for (;;) {
    const found = engine.viewState().runs.find(isIt);
    if (found?.phase === 'finished') return found;
    await delay(20);
  }
}

describe('a chain that was cut short', function () {
  this.timeout(60_000);
  const interactive = { interactive: true } as const;

  it('is shown as interrupted in its command, which is not repeated by itself', () =>
    withRule(
      chain(),
      async (slice) => {
        await killInSecond(slice);
        const again = await slice.restart();
        const run = await lastRun(again, ({ code }) => code?.startsWith('interrupted') === true);
        assert.equal(run.code, 'interrupted.in-command');
        assert.match(run.message, /not repeated/u);
        await delay(300);
        assert.deepEqual([slice.read('first'), slice.read('second')], ['x', 'x']);
      },
      interactive,
    ));

  it('goes on when a person resumes it, once, without what was acknowledged', () =>
    withRule(
      chain(),
      async (slice) => {
        await killInSecond(slice);
        const again = await slice.restart();
        const cut = await lastRun(again, ({ code }) => code === 'interrupted.in-command');
        const resumed = await again.engine.resumeRun(slice.root, cut.run, neverAborted);
        assert.ok('run' in resumed, JSON.stringify(resumed));
        const run = await lastRun(again, (each) => each.run === resumed.run);
        assert.deepEqual([run.outcome, run.code], ['unchanged', 'ok'], run.message);
        assert.deepEqual([slice.read('first'), slice.read('second'), slice.read('third')], ['x', 'xx', 'x']);
        assert.deepEqual(
          run.actions.map(({ action, result }) => [action, result]),
          [
            ['first', 'succeeded'],
            ['second', 'succeeded'],
            ['third', 'succeeded'],
          ],
        );
        const twice = await again.engine.resumeRun(slice.root, cut.run, neverAborted);
        assert.ok('refused' in twice);
      },
      interactive,
    ));

  it('goes on by itself when its command may be repeated', () =>
    withRule(
      chain('idempotent: true'),
      async (slice) => {
        await killInSecond(slice);
        const again = await slice.restart();
        const run = await lastRun(again, ({ code }) => code === 'ok');
        assert.deepEqual([slice.read('first'), slice.read('second'), slice.read('third')], ['x', 'xx', 'x']);
        assert.match(run.timeline[0]?.label ?? '', /goes on/u);
      },
      interactive,
    ));

  it('is not resumed under a rule that says something else now', () =>
    withRule(
      chain(),
      async (slice) => {
        await killInSecond(slice);
        slice.write('.cursor/rules/act.mdc', chain('timeout: 1m'));
        const again = await slice.restart();
        const cut = await lastRun(again, ({ code }) => code === 'interrupted.in-command');
        const resumed = await again.engine.resumeRun(slice.root, cut.run, neverAborted);
        assert.ok('refused' in resumed && /has changed/u.test(resumed.refused));
      },
      interactive,
    ));
});
