import assert from 'node:assert/strict';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';
import { answerFile, oneTest, target } from '../slice/answers.ts';
import { startFakeModel, type FakeModel } from '../slice/fakeModel.ts';
import { Journals } from '../slice/journals.ts';
import { commitAll, gitStatus } from '../slice/repository.ts';
import { openEditor } from '../support/openEditor.ts';
import {
  modelSettings,
  readFile,
  saveChange,
  source,
  waitForDiff,
  waitForItem,
  waitForLenses,
  waitForNoDiff,
  waitForTab,
} from '../support/sampleScreen.ts';

const question = 'Once allowed, it may ask the chosen model (ollama/scripted';
const proven = /duration\.generated\.test\.js proven \(3 passed\)/;

describe('a person decides', () => {
  let model: FakeModel;
  let editor: EditorWindow;
  let journals: Journals;

  beforeEach(async () => {
    model = await startFakeModel();
    model.answer(answerFile(oneTest));
    editor = await openEditor({
      trusted: true,
      settings: modelSettings(model.openaiUrl),
      prepare: commitAll,
    });
    journals = new Journals(editor.folder);
    await waitForItem(editor, 'Codegen Lab');
  });

  afterEach(() => model.close());

  /** Saves a change that fires the rule, which waits to be allowed. */
  async function fire(): Promise<string> {
    const run = await journals.startedBy(source, () => saveChange(editor, 'Durations in words.'));
    await waitForItem(editor, 'Codegen Lab: 1 to allow');
    return run;
  }

  /** Saves another change; the rule is allowed by now, so its proposal follows. */
  async function propose(comment: string): Promise<string> {
    const run = await journals.startedBy(source, () => saveChange(editor, comment));
    await waitForItem(editor, 'Codegen Lab: 1 to review');
    return run;
  }

  async function assertOutcome(run: string, outcome: string): Promise<void> {
    const end = await journals.end(run);
    assert.equal(end.outcome, outcome, end.message);
    await waitForNoDiff(editor);
    await waitForItem(editor, 'Codegen Lab');
    assert.deepEqual(await editor.problems(), []);
  }

  describe('whether a rule may run', () => {
    it('is asked before anything leaves the machine', async () => {
      await fire();
      const text = await editor.waitForNotification(question);
      assert.match(text, /at most \d+ answers for each file\), write tests for the file and run the tests/);
      await waitForLenses(editor, 'Allow rule generate-tests?');
      await editor.screenshot('decisions/1-question');
      assert.deepEqual([model.requests.length, gitStatus(editor.folder)], [0, [` M ${source}`]]);
      assert.deepEqual(await editor.problems(), []);
    });

    it('and not now is the answer: the run ends, and the next save asks again', async () => {
      const run = await fire();
      await editor.answerNotification(question, 'Not Now');
      await assertOutcome(run, 'cancelled');
      await editor.openFile(source);
      await waitForLenses(editor, 'generate-tests: cancelled', 'Run generate-tests');
      await editor.screenshot('decisions/2-not-now');
      assert.deepEqual([model.requests.length, gitStatus(editor.folder)], [0, [` M ${source}`]]);
      await journals.startedBy(source, () => saveChange(editor, 'Changed again.'));
      await waitForItem(editor, 'Codegen Lab: 1 to allow');
    });

    it('and the rule is looked at first, then its prompt: it goes on waiting', async () => {
      const run = await fire();
      await editor.answerNotification(question, 'Show Rule');
      await waitForTab(editor, 'generate-tests.mdc');
      await editor.waitForNotification(question);
      await editor.screenshot('decisions/3-rule');
      await editor.openFile(source);
      await editor.runCommand('Codegen Lab: Preview Prompt');
      await editor.pickEntry('generate-tests');
      await waitForTab(editor, 'Prompt of generate-tests');
      await editor.screenshot('decisions/4-prompt');
      assert.equal(model.requests.length, 0);
      await waitForItem(editor, 'Codegen Lab: 1 to allow');
      await editor.answerNotification(question, 'Allow This Rule');
      await waitForItem(editor, 'Codegen Lab: 1 to review');
      await journals.step(run, 'proposal.ready');
    });

    it('and it is allowed by keyboard alone, which holds for the next save', async () => {
      await fire();
      await editor.waitForNotification(question);
      await editor.runCommand('Notifications: Focus Notification Toast');
      await editor.press('Tab');
      await pressFocused(editor, 'Allow This Rule');
      await waitForItem(editor, 'Codegen Lab: 1 to review');
      await editor.waitForNotification(proven);
      await propose('Nobody is asked.');
    });
  });

  describe('what becomes of a proposal', () => {
    beforeEach(async () => {
      await fire();
      await editor.answerNotification(question, 'Allow This Rule');
      await waitForItem(editor, 'Codegen Lab: 1 to review');
    });

    async function lastRun(): Promise<string> {
      const [run] = journals.runs().filter((name) => journals.read(name)[0]?.type === 'run.started');
      assert.ok(run);
      await journals.step(run, 'proposal.ready');
      return run;
    }

    it('by keyboard alone: reviewed and accepted', async () => {
      const run = await lastRun();
      await editor.openFile(source);
      await editor.press('Control+Alt+g');
      await editor.press('p');
      await waitForDiff(editor, 'formats nothing');
      await editor.screenshot('decisions/5-diff');
      assert.equal(readFile(editor, target), undefined);
      await editor.press('ControlOrMeta+Enter');
      await assertOutcome(run, 'landed');
      assert.equal(readFile(editor, target), oneTest);
      await editor.openFile(source);
      await waitForLenses(editor, 'generate-tests: landed, 3 passed', 'Run generate-tests');
      await editor.screenshot('decisions/6-accepted');
      assert.deepEqual(gitStatus(editor.folder), [` M ${source}`, `?? ${target}`]);
    });

    it('by keyboard alone: reviewed and rejected', async () => {
      const run = await lastRun();
      await editor.openFile(source);
      await editor.press('Control+Alt+g');
      await editor.press('p');
      await waitForDiff(editor, 'formats nothing');
      await editor.press('ControlOrMeta+Shift+Backspace');
      await assertRejected(run);
      await editor.screenshot('decisions/7-rejected');
    });

    it('by command: accepted without a look', async () => {
      const run = await lastRun();
      await editor.runCommand('Codegen Lab: Accept Proposal');
      await assertOutcome(run, 'landed');
      assert.equal(readFile(editor, target), oneTest);
    });

    it('by command: reviewed and rejected', async () => {
      const run = await lastRun();
      await editor.runCommand('Codegen Lab: Review Proposal');
      await waitForDiff(editor, 'formats nothing');
      await editor.runCommand('Codegen Lab: Reject Proposal');
      await assertRejected(run);
    });

    async function assertRejected(run: string): Promise<void> {
      await assertOutcome(run, 'rejected');
      assert.equal(readFile(editor, target), undefined);
      assert.deepEqual(gitStatus(editor.folder), [` M ${source}`]);
      await editor.openFile(source);
      await waitForLenses(editor, 'generate-tests: rejected, 3 passed', 'Run generate-tests');
    }
  });
});

/** Goes on with Tab until the button with this name has the focus, and presses it. */
async function pressFocused(editor: EditorWindow, name: string): Promise<void> {
  await eventually(async () => {
    const focused = await editor.page.locator('*:focus').first().innerText();
    if (focused !== name) await editor.press('Tab');
    assert.equal(focused, name);
  });
  await editor.press('Enter');
}
