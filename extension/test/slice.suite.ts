import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { answerFile, oneTest, target, twoTests } from './slice/answers.ts';
import { holdAnswer, startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { gitStatus } from './slice/repository.ts';
import {
  findRunRow,
  answerMessage,
  expandTree,
  followStatus,
  messages,
  namesOf,
  rowsOf,
  shownLenses,
  statusHistory,
  statusText,
  waitForStatus,
} from './slice/screen.ts';
import {
  closeEditors,
  insertAtTop,
  isDirty,
  lensesOf,
  logText,
  problemsOf,
  readDisk,
  replace,
  root,
  saveByHand,
  show,
} from './slice/workbench.ts';
import { hasScreen, screenshot, ui } from './support/ui.ts';

const source = 'src/duration.js';
const rule = '.cursor/rules/generate-tests.mdc';

/** One story, told in order: each test goes on where the one before ended. */
describe('a file is edited and saved, and a rule writes its test', function () {
  this.bail(true);
  const journals = new Journals(root);
  let model: FakeModel;
  let run = '';

  before(async function () {
    if (!hasScreen) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
  });

  after(() => model.close());

  it('fires, and asks before it acts for the first time', async () => {
    model.answer(answerFile(oneTest));
    await insertAtTop(source, '// Durations in words.\n');
    run = await journals.startedBy(source, saveByHand);
    await waitForStatus(/^Codegen Lab: 1 to allow$/);
    await eventually(async () => {
      assert.deepEqual(await lensesOf(source), ['$(shield) Allow rule generate-tests?']);
      assert.deepEqual(await shownLenses(), ['Allow rule generate-tests?']);
    });
    assert.match((await messages()).join('\n'), /Rule generate-tests wants to ask a model and run tests/);
    await screenshot('1-to-allow');
    assert.deepEqual([model.requests.length, readDisk(target)], [0, undefined]);
  });

  it('says what goes on while the model is asked and the tests run', async () => {
    const held = holdAnswer(answerFile(oneTest));
    model.answer(held.answering);
    await followStatus();
    await answerMessage(/wants to ask a model/, 'Allow This Rule');
    await waitForStatus(/^Codegen Lab: asking the model$/);
    await eventually(async () => {
      const lenses = await lensesOf(source);
      assert.deepEqual(lenses, ['$(sync~spin) generate-tests: Asking ollama/scripted', 'Stop']);
    });
    assert.equal(readDisk(target), undefined);
    await eventually(async () => {
      assert.deepEqual(await shownLenses(), ['generate-tests: Asking ollama/scripted', 'Stop']);
    });
    await screenshot('2-asking');
    held.release();
    await waitForStatus(/^Codegen Lab: 1 to review$/);
    const history = await statusHistory();
    assert.ok(history.includes('Codegen Lab: running tests'), history.join(' | '));
    assert.ok(
      history.indexOf('Codegen Lab: asking the model') < history.lastIndexOf('Codegen Lab: running tests'),
      history.join(' | '),
    );
  });

  it('has proven the edit and waits, with the way on over code and rule', async () => {
    await journals.step(run, 'proposal.ready');
    await eventually(async () => {
      assert.deepEqual((await lensesOf(source)).slice(0, 3), [
        '$(git-compare) Review: proven, 3 passed',
        '$(check) Accept',
        '$(close) Reject',
      ]);
      const overRule = await lensesOf(rule);
      assert.ok(overRule.includes('Last: proven, 3 passed'), overRule.join(', '));
      assert.ok(overRule.includes('$(git-compare) Review Proposal'), overRule.join(', '));
    });
    await show(source);
    await eventually(async () => {
      assert.match((await shownLenses()).join(' | '), /Review: proven, 3 passed \| Accept \| Reject/);
    });
    assert.match((await messages()).join('\n'), /duration\.generated\.test\.js proven \(3 passed\)/);
    await vscode.commands.executeCommand('notifications.hideList');
    assert.equal(readDisk(target), undefined);
  });

  it('shows the proposal as a diff', async () => {
    await ui(`await page.locator('[id$="codegenLab.status"] a').click()`);
    await ui(
      `await editor.waitForText('formats nothing', '.multiDiffEditor, .multi-diff-editor, .monaco-component')`,
    );
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.match(tab, /Codegen Lab: generate-tests on src\/duration\.js/);
    const actions = await namesOf('.editor-actions a.action-label');
    for (const name of ['Accept Proposal', 'Reject Proposal']) {
      assert.ok(
        actions.some((action) => action.startsWith(name)),
        actions.join(', '),
      );
    }
    await screenshot('3-proposal');
  });

  it('lands what is accepted, saved, and tests it in place', async () => {
    await vscode.commands.executeCommand('codegenLab.acceptProposal');
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['landed', 'ok'], end.message);
    assert.equal(readDisk(target), oneTest);
    assert.equal(isDirty(target), false);
    await journals.step(run, 'test.finished', ({ phase }) => phase === 'inPlace');
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.deepEqual(
        labels.filter((label) => label.startsWith('Codegen Lab')),
        [],
      );
    });
    await waitForStatus(/^Codegen Lab$/);
  });

  it('shows the result over code, rule and test', async () => {
    await eventually(async () => {
      const [overCode, overRule, overTest] = await Promise.all([
        lensesOf(source),
        lensesOf(rule),
        lensesOf(target),
      ]);
      assert.ok(overCode.includes('generate-tests: landed, 3 passed'), overCode.join(', '));
      assert.ok(overCode.includes('$(beaker) Run generate-tests'), overCode.join(', '));
      assert.ok(overRule.includes('Last: landed, 3 passed'), overRule.join(', '));
      assert.match(
        overTest.join(' | '),
        /\$\(run-all\) Run All Tests \| .*\$\(pass\) Passed \(\d+ ms\) \| \$\(play\) Run \| \$\(debug-alt\) Debug$/,
      );
    });
    await show(target);
    await eventually(async () => assert.match((await shownLenses()).join(' | '), /Run All Tests.*Passed/));
    await screenshot('4-landed');
  });

  it('lists the tests in the Test Explorer, with their results', async () => {
    await vscode.commands.executeCommand('workbench.view.testing.focus');
    await eventually(async () => {
      await expandTree('.test-explorer');
      const rows = await rowsOf('.test-explorer');
      assert.ok(
        rows.some((row) => /formats nothing.*passed/i.test(row)),
        rows.join('\n'),
      );
    });
    await screenshot('5-test-explorer');
  });

  it('kept its journal out of version control', () => {
    assert.deepEqual(gitStatus(root), [` M ${source}`, `?? ${target}`]);
    assert.ok(journals.runs().length > 0);
  });

  it('wrote the steps into the output channel', async () => {
    await vscode.commands.executeCommand('codegenLab.showLog');
    await eventually(() => {
      const log = logText();
      for (const step of [
        'Rule generate-tests fired',
        'Asked the model',
        'Accepted: by you',
        'Landed: test/',
      ]) {
        assert.ok(log.includes(step), `${step} is not in\n${log}`);
      }
    });
  });

  it('shows the timeline of the run', async () => {
    await vscode.commands.executeCommand('codegenLab.showRuns', { run });
    await eventually(async () => {
      const rows = await rowsOf('.sidebar');
      assert.ok(
        rows.some((row) => row.startsWith('generate-tests on src/duration.js: landed, 3 passed')),
        rows.join('\n'),
      );
    });
    await findRunRow((row) => row.startsWith('Landed. test/duration.generated.test.js'));
    await screenshot('6-timeline');
  });

  it('changes the file that it wrote, with both sides in the diff, when the next change is accepted', async () => {
    model.answer(answerFile(twoTests));
    await insertAtTop(source, '// And back again.\n');
    run = await journals.startedBy(source, saveByHand);
    await journals.step(run, 'proposal.ready');
    await waitForStatus(/1 to review/);
    await vscode.commands.executeCommand('codegenLab.showProposal', { run });
    await ui(`await editor.waitForText('reads days')`);
    await screenshot('7-changed-file');
    await vscode.commands.executeCommand('codegenLab.acceptProposal', { run });
    assert.equal((await journals.end(run)).outcome, 'landed');
    assert.deepEqual([readDisk(target), isDirty(target)], [twoTests, false]);
  });

  it('reports a test that a bug turns red at its line, with the way there', async () => {
    await replace(source, 'Number(amount) * units[unit]', 'amount.nothing.here * units[unit]');
    await saveByHand();
    await vscode.commands.executeCommand('codegenLab.runTests', { folder: root, paths: [target], ids: [] });
    await eventually(() => {
      const [problem] = problemsOf(target);
      assert.match(problem?.message ?? '', /reads days: /);
      assert.equal(
        problem?.range.start.line,
        twoTests.split('\n').findIndex((line) => line.includes("parseDuration('2d')")),
      );
      const places = problem?.relatedInformation?.map(({ location }) => location) ?? [];
      assert.ok(
        places.some(({ uri }) => uri.path.endsWith(source)),
        JSON.stringify(places),
      );
    });
    await waitForStatus(/^Codegen Lab: (tests red|\d)/);
    await eventually(async () => assert.match((await lensesOf(target)).join(' | '), /\$\(error\) Failed/));
    await show(target);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await ui(`await editor.waitForText('reads days', '.markers-panel')`);
    await eventually(async () => assert.match((await shownLenses()).join(' | '), /Failed/));
    await screenshot('8-red');
  });

  it('takes the report back when the tests are green again', async () => {
    await replace(source, 'amount.nothing.here * units[unit]', 'Number(amount) * units[unit]');
    await saveByHand();
    await vscode.commands.executeCommand('testing.runAll');
    await eventually(() => assert.deepEqual(problemsOf(target), []));
    await eventually(async () => assert.doesNotMatch(await statusText(), /red/));
    await vscode.commands.executeCommand('codegenLab.stopAll');
  });

  it('reports what a rule rejects while it is typed', async () => {
    await insertAtTop(source, 'console.log(1);\n');
    await eventually(() => {
      const [problem] = problemsOf(source);
      assert.equal(problem?.message, 'Library code prints nothing; return a value or throw.');
      assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
      assert.deepEqual([problem.range.start.line, problem.range.start.character], [0, 0]);
    });
    await screenshot('9-rejected-while-typing');
    await replace(source, 'console.log(1);\n', '');
    await eventually(() => assert.deepEqual(problemsOf(source), []));
  });

  it('takes each accepted proposal back with one undo, and brings it back with one redo', async () => {
    const { document } = await show(target);
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(document.getText(), oneTest));
    await vscode.commands.executeCommand('redo');
    await eventually(() => assert.equal(document.getText(), twoTests));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(readDisk(target), undefined));
    await closeEditors();
  });
});
