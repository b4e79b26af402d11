import assert from 'node:assert/strict';
import { CommandLineWorkspace, type Ended } from '../test/commandLine.ts';
import { escape } from '../test/runViews.ts';
import { createScriptedEngine } from '../test/scriptedEngine.ts';
import { unsetSettings } from '../engine/settings.ts';

describe('the command line', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'src/a.js': '', 'src/deep/b.js': '', 'old.js': 'old\n' });
  });
  after(() => workspace.remove());

  describe('before there is an engine', () => {
    const usage: readonly (readonly [string, RegExp])[] = [
      ['', /Say what to do[^]*See codegen-lab --help/],
      ['run --rule tests src/gone.js', /There is no file src\/gone\.js\.\nSee codegen-lab run --help/],
      ['run --rule tests src', /src is a folder; name a file/],
      ['run --rule tests .', /The workspace folder is a folder/],
      ['test src', /src is a folder; name a file/],
      ['check /etc/hostname', /outside of the workspace folder .*--root/],
      ['check --root gone', /--root gone is not a folder/],
      ['ctl rule', /See codegen-lab ctl rule --help/],
    ];
    for (const [words, expected] of usage) {
      it(`refuses with 2 and a way out: codegen-lab ${words}`, async () => {
        const ended = await workspace.run(words);
        assert.match(ended.stderr, expected);
        assert.deepEqual([ended.code, ended.stdout, ended.options], [2, '', undefined]);
      });
    }

    it('prints the version and help on standard output', async () => {
      assert.deepEqual(await workspace.run('--version'), {
        code: 0,
        stdout: '1.2.3\n',
        stderr: '',
        options: undefined,
      });
      for (const words of [
        '--help',
        'run --help',
        'check -h',
        'test -h',
        'ctl --help',
        'ctl rules -h',
        'ctl log -h',
        'ctl models -h',
      ]) {
        const { code, stdout } = await workspace.run(words);
        assert.equal(code, 0);
        assert.match(stdout, /Usage: /);
      }
    });

    it('refuses a variable that cannot be used, and names it', async () => {
      const problems = [{ message: 'CODEGEN_LAB_CONFIG_APPROVAL must be one of auto, ask, preview.' }];
      const ended = await workspace.run('check', {
        line: { environment: { settings: unsetSettings, problems, unknown: [] } },
      });
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /CODEGEN_LAB_CONFIG_APPROVAL must be/);
    });

    it('tells of a variable that has no effect, and goes on', async () => {
      const environment = { settings: unsetSettings, problems: [], unknown: ['CODEGEN_LAB_CONFIG_LIMIT'] };
      const ended = await workspace.run('check', { line: { environment } });
      assert.equal(ended.code, 0);
      assert.match(ended.stderr, /CODEGEN_LAB_CONFIG_LIMIT is no setting/);
    });
  });

  describe('whatever happens', () => {
    it('ends with 130 when it is stopped before it began, and makes no engine', async () => {
      const { code, options } = await workspace.run('check', { signal: AbortSignal.abort() });
      assert.deepEqual([code, options], [130, undefined]);
    });

    it('ends with 130 when it is stopped in the middle, disposes the engine and prints no half result', async () => {
      const abort = new AbortController();
      const engine = createScriptedEngine({
        check: async () => {
          abort.abort();
          throw new Error('stopped in the middle');
        },
      });
      const { code, stdout, stderr } = await workspace.run('check --json', {
        engine: { engine },
        signal: abort.signal,
      });
      assert.deepEqual([code, stdout, stderr], [130, '', '']);
      assert.equal(engine.calls.at(-1), 'dispose');
    });

    it('ends with 2 and one sentence when the engine fails, disposes it, and shows the stack only on demand', async () => {
      const run = (trace: 'off' | 'verbose'): Promise<Ended> => {
        const engine = createScriptedEngine({ check: () => Promise.reject(new Error(`broken${escape}`)) });
        const settings = { ...unsetSettings, trace };
        return workspace.run('check', {
          engine: { engine },
          line: { environment: { settings, problems: [], unknown: [] } },
        });
      };
      const { code, stdout, stderr } = await run('off');
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /a fault of Codegen Lab: broken/);
      assert.doesNotMatch(stderr, /\u001B|runCommandLine\.test/);
      assert.match((await run('verbose')).stderr, /runCommandLine\.test/);
    });
  });
});
