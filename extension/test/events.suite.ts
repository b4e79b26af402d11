import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Journals } from './slice/journals.ts';
import { waitForStatus } from './slice/screen.ts';
import { closeEditors, insertAtTop, root, saveByHand, show, uriOf } from './slice/workbench.ts';
import { hasScreen } from './support/ui.ts';

const source = 'src/duration.js';

describe('what happens beside a save', function () {
  const journals = new Journals(root);
  const problems = vscode.languages.createDiagnosticCollection('another extension');

  before(async function () {
    if (!hasScreen) this.skip();
    await show(source);
    await waitForStatus(/Codegen Lab/);
  });

  after(async () => {
    problems.dispose();
    await closeEditors();
  });

  const change = async (): Promise<void> => {
    await insertAtTop(source, `// ${journals.runs().length} ${Date.now()}\n`);
    await saveByHand();
  };
  const runsOf = (rule: string): number =>
    journals.runs().filter((run) => {
      const [first] = journals.read(run);
      return first?.type === 'run.started' && first.rule === rule;
    }).length;
  const endAll = (): Thenable<unknown> => vscode.commands.executeCommand('codegenLab.stopAll');

  it('lets a rule fire on problems that another extension reports, as the person who changed the file', async () => {
    await journals.startedBy(source, change);
    await endAll();
    const range = new vscode.Range(0, 0, 0, 1);
    const run = await journals.startedBy(source, async () => {
      problems.set(uriOf(source), [new vscode.Diagnostic(range, 'It does not please me.')]);
    });
    const { rule, cause } = await journals.step(run, 'run.started');
    assert.deepEqual([rule, cause.event, cause.origin], ['on-problems', 'problems', 'user']);
    await endAll();
  });

  it('starts nothing in a folder whose rules are switched off, and again when they are on', async () => {
    await vscode.commands.executeCommand('codegenLab.toggleFolderRules');
    await sleep(500);
    const before = runsOf('on-save');
    await change();
    await sleep(1_500);
    assert.equal(runsOf('on-save'), before);
    await vscode.commands.executeCommand('codegenLab.toggleFolderRules');
    await sleep(500);
    await journals.startedBy(source, change);
    assert.equal(runsOf('on-save'), before + 1);
    await endAll();
  });
});
