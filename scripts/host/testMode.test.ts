import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaneResult } from '../lanes/lane.ts';
import { buildSuites } from './buildSuites.ts';
import { currentHost } from './recipes.ts';
import { runEditorSuite } from './runEditorSuite.ts';
import { createFurtherExtension, createSmallExtension } from './smallExtension.ts';
import { eventually, findProcesses } from './watchProcesses.ts';

const root = join(import.meta.dirname, '..', '..');
const support = JSON.stringify(join(root, 'extension/test/support/ui.ts'));

const suites = {
  mixed: `
    import assert from 'node:assert/strict';
    import { existsSync } from 'node:fs';
    import * as vscode from 'vscode';
    import { screenshot, ui } from ${support};
    describe('a small extension', () => {
      it('runs in the workspace with the settings of the suite', async () => {
        assert.equal(vscode.workspace.workspaceFolders[0].name, 'sample');
        assert.ok(existsSync(vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'prepared').fsPath));
        assert.equal(vscode.workspace.getConfiguration('small').get('name'), 'a suite');
      });
      it('acts through the API and shows on the screen', async () => {
        void vscode.commands.executeCommand('small.greet');
        await ui("await editor.waitForStatus('hello a suite')");
        const text = await ui(async ({ page, value }) => page.locator(value).innerText(), '.statusbar');
        assert.match(text, /hello a suite/);
        await screenshot('greeted');
      });
      it('has the further extensions of the suite', async () => {
        assert.equal(await vscode.commands.executeCommand('further.answer'), 42);
      });
      it('reads the terminal', async () => {
        const terminal = vscode.window.createTerminal();
        terminal.show();
        terminal.sendText('echo "said in $((6 * 7)) words"');
        await ui("await editor.waitForTerminal('said in 42 words')");
      });
      it('gets the error of a snippet', async () => {
        await assert.rejects(ui("throw new Error('not there')"), /not there/);
      });
      it('sees nothing of the environment that the tests were started in', () => {
        assert.equal(process.env.NODE_OPTIONS, undefined);
        assert.ok(existsSync(process.env.HOME));
      });
      it('fails', () => assert.equal(1, 2, 'one is not two'));
      it.skip('is skipped', () => undefined);
    });`,
  broken: `throw new Error('cannot be loaded');`,
  waiting: `
    import { writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    import * as vscode from 'vscode';
    describe('a suite', () => {
      it('waits for ever', function (done) {
        this.timeout(0);
        const terminal = vscode.window.createTerminal();
        terminal.sendText('sleep 1000 &');
        writeFileSync(join(vscode.workspace.workspaceFolders[0].uri.fsPath, 'waiting'), '');
      });
    });`,
};

describe('a suite in test mode', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-suite-test-')));
  const extension = createSmallExtension(folder);
  const further = createFurtherExtension(folder);
  const tests = new Map<string, string>();

  before(async () => {
    for (const [name, text] of Object.entries(suites)) writeFileSync(join(folder, `${name}.suite.ts`), text);
    for (const built of await buildSuites(root, folder, Object.keys(suites)))
      tests.set(built.name, built.tests);
  });

  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

  async function runSuite(name: keyof typeof suites): Promise<LaneResult & { readonly printed: string }> {
    let printed = '';
    const result = await runEditorSuite({
      root,
      name: `host-${name}`,
      tests: tests.get(name) ?? '',
      extension,
      version: currentHost,
      setup: {
        settings: { 'small.name': 'a suite' },
        extensions: [further],
        prepare: (workspace) => writeFileSync(join(workspace, 'prepared'), ''),
      },
      print: (text) => {
        printed += `${text}\n`;
      },
    });
    return { ...result, printed };
  }

  it('is counted and printed test by test, wherever it was started from', async () => {
    const { HOME } = process.env;
    delete process.env['HOME'];
    process.env['NODE_OPTIONS'] = '--no-deprecation';
    try {
      const { printed, ...counts } = await runSuite('mixed');
      assert.deepEqual(counts, { passed: 6, failed: 1, skipped: 1 }, printed);
      assert.match(printed, /✔ a small extension acts through the API/);
      assert.match(printed, /FAILED a small extension fails[^]*one is not two/);
      assert.match(printed, /- a small extension is skipped/);
    } finally {
      delete process.env['NODE_OPTIONS'];
      if (HOME !== undefined) process.env['HOME'] = HOME;
    }
    for (const name of ['greeted', 'failed-fails']) {
      const png = readFileSync(join(root, `out/screenshots/${currentHost}/host-mixed/${name}.png`));
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1440, 900]);
    }
  });

  it('counts as one failure when it cannot be loaded, and says why', async () => {
    const { printed, ...counts } = await runSuite('broken');
    assert.deepEqual(counts, { passed: 0, failed: 1, skipped: 0 });
    assert.match(printed, /cannot be loaded/);
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves no process behind when it is ended by ${signal}`, async () => {
      const workspace = join(folder, `sample-${signal}`);
      cpSync(join(root, 'test-fixtures/workspaces/sample'), workspace, { recursive: true });
      const mark = `CODEGEN_LAB_TEST_RUN=${workspace}`;
      const [name, value] = mark.split('=');
      const child = spawn(
        join(import.meta.dirname, 'editor.mjs'),
        [
          workspace,
          `--extensionDevelopmentPath=${extension}`,
          `--extensionTestsPath=${tests.get('waiting')}`,
        ],
        {
          env: { ...process.env, TMPDIR: folder, [name ?? '']: value },
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: true,
        },
      );
      const ended = new Promise((resolve) => child.once('close', resolve));
      await eventually(() => readFileSync(join(workspace, 'waiting')), 120_000);
      assert.ok(findProcesses(mark, 'chromium').length > 0);
      await eventually(() => assert.ok(findProcesses(mark, 'sleep 1000 ').length > 0));
      // The whole group, as a terminal does.
      assert.ok(child.pid);
      process.kill(-child.pid, signal);
      await ended;
      await eventually(() => assert.deepEqual(findProcesses(mark), []));
    });
  }
});
