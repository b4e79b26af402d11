import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { FakeReply } from '../../server/test/fakeModelServer/fakeReply.ts';
import { eventually } from './eventually.ts';
import { answerFile, oneTest, target } from './slice/answers.ts';
import { startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { act, propose, saveAndAllow, saveChange } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel, setSetting } from './slice/modelSettings.ts';
import { makeReadOnly, makeWritable } from './slice/readOnly.ts';
import { gitStatus } from './slice/repository.ts';
import { findRunRow, messages, rowsOf, statusName, waitForStatus } from './slice/screen.ts';
import { codeOf, lensesOf, problemsOf, readDisk, root, show, uriOf } from './slice/workbench.ts';
import { hasScreen, screenshot, ui } from './support/ui.ts';

const source = 'src/duration.js';
const broken = '.cursor/rules/broken.mdc';
const brokenRule = [
  '---',
  'description: A second rule.',
  'globs: src/**/*.js',
  'on: save',
  'actions:',
  '  - type: generate_tests',
  '   message: Too little indented.',
  '---',
  '',
].join('\n');

interface ModelCase {
  readonly what: string;
  readonly reply: FakeReply;
  readonly code: string;
  readonly says: RegExp;
}

const modelCases: readonly ModelCase[] = [
  {
    what: 'refuses the key',
    reply: { kind: 'status', status: 401, message: 'Incorrect API key provided: sk-1234.' },
    code: 'model.unauthorized',
    says: /Ollama refused the API key \(401\)\. Set a valid key/,
  },
  {
    what: 'declines to answer',
    reply: { kind: 'answer', text: 'I cannot do that.', stop: 'refusal' },
    code: 'model.refused',
    says: /The model declined to answer\. Reword the rule/,
  },
  {
    what: 'is cut off in the middle of its answer',
    reply: { ...answerFile(oneTest), delivery: { cut: { atByte: 700, how: 'destroy' } } },
    code: 'model.cut-off',
    says: /broke before the answer was complete/,
  },
  {
    what: 'talks nonsense',
    reply: { kind: 'answer', text: 'Tests are important. Have a nice day!' },
    code: 'proof.no-progress',
    says: /came to the same result twice/,
  },
];

