import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { saveAndAllow } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { waitForStatus } from './slice/screen.ts';
import { closeEditors, insertAtTop, problemsOf, root, show, uriOf } from './slice/workbench.ts';
import { hasScreen, screenshot, ui } from './support/ui.ts';

const source = 'src/duration.js';
const answer = [
  'FINDING warning: Zero is a duration like any other, so the early return only hides what the loop does.',
  '```js',
  "  if (ms === 0) return '0ms';",
  '```',
  'SUGGESTION:',
  '```js',
  "  if (ms <= 0) return '0ms';",
  '```',
  'FINDING information: The name does not say which units these are.',
  '```js',
  '  let rest = ms;',
  '```',
  '',
].join('\n');

/** The text of the threads that the editor in front shows. */
function threads(): Promise<readonly string[]> {
  return ui(({ page }) => page.locator('.review-widget').allInnerTexts());
}

async function textOf(path: string): Promise<string> {
  return (await vscode.workspace.openTextDocument(uriOf(path))).getText();
}

/** One story, told in order: each test goes on where the one before ended. */
describe('a review is shown as threads', function () {
  this.bail(true);
  const journals = new Journals(root);
  let model: FakeModel;

  before(async function () {
    if (!hasScreen) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
    model.answer({ kind: 'answer', text: answer });
    const run = await saveAndAllow(journals, source);
    await journals.end(run);
    await eventually(() => assert.equal(problemsOf(source).length, 2));
  });

  after(async () => {
    await closeEditors();
    await model?.close();
  });

  it('at the lines that it is about, with what it suggests', async () => {
    await show(source);
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.expandAllComments');
      const shown = (await threads()).join('\n');
      assert.match(shown, /Review by look/);
      assert.match(shown, /Zero is a duration like any other/);
      assert.match(shown, /Apply Suggestion/);
    });
    await screenshot('1-threads');
  });

  it('that follow the text, and whose suggestion is applied as one step to undo', async () => {
    await insertAtTop(source, '// A line.\n// Another.\n');
    const before = await textOf(source);
    await ui(`await page.locator('.review-widget a', { hasText: 'Apply Suggestion' }).first().click()`);
    await eventually(async () => assert.match(await textOf(source), /if \(ms <= 0\) return '0ms';/));
    await eventually(async () => assert.doesNotMatch((await threads()).join('\n'), /Zero is a duration/));
    await screenshot('2-applied');
    await vscode.commands.executeCommand('undo');
    assert.equal(await textOf(source), before);
  });

  it('that are dismissed one by one', async () => {
    await ui(`await page.locator('.review-widget a', { hasText: 'Dismiss' }).first().click()`);
    await eventually(async () => assert.deepEqual(await threads(), []));
    // Problems go on to tell of both, for who looks there.
    assert.equal(problemsOf(source).length, 2);
  });

  it('whose suggestion is refused once its text has changed', async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
    const text = await textOf(source);
    model.answer({ kind: 'answer', text: answer });
    const run = await journals.startedBy(source, async () => {
      await insertAtTop(source, '// Once more.\n');
      await vscode.commands.executeCommand('workbench.action.files.save');
    });
    await journals.end(run);
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.expandAllComments');
      assert.match((await threads()).join('\n'), /Zero is a duration/);
    });
    const editor = await show(source);
    const line = editor.document
      .getText()
      .split('\n')
      .findIndex((each) => each.includes('ms === 0'));
    await editor.edit((edit) => edit.insert(new vscode.Position(line, 2), 'else '));
    const changed = await textOf(source);
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.expandAllComments');
      assert.match((await threads()).join('\n'), /Apply Suggestion/);
    });
    await ui(`await page.locator('.review-widget a', { hasText: 'Apply Suggestion' }).first().click()`);
    await vscode.commands.executeCommand('notifications.showList');
    await ui(`await editor.waitForText('has changed in src/duration.js since', '.notifications-center')`);
    assert.equal(await textOf(source), changed);
    assert.notEqual(changed, text);
    await vscode.commands.executeCommand('notifications.hideList');
  });
});
