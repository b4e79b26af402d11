import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { expandTree, messages, rowsOf, shownLenses, waitForStatus } from './slice/screen.ts';
import { closeEditors, lensesOf, problemsOf, replace, saveByHand, show, uriOf } from './slice/workbench.ts';
import { hasScreen, screenshot, ui } from './support/ui.ts';

const source = 'src/duration.js';
const test = 'test/duration.test.js';

async function rows(): Promise<readonly string[]> {
  await expandTree('.test-explorer');
  return rowsOf('.test-explorer');
}

async function waitForRows(...expected: readonly RegExp[]): Promise<void> {
  await eventually(async () => {
    const shown = await rows();
    for (const row of expected)
      assert.ok(
        shown.some((each) => row.test(each)),
        `${row} is not in\n${shown.join('\n')}`,
      );
  });
}

/** One story, told in order: each test goes on where the one before ended. */
describe('the Test Explorer', function () {
  this.bail(true);

  before(async function () {
    if (!hasScreen) this.skip();
    await show(source);
    await waitForStatus(/^Codegen Lab/);
    await vscode.commands.executeCommand('workbench.view.testing.focus');
  });

  after(closeEditors);

  it('lists the tests of all runners before they have run', async () => {
    await waitForRows(
      /duration\.test\.js/,
      /adds several units \(Not yet run\)/i,
      /test_joins_words \(Not yet run\)/i,
    );
    await screenshot('1-found');
  });

  it('runs them all, with the cases of a parametrised test', async () => {
    await vscode.commands.executeCommand('testing.runAll');
    await waitForRows(/adds several units.*\(Passed/i, /test_joins_words\[Two Words\].*\(Passed/i);
    await screenshot('2-passed');
  });

  it('shows what is covered, line by line, where the editor shows coverage', async () => {
    await show(test);
    await vscode.commands.executeCommand('testing.coverageCurrentFile');
    await show(source);
    await eventually(async () => {
      assert.ok((await ui<number>(`return page.locator('.coverage-deco-gutter').count()`)) > 3);
    });
    await eventually(async () =>
      assert.ok((await lensesOf(source)).includes('$(run-coverage) 52 % of lines covered, 10 left')),
    );
    await screenshot('3-coverage');
    void vscode.commands.executeCommand('codegenLab.showUncoveredLines');
    await ui(`await editor.waitForText('Lines 12 to 21', '.quick-input-widget')`);
    await ui(`await editor.press('Enter')`);
    await eventually(() => assert.equal(vscode.window.activeTextEditor?.selection.start.line, 11));
  });

  it('stops at a breakpoint of a test that is debugged, and reads its result from the report', async () => {
    const breakpoint = new vscode.SourceBreakpoint(
      new vscode.Location(uriOf(source), new vscode.Position(4, 0)),
    );
    vscode.debug.addBreakpoints([breakpoint]);
    await show(test);
    const passed = vscode.commands.executeCommand('testing.debugCurrentFile');
    await eventually(() => assert.ok(vscode.debug.activeStackItem instanceof vscode.DebugStackFrame));
    await screenshot('4-debugged');
    vscode.debug.removeBreakpoints([breakpoint]);
    // It may have stopped once more before the breakpoint was gone.
    const go = (): void => void vscode.commands.executeCommand('workbench.action.debug.continue');
    const stops = vscode.debug.onDidChangeActiveStackItem(
      (item) => item instanceof vscode.DebugStackFrame && go(),
    );
    go();
    await passed;
    stops.dispose();
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await waitForRows(/reads one unit.*\(Passed/i);
  });

  it('says what debugging tests in Python needs, where that is not installed', async () => {
    await show('tests/test_slugs.py');
    void vscode.commands.executeCommand('testing.debugCurrentFile');
    await eventually(async () =>
      assert.match(
        (await messages()).join('\n'),
        /needs the extension Python Debugger \(ms-python\.debugpy\)/,
      ),
    );
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await waitForRows(/test_joins_words\[Two Words\] \(Errored/i);
  });

  it('runs what a save affects while it is watched, and shows a failure with both values at its line', async () => {
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    void vscode.commands.executeCommand('testing.startContinuousRun');
    await ui(async ({ page }) => {
      const picker = page.locator('.quick-input-widget');
      await picker.locator('.monaco-list-row', { hasText: 'Run' }).first().click();
      await picker.getByRole('button', { name: 'OK' }).click();
    });
    await replace(source, 'Number(amount) * units[unit]', 'Number(amount) + units[unit]');
    await saveByHand();
    await waitForRows(/reads one unit.*\(Failed/i);
    await eventually(() => assert.equal(problemsOf(test).length, 2));
    await show(test);
    await eventually(async () =>
      assert.match((await shownLenses()).join(' | '), /Failed \(\d+ ms\) \| Run \| Debug \| Failed/),
    );
    await screenshot('5-failed');
    await replace(source, 'Number(amount) + units[unit]', 'Number(amount) * units[unit]');
    await saveByHand();
    await waitForRows(/reads one unit.*\(Passed/i);
    assert.deepEqual(problemsOf(test), []);
    await vscode.commands.executeCommand('testing.stopContinuousRun');
  });

  it('shows a new test file, and forgets one that is deleted', async () => {
    const path = uriOf('test/other.test.js');
    const text = "import { test } from 'node:test';\n\ntest('is new', () => {});\n";
    await vscode.workspace.fs.writeFile(path, new TextEncoder().encode(text));
    await waitForRows(/is new \(Not yet run\)/i);
    await vscode.workspace.fs.delete(path);
    await eventually(async () => assert.doesNotMatch((await rows()).join('\n'), /other\.test\.js/));
  });
});
