import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { setSetting } from './slice/modelSettings.ts';
import { findServers, seesProcesses } from './slice/processes.ts';
import { insertAtTop, problemsOf } from './slice/workbench.ts';
import { hasScreen, ui } from './support/ui.ts';

const tests = 'test/duration.test.js';

describe('a workspace without rules is opened', () => {
  const extension = vscode.extensions.getExtension('codegen-lab.codegen-lab');

  it('has the commands, and neither a server nor anything to see', async function () {
    await eventually(() => assert.ok(extension?.isActive));
    assert.ok((await vscode.commands.getCommands(true)).includes('codegenLab.newRule'));
    // What is looked for is not there; the extension's own search has had the time of this one.
    assert.deepEqual(await vscode.workspace.findFiles('**/*.mdc'), []);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    if (seesProcesses) assert.deepEqual(findServers(), []);
    if (!hasScreen) this.skip();
    assert.equal(await ui(`return page.locator('[id$="codegenLab.status"]').count();`), 0);
  });

  it('wakes up when bundled rules are switched on, and they act', async function () {
    await setSetting('rules.builtin', ['no-focused-tests']);
    if (seesProcesses) await eventually(() => assert.equal(findServers().length, 1));
    await insertAtTop(tests, "test.only('alone', () => undefined);\n");
    await eventually(() => {
      const [problem] = problemsOf(tests);
      assert.match(problem?.message ?? '', /Only this test runs/);
    });
    if (!hasScreen) this.skip();
    await ui(`await page.locator('[id$="codegenLab.status"]').waitFor();`);
  });
});
