import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { answerFile } from './slice/answers.ts';
import { startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { act, saveAndAllow } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { expandTree, rowsOf, waitForStatus } from './slice/screen.ts';
import { lensesOf, problemsOf, readDisk, replace, root, saveByHand } from './slice/workbench.ts';
import { hasScreen, screenshot } from './support/ui.ts';

const source = 'slugs.py';
const generated = [
  'from slugs import slug',
  '',
  '',
  'def test_leaves_one_word():',
  '    assert slug("Word") == "word"',
  '',
].join('\n');

describe('a Python file is saved, and a rule writes its test', function () {
  this.bail(true);
  const journals = new Journals(root);
  let model: FakeModel;
  let target = '';

  before(async function () {
    const python = vscode.workspace.getConfiguration('codegenLab').get('tests.pythonPath');
    if (!hasScreen || !python) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
  });

  after(() => model?.close());

  it('is proven by pytest and lands', async () => {
    model.answer(({ text }) => {
      target = /tests\/[\w.]*generated[\w.]*\.py/u.exec(text)?.[0] ?? '';
      return answerFile(generated, target, 'python');
    });
    const run = await saveAndAllow(journals, source);
    const { summary } = await journals.step(run, 'proposal.ready');
    // Whether coverage was measured too depends on the Python of this machine.
    assert.match(
      summary,
      /^1 new test passes \(1 passed before, 2 now\)\.\nOf 1 new test, 1 kept and 0 dropped\./u,
    );
    await waitForStatus(/1 to review/);
    await act('acceptProposal', run);
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['landed', 'ok'], end.message);
    assert.equal(readDisk(target), generated);
  });

  it('has its results over the test and in the Test Explorer', async () => {
    await eventually(async () => assert.match((await lensesOf(target)).join(' | '), /\$\(pass\) Passed/));
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await eventually(async () => {
      await expandTree('.test-explorer');
      const rows = await rowsOf('.test-explorer');
      assert.ok(
        rows.some((row) => /test_leaves_one_word.*passed/i.test(row)),
        rows.join('\n'),
      );
    });
    await screenshot('landed');
  });

  it('shows a bug at the line of the assertion', async () => {
    await replace(source, 'text.lower()', 'text.upper()');
    await saveByHand();
    await vscode.commands.executeCommand('codegenLab.runTests', { folder: root, paths: [target], ids: [] });
    await eventually(() => {
      const [problem] = problemsOf(target);
      assert.match(problem?.message ?? '', /test_leaves_one_word/);
      assert.equal(problem?.range.start.line, 4);
    });
    await vscode.commands.executeCommand('codegenLab.stopAll');
  });
});
