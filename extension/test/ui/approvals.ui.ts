import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';
import { answerFile, oneTest, target, twoTests } from '../slice/answers.ts';
import { startFakeModel, type FakeModel } from '../slice/fakeModel.ts';
import { Journals } from '../slice/journals.ts';
import { commitAll } from '../slice/repository.ts';
import { openEditor } from '../support/openEditor.ts';
import {
  modelSettings,
  readFile,
  saveChange,
  source,
  waitForFirstLenses,
  waitForItem,
  waitForNoDiff,
  waitForTab,
} from '../support/sampleScreen.ts';

const rule = '.cursor/rules/generate-tests.mdc';
const base = '.cursor/rules/base.mdc';
const baseText = '---\nabstract: true\n---\nBe brief.\n';

function prepare(folder: string): void {
  const text = readFileSync(join(folder, rule), 'utf8');
  writeFileSync(join(folder, rule), text.replace('on: save', 'on: save\nextends: base'));
  writeFileSync(join(folder, base), baseText);
  commitAll(folder);
}

describe('the view of approvals', () => {
  let model: FakeModel;

  before(async () => {
    model = await startFakeModel();
    model.answer(answerFile(oneTest));
  });

  after(() => model.close());

  it('shows what waits and what is approved; edits land by one question; a changed parent asks with what changed', async () => {
    const settings = { ...modelSettings(model.openaiUrl), 'codegenLab.approval': 'ask' };
    const editor = await openEditor({ trusted: true, ownServer: true, settings, prepare });
    const journals = new Journals(editor.folder);
    await editor.runCommand('Codegen Lab: Focus on Approvals View');
    await waitForRows(editor, 'Will Ask Before They Act');

    // A rule that waits: who allows it sees what it may do.
    const run = await journals.startedBy(source, () => saveChange(editor, 'In words.'));
    await waitForRows(editor, 'Waiting for You', 'generate-tests');
    assert.match(await row(editor, 'generate-tests').innerText(), /a run waits/);
    await editor.waitForNotification('it may ask the chosen model (ollama/scripted');
    await editor.screenshot('approvals/1-waiting');
    await editor.answerNotification('it may ask the chosen model', 'Allow This Rule');
    await waitForRows(editor, 'Approved', 'generate-tests');

    // One question, and no diff is opened for it.
    const question = 'apply the edit of rule "generate-tests" for src/duration.js?';
    const asked = await editor.waitForNotification(question);
    assert.match(asked, /It would create test\/duration\.generated\.test\.js\. Proven: 3 passed\./);
    await waitForNoDiff(editor);
    await editor.screenshot('approvals/2-question');
    await editor.answerNotification(question, 'Apply');
    assert.equal((await journals.end(run)).outcome, 'landed');
    assert.equal(readFile(editor, target), oneTest);

    // The second question is answered by a command, and goes away.
    model.answer(answerFile(twoTests));
    await journals.startedBy(source, () => saveChange(editor, 'In fewer words.'));
    await waitForItem(editor, 'Codegen Lab: 1 to review');
    await editor.waitForNotification(question);
    await editor.runCommand('Codegen Lab: Reject Proposal');
    const toasts = editor.page.locator('.notifications-toasts .notification-list-item');
    await eventually(async () => assert.equal(await toasts.filter({ hasText: question }).count(), 0));

    // What would happen on a save stands over the rule: the text is the one that it ran on.
    await editor.openFile(rule);
    await waitForFirstLenses(editor, 'Run', 'Preview Prompt');
    await editor.waitForText(/Not on saving duration\.js: nothing has changed/, '.codelens-decoration');
    await editor.screenshot('approvals/3-lens');

    // A parent that changes on the disk.
    writeFileSync(join(editor.folder, base), baseText.replace('brief', 'thorough'));
    await waitForRows(editor, 'Waiting for You', 'generate-tests');
    assert.match(await row(editor, 'generate-tests').innerText(), /what it inherits changed/);
    const changed = 'What rule generate-tests inherits has changed since you allowed it';
    await editor.answerNotification(changed, 'Show What Changed');
    await waitForTab(editor, 'generate-tests (approved ↔ now)');
    await editor.page.locator('.modified .view-line', { hasText: 'thorough' }).first().waitFor();
    await editor.screenshot('approvals/4-changed');
    await editor.answerNotification(changed, 'Allow This Rule');
    await editor.page.locator('.tab', { hasText: '(approved ↔ now)' }).waitFor({ state: 'detached' });
    await waitForRows(editor, 'Approved', 'generate-tests');

    // Taken back in the view.
    await row(editor, 'generate-tests').click();
    await row(editor, 'generate-tests').getByRole('button', { name: 'Revoke Approval' }).click();
    await waitForRows(editor, 'Will Ask Before They Act');
    await editor.screenshot('approvals/5-revoked');
  });
});

function rows(editor: EditorWindow): Locator {
  return editor.page.locator('[aria-label="Approvals"] .monaco-list-row');
}

function row(editor: EditorWindow, name: string): Locator {
  const label = editor.page.locator('.label-name', { hasText: new RegExp(`^${name}$`) });
  return rows(editor).filter({ has: label });
}

/** Waits until the view begins with these rows, from top to bottom. */
async function waitForRows(editor: EditorWindow, ...names: readonly string[]): Promise<void> {
  await eventually(async () => {
    const labels = await rows(editor).locator('.label-name').allInnerTexts();
    assert.deepEqual(labels.slice(0, names.length), names);
  });
}