describe('something is wrong', function () {
  const journals = new Journals(root);
  let model: FakeModel;

  before(async function () {
    if (!hasScreen) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
    model.answer({ kind: 'status', status: 401 });
    await journals.end(await saveAndAllow(journals, source));
  });

  after(() => model.close());

  /** Status item, view of the runs and its timeline say what happened, and the tree is as the person left it. */
  async function assertTold(run: string, says: RegExp): Promise<void> {
    await waitForStatus(/^Codegen Lab: problem$/);
    assert.match(await statusName(), says);
    await vscode.commands.executeCommand('codegenLab.showRuns', { run });
    await eventually(async () => {
      const rows = await rowsOf('.sidebar');
      assert.ok(
        rows.some((row) => row.startsWith(`generate-tests on ${source}: failed`)),
        rows.join('\n'),
      );
    });
    await findRunRow((row) => row.startsWith('Finished. ') && says.test(row));
    assert.deepEqual(gitStatus(root), [` M ${source}`]);
  }

  // The list of messages shows the first few alone.
  beforeEach(() => vscode.commands.executeCommand('notifications.clearAll'));

  for (const { what, reply, code, says } of modelCases) {
    it(`the model ${what}: it is told, no file is touched, and the next save works`, async () => {
      model.answer(reply);
      const run = await saveChange(journals, source);
      const end = await journals.end(run);
      assert.deepEqual([end.outcome, end.code], ['failed', code], end.message);
      assert.doesNotMatch(JSON.stringify(journals.read(run)), /sk-1234/);
      await assertTold(run, says);
      model.answer(answerFile(oneTest));
      await act('rejectProposal', await propose(journals, source));
      await waitForStatus(/^Codegen Lab$/);
    });
  }

  it('the model cannot be reached: how to start it is told', async () => {
    const gone = await startFakeModel();
    await gone.close();
    await setSetting('ai.baseUrl', gone.openaiUrl);
    const run = await saveChange(journals, source);
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['failed', 'model.unreachable'], end.message);
    await assertTold(run, /Ollama \(127\.0\.0\.1:\d+\) is not running\. Start it with `ollama serve`/);
    await screenshot('unreachable');
    await setSetting('ai.baseUrl', model.openaiUrl);
  });

  it('the interpreter of the tests is missing: the setting to correct is told', async () => {
    await setSetting('tests.pythonPath', '/nowhere/python3');
    const run = await saveAndAllow(journals, 'scripts/slug.py');
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['failed', 'tests.no-runner'], end.message);
    await waitForStatus(/^Codegen Lab: problem$/);
    assert.match(
      await statusName(),
      /\/nowhere\/python3 \(codegenLab\.tests\.pythonPath\) cannot be executed/,
    );
    await setSetting('tests.pythonPath', undefined);
  });

  it('a rule cannot be read: the place is shown, and it does not fire', async () => {
    writeFileSync(uriOf(broken).fsPath, brokenRule);
    await eventually(() => {
      const [problem] = problemsOf(broken).filter((problem) => codeOf(problem) === 'rule.bad-yaml');
      assert.match(problem?.message ?? '', /^This is no valid YAML/);
      assert.equal(problem?.severity, vscode.DiagnosticSeverity.Error);
      assert.equal(
        problem.range.start.line,
        brokenRule.split('\n').findIndex((line) => line.includes('Too little')),
      );
    });
    const before = journals.runs().length;
    model.answer(answerFile(oneTest));
    const run = await propose(journals, source);
    assert.deepEqual([journals.runs().length, journals.read(run)[0]?.type], [before + 1, 'run.started']);
    await act('rejectProposal', run);
    await show(broken);
    // It can be looked into; nothing of it can be run.
    const lenses = await lensesOf(broken);
    assert.deepEqual(lenses.slice(0, 2), ['Show Matches', 'Effective Rule']);
    assert.match(lenses[2] ?? '', /Not on saving duration\.js: it has an error \(rule\.bad-yaml\)/);
    assert.equal(lenses.length, 3);
    await vscode.commands.executeCommand('workbench.actions.view.problems');
    await ui(`await editor.waitForText('This is no valid YAML', '.markers-panel')`);
    await vscode.commands.executeCommand('codegenLab.rules.focus');
    await eventually(async () => {
      const rows = await rowsOf('.sidebar');
      assert.ok(
        rows.some((row) => row.startsWith('Rule, broken, not active, it has an error (rule.bad-yaml)')),
        rows.join('\n'),
      );
    });
    await screenshot('broken-rule');
  });

  it('and is mended while it is typed', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const editor = await show(broken);
    const line = brokenRule.split('\n').findIndex((text) => text.includes('Too little'));
    await editor.edit((edit) => edit.delete(new vscode.Range(line, 0, line + 1, 0)));
    await eventually(() => assert.deepEqual(problemsOf(broken), []));
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await eventually(() => assert.notDeepEqual(problemsOf(broken), []));
    rmSync(uriOf(broken).fsPath);
    await eventually(() => assert.deepEqual(problemsOf(broken), []));
  });

  it('the workspace is read-only: nothing is written, which is told, and the next save works', async function () {
    if (!makeReadOnly(root)) this.skip();
    try {
      model.answer(answerFile(oneTest));
      const ruleId = '.cursor/rules/generate-tests.mdc';
      await vscode.commands.executeCommand('codegenLab.runRule', { ruleId, folder: root, path: source });
      await waitForStatus(/1 to review/);
      await vscode.commands.executeCommand('codegenLab.acceptProposal');
      await eventually(async () =>
        assert.match(
          (await messages()).join('\n'),
          /could not write test\/duration\.generated\.test\.js\. Nothing was changed/,
        ),
      );
      await screenshot('read-only');
      assert.equal(readDisk(target), undefined);
      await waitForStatus(/^Codegen Lab: problem$/);
    } finally {
      makeWritable(root);
    }
    await vscode.commands.executeCommand('notifications.clearAll');
    await act('acceptProposal', await propose(journals, source));
    await eventually(() => assert.equal(readDisk(target), oneTest));
  });
});
