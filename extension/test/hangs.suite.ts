import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { answerFile, oneTest } from './slice/answers.ts';
import { holdAnswer, startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { propose, saveAndAllow, saveChange } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { findServer, findServers, seesProcesses } from './slice/processes.ts';
import { messages, waitForStatus } from './slice/screen.ts';
import { root } from './slice/workbench.ts';
import { hasScreen, screenshot } from './support/ui.ts';

const source = 'src/duration.js';

describe('a language server that hangs', function () {
  const journals = new Journals(root);
  let model: FakeModel;

  before(async function () {
    if (!hasScreen || !seesProcesses) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
  });

  after(() => model.close());

  it('is told, ended and started again; its run is interrupted, and the next save works', async () => {
    // Approves the rule, so that what follows is about the hanging alone.
    model.answer(answerFile(oneTest));
    const first = await saveAndAllow(journals, source);
    await waitForStatus(/1 to review/);
    await vscode.commands.executeCommand('codegenLab.rejectProposal', { run: first });
    await journals.end(first);
    model.answer(holdAnswer(answerFile(oneTest)).answering);
    const run = await saveChange(journals, source);
    await journals.step(run, 'model.asked');
    const hung = findServer();
    process.kill(hung, 'SIGSTOP');
    await waitForStatus(/^Codegen Lab: not answering$/);
    await screenshot('not-answering');
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['interrupted', 'interrupted']);
    assert.ok(!findServers().includes(hung));
    await eventually(async () =>
      assert.match(
        (await messages()).join('\n'),
        /gave no sign of life for 1\d s, so it was started again\. One run was cut short/u,
      ),
    );
    await screenshot('restarted');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('codegenLab.doctor');
    await eventually(() => {
      const pages = vscode.workspace.textDocuments.map((page) => page.getText());
      assert.ok(
        pages.some((text) => text.includes('In this window it stopped unasked once')),
        pages.join('\n---\n'),
      );
    });
    await screenshot('doctor');
    model.answer(answerFile(oneTest));
    const next = await propose(journals, source);
    await waitForStatus(/1 to review/);
    assert.ok(next);
  });
});
