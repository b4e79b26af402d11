import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { answerFile, hangingTest, oneTest, target, twoTests } from './slice/answers.ts';
import { holdAnswer, startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { act, propose, saveAndAllow, saveChange } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { findServer, findTestRuns, seesProcesses } from './slice/processes.ts';
import { gitStatus } from './slice/repository.ts';
import { messages, rowsOf, waitForStatus } from './slice/screen.ts';
import {
  closeEditors,
  insertAtTop,
  isDirty,
  lensesOf,
  readDisk,
  root,
  saveByHand,
  show,
  uriOf,
} from './slice/workbench.ts';
import { hasScreen, screenshot } from './support/ui.ts';

const source = 'src/duration.js';
const other = 'src/next.js';

describe('a person comes between', function () {
  const journals = new Journals(root);
  let model: FakeModel;

  before(async function () {
    if (!hasScreen) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
  });

  after(() => model.close());

  /** A save of another file is seen after every save before it. */
  async function saveAnother(): Promise<void> {
    const held = holdAnswer(answerFile(oneTest));
    model.answer(held.answering);
    const run = await saveChange(journals, other);
    await journals.step(run, 'model.asked');
    await act('stopRun', run);
    assert.equal((await journals.end(run)).outcome, 'cancelled');
    held.release();
  }

  function runsOn(file: string): number {
    return journals.runs().filter((run) => {
      const [first] = journals.read(run);
      return first?.type === 'run.started' && first.file === file;
    }).length;
  }

  it('and rejects: everything is as it was', async () => {
    model.answer(answerFile(oneTest));
    const run = await saveAndAllow(journals, source);
    await waitForStatus(/1 to review/);
    const before = [readDisk(source), gitStatus(root)];
    await act('showProposal', run);
    await act('rejectProposal', run);
    assert.equal((await journals.end(run)).outcome, 'rejected');
    assert.deepEqual([readDisk(source), gitStatus(root)], before);
    await eventually(async () =>
      assert.ok((await lensesOf(source)).includes('generate-tests: rejected, 3 passed')),
    );
    await waitForStatus(/^Codegen Lab$/);
  });

  it('and saves again without a change: nothing fires', async () => {
    await show(source);
    const before = runsOn(source);
    await saveByHand();
    await saveAnother();
    assert.equal(runsOn(source), before);
  });

  it('and lets files save themselves: nothing fires', async () => {
    const files = vscode.workspace.getConfiguration('files');
    const before = runsOn(source);
    await files.update('autoSaveDelay', 50, vscode.ConfigurationTarget.Global);
    await files.update('autoSave', 'afterDelay', vscode.ConfigurationTarget.Global);
    await insertAtTop(source, '// Saved by the editor.\n');
    await eventually(() => assert.match(readDisk(source) ?? '', /^\/\/ Saved by the editor/));
    await files.update('autoSave', 'off', vscode.ConfigurationTarget.Global);
    await saveAnother();
    assert.equal(runsOn(source), before);
  });

  it('and saves by hand what had saved itself: it fires', async () => {
    model.answer(holdAnswer(answerFile(oneTest)).answering);
    await show(source);
    const run = await journals.startedBy(source, saveByHand);
    await waitForStatus(/asking the model/);
    await act('stopRun', run);
    assert.equal((await journals.end(run)).outcome, 'cancelled');
  });

  it('with unsaved changes in the test file: the proposal is made for them and lands on them', async () => {
    writeFileSync(uriOf(target).fsPath, oneTest);
    await insertAtTop(target, '// Mine, not saved yet.\n');
    model.answer(answerFile(`// Mine, not saved yet.\n${twoTests}`));
    const run = await propose(journals, source);
    assert.deepEqual([readDisk(target), isDirty(target)], [oneTest, true]);
    await act('acceptProposal', run);
    assert.equal((await journals.end(run)).outcome, 'landed');
    assert.deepEqual([readDisk(target), isDirty(target)], [`// Mine, not saved yet.\n${twoTests}`, false]);
    await vscode.workspace.fs.delete(uriOf(target));
  });

  it('and edits the test file before accepting: refused, with the text as the person left it', async () => {
    writeFileSync(uriOf(target).fsPath, oneTest);
    model.answer(answerFile(twoTests));
    const run = await propose(journals, source);
    await insertAtTop(target, '// Typed meanwhile.\n');
    await act('acceptProposal', run);
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['failed', 'edit.stale']);
    assert.match(
      (await messages()).join('\n'),
      /duration\.generated\.test\.js changed since this was proposed, so nothing was written/,
    );
    await screenshot('stale');
    await vscode.commands.executeCommand('notifications.clearAll');
    const document = await vscode.workspace.openTextDocument(uriOf(target));
    assert.deepEqual([document.getText(), document.isDirty], [`// Typed meanwhile.\n${oneTest}`, true]);
    assert.equal(readDisk(target), oneTest);
    await closeEditors();
    await vscode.workspace.fs.delete(uriOf(target));
  });

  it('and stops all while the model is asked', async () => {
    model.answer(holdAnswer(answerFile(oneTest)).answering);
    const abandoned = model.abandoned();
    const asked = model.requests.length;
    const run = await saveChange(journals, source);
    await journals.step(run, 'model.asked');
    await waitForStatus(/asking the model/);
    // The step is journalled before the request leaves; only one that has arrived can be abandoned.
    await eventually(() => assert.equal(model.requests.length, asked + 1));
    await vscode.commands.executeCommand('codegenLab.stopAll');
    assert.equal((await journals.end(run)).outcome, 'cancelled');
    await eventually(() => assert.equal(model.abandoned(), abandoned + 1));
    await waitForStatus(/^Codegen Lab$/);
    await eventually(async () =>
      assert.deepEqual(await lensesOf(source), ['generate-tests: cancelled', '$(beaker) Run generate-tests']),
    );
    assert.equal(readDisk(target), undefined);
  });

  it('and stops all while a test hangs: no process stays', async () => {
    model.answer(answerFile(hangingTest));
    const run = await saveChange(journals, source);
    await journals.step(run, 'candidates.started');
    await waitForStatus(/running tests/);
    if (seesProcesses) await eventually(() => assert.notDeepEqual(findTestRuns(root, target), []));
    await vscode.commands.executeCommand('codegenLab.stopAll');
    assert.equal((await journals.end(run)).outcome, 'cancelled');
    if (seesProcesses) assert.deepEqual(findTestRuns(root, target), []);
    await waitForStatus(/^Codegen Lab$/);
    assert.equal(readDisk(target), undefined);
  });

  it('or the server is killed in the middle: the run shows as interrupted, and the next save works', async function () {
    if (!seesProcesses) this.skip();
    model.answer(holdAnswer(answerFile(oneTest)).answering);
    const run = await saveChange(journals, source);
    await journals.step(run, 'model.asked');
    const killed = findServer();
    process.kill(killed, 'SIGKILL');
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['interrupted', 'interrupted']);
    assert.notEqual(findServer(), killed);
    await waitForStatus(/^Codegen Lab: problem$/);
    await eventually(async () => assert.ok((await lensesOf(source)).includes('generate-tests: interrupted')));
    await vscode.commands.executeCommand('codegenLab.showRuns', { run });
    await eventually(async () => {
      const rows = await rowsOf('.sidebar');
      assert.ok(
        rows.some((row) => row.startsWith(`generate-tests on ${source}: interrupted`)),
        rows.join('\n'),
      );
    });
    await screenshot('interrupted');
    model.answer(answerFile(oneTest));
    const next = await propose(journals, source);
    await act('acceptProposal', next);
    const landed = await journals.end(next);
    assert.equal(landed.outcome, 'landed', landed.message);
    assert.equal(readDisk(target), oneTest);
  });
});
