import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { resolveTrustedTool } from '../adapters/trustedTool.ts';
import { nodeCommand, ruleOf, runAct, withRule } from './actionSlice.ts';
import type { Firing } from '../engine/engine.ts';
import { neverAborted, type Slice } from './sliceWorkspace.ts';

/** Whether a process of ours with this word in its command line is alive. */
function isAlive(word: string): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/u.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

describe('a rule that runs a command', function () {
  this.timeout(60_000);

  it('asks for an approval first, and runs nothing before', () =>
    withRule(
      ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`),
      async (slice) => {
        const request = { root: slice.root, rule: 'act', path: 'src/a.js' };
        const result = await slice.running.engine.runRule(request, neverAborted);
        assert.deepEqual([result.outcome, result.code], ['refused', 'approval.missing']);
        assert.equal(slice.read('ran'), undefined);
      },
    ));

  it('runs nothing where the workspace is not trusted', () =>
    withRule(
      ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['refused', 'trust.missing']);
        assert.equal(slice.read('ran'), undefined);
      },
      { trusted: false },
    ));

  it('tells in the journal and in the terminal what it did', () =>
    withRule(
      ruleOf(
        '- id: hello',
        '  type: run',
        `  ${nodeCommand('console.log("hi " + process.argv[1])', '{file}')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['unchanged', 'ok'], result.message);
        assert.deepEqual(
          result.view?.actions.map(({ action, kind, result: end }) => [action, kind, end]),
          [['hello', 'run', 'succeeded']],
        );
        assert.ok(slice.terminal.join('').includes('hi src/a.js'));
      },
    ));

  const names: readonly string[] = [
    '$(touch pwn).js',
    ';touch pwn;.js',
    'a b.js',
    '-rf.js',
    'it\'s "x".js',
    'new\nline.js',
    '--config=x.js',
    '`touch pwn`.js',
  ];
  for (const name of names) {
    it(`hands the name ${JSON.stringify(name)} over as one argument, with and without a shell`, () =>
      withRule(
        ruleOf(
          '- type: run',
          `  ${nodeCommand('require("fs").writeFileSync("seen", JSON.stringify(process.argv.slice(1)))', '--', '{file}')}`,
          '- type: run',
          '  shell: true',
          `  command: ${JSON.stringify(`printf '%s\\n' {file} "{file}" '{file}' > shown`)}`,
        ),
        async (slice) => {
          const result = await runAct(slice, name);
          assert.equal(result.outcome, 'unchanged', result.message);
          const shown = name.startsWith('-') ? `./${name}` : name;
          assert.deepEqual(JSON.parse(slice.read('seen') ?? ''), [shown]);
          assert.equal(slice.read('shown'), `${shown}\n`.repeat(3));
          assert.equal(slice.read('pwn'), undefined);
        },
        { files: { [name]: '' } },
      ));
  }

  it('fails with the code that the command ended with', () =>
    withRule(ruleOf('- type: run', `  ${nodeCommand('process.exit(7)')}`), async (slice) => {
      const result = await runAct(slice);
      assert.deepEqual([result.outcome, result.code], ['failed', 'action.failed']);
      assert.match(result.message, /ended with code 7/u);
    }));

  it('names a program that is missing, and where it is installed', () =>
    withRule(
      ruleOf('- type: run', '  command: nonesuch-tool {file}'),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['failed', 'action.no-program']);
        assert.match(result.message, /no program `nonesuch-tool` here\. .*npx nonesuch-tool/u);
      },
      { files: { 'node_modules/.bin/nonesuch-tool': '' } },
    ));

  it('stops a command that hangs, with all that it started', function () {
    if (process.platform !== 'linux') this.skip();
    return withRule(
      ruleOf(
        '- type: run',
        '  timeout: 1s',
        `  ${nodeCommand(
          'require("child_process").spawn(process.execPath, ["-e", "process.on(\'SIGTERM\', () => {}); setInterval(() => {}, 1000)", "stubborn-7321"], { detached: true, stdio: "ignore" }); setInterval(() => {}, 1000)',
          'stubborn-7321',
        )}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['failed', 'action.timed-out'], result.message);
        assert.equal(isAlive('stubborn-7321'), false);
      },
    );
  });

  it('stops with all that it started when the person stops the run', function () {
    if (process.platform !== 'linux') this.skip();
    return withRule(
      ruleOf('- type: run', `  ${nodeCommand('setInterval(() => {}, 1000)', 'stopped-7322')}`),
      async (slice) => {
        const going = runAct(slice);
        while (!isAlive('stopped-7322')) await delay(20);
        await slice.running.engine.stop('all');
        const result = await going;
        assert.equal(result.outcome, 'cancelled');
        assert.equal(isAlive('stopped-7322'), false);
      },
    );
  });

  it('keeps little of an output of a gigabyte', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('const b = Buffer.alloc(1 << 20, "x"); let n = 0; (function go() { while (n++ < 1024) if (!process.stdout.write(b)) return process.stdout.once("drain", go); })()')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', result.message);
        const folder = join(slice.root, '.codegen-lab/journal');
        const largest = Math.max(
          ...readdirSync(folder).map((name) => readFileSync(join(folder, name)).length),
        );
        assert.ok(largest < 100_000, `${largest} bytes`);
        assert.ok(slice.terminal.join('').length < 5_000_000);
      },
    ));

  it('masks secrets in what is kept and shown', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('console.log("key " + "sk-ant-" + "abcdefghijklmnop")', 'sk-ant-abcdefghijklmnop')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        const folder = join(slice.root, '.codegen-lab/journal');
        const kept = readdirSync(folder)
          .map((name) => readFileSync(join(folder, name), 'utf8'))
          .join('');
        for (const text of [kept, slice.terminal.join(''), JSON.stringify(result)]) {
          assert.ok(!text.includes('sk-ant-abcdefghijklmnop'));
        }
        assert.ok(kept.includes('[redacted Anthropic key]'));
      },
    ));

  it('says what a line needs a shell for', () =>
    withRule(ruleOf('- type: run', '  command: node a && node b'), async (slice) => {
      const result = await runAct(slice);
      assert.deepEqual([result.outcome, result.code], ['failed', 'action.bad-command']);
      assert.match(result.message, /holds `&&`.*`shell: true`/u);
    }));

  it('confines a command that asks for it: no network, nothing outside', function () {
    if (resolveTrustedTool('bwrap') === undefined) this.skip();
    return withRule(
      ruleOf(
        '- type: run',
        '  sandbox: true',
        `  ${nodeCommand('try { require("fs").writeFileSync("/etc/codegen-lab-escape", "") ; console.log("escaped") } catch (error) { console.log("held " + error.code) }')}`,
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', `${result.message} ${slice.terminal.join('')}`);
        assert.match(slice.terminal.join(''), /held E/u);
      },
    );
  });

  it('takes what it changes in the tree for its own, and lets rules of the origin self fire on it', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('require("fs").writeFileSync("src/a.js", "export const a = 2;\\n")')}`,
      ),
      async (slice) => {
        const { engine } = slice.running;
        const result = await runAct(slice);
        assert.equal(result.outcome, 'unchanged', result.message);
        const echo = { root: slice.root, path: 'src/a.js', name: 'save', origin: 'disk', depth: 0 } as const;
        assert.deepEqual(await engine.handleEvent(echo, neverAborted), []);
        while (engine.viewState().runs.every(({ rule }) => rule !== 'after')) await delay(20);
        await engine.stop('all');
        const after = engine.viewState().runs.find(({ rule }) => rule === 'after');
        assert.match(after?.timeline[0]?.detail ?? '', /save of src\/a\.js/u);
      },
      {
        files: {
          '.cursor/rules/after.mdc': ruleOf('- type: run', `  ${nodeCommand('')}`).replace(
            'on: save',
            'on: save\norigin: [self]',
          ),
        },
      },
    ));

  it('knows what it wrote also when the news of that comes while it still runs', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('const fs = require("fs"); fs.writeFileSync("src/a.js", "export const a = 2;\\n"); fs.writeFileSync("wrote", ""); setInterval(() => { if (fs.existsSync("go")) process.exit(); }, 10)')}`,
      ),
      async (slice) => {
        const { engine } = slice.running;
        const running = runAct(slice);
        while (slice.read('wrote') === undefined) await delay(10);
        const echo = { root: slice.root, path: 'src/a.js', name: 'save', origin: 'disk', depth: 0 } as const;
        const told = engine.handleEvent(echo, neverAborted);
        slice.write('go', '');
        assert.equal((await running).outcome, 'unchanged');
        assert.deepEqual(await told, []);
        slice.write('src/a.js', 'export const a = 4;\n');
        const firings = await engine.handleEvent(echo, neverAborted);
        assert.equal(firings.find((firing) => firing.rule === 'disk')?.fires, true);
      },
      {
        files: {
          '.cursor/rules/disk.mdc': ruleOf('- type: run', `  ${nodeCommand('')}`).replace(
            'on: save',
            'on: save\norigin: [disk]\ndebounce: 1h',
          ),
        },
      },
    ));
});

describe('a save', function () {
  this.timeout(60_000);

  const save = (slice: Slice, text: string): Promise<readonly Firing[]> => {
    slice.write('src/a.js', text);
    const event = { root: slice.root, path: 'src/a.js', name: 'save', origin: 'user', depth: 0 } as const;
    return slice.running.engine.handleEvent({ ...event, text }, neverAborted);
  };

  it('lets a rule run its command, without a model', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('require("fs").writeFileSync("diff", process.argv[1])', '{diff}')}`,
      ),
      async (slice) => {
        await runAct(slice);
        const before = slice.running.engine.viewState().runs.length;
        const [firing] = await save(slice, 'export const a = 3;\n');
        assert.equal(firing?.fires, true, firing?.reason);
        while (
          slice.running.engine.viewState().runs.filter(({ phase }) => phase === 'finished').length <= before
        )
          await delay(20);
        assert.match(slice.read('diff') ?? '', /\+export const a = 3;/u);
      },
      { settings: { ai: { enabled: false, provider: '', model: '', baseUrl: '' } } },
    ));

  it('ends with the depth limit when rules answer what they write themselves', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  ${nodeCommand('const fs = require("fs"); fs.appendFileSync("src/a.js", "// more\\n")')}`,
      ).replace('on: save', 'on: save\norigin: [user, self]\ndebounce: 10ms'),
      async (slice) => {
        await runAct(slice);
        const lines = (): number => (slice.read('src/a.js') ?? '').split('// more').length - 1;
        while (!slice.messages.join('\n').includes('cause one another')) await delay(20);
        await slice.running.engine.stop('all');
        assert.equal(lines(), 4);
        assert.match(slice.messages.join('\n'), /The rules act → act → act → act cause one another/u);
      },
    ));
});
