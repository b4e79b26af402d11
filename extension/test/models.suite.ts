import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { hasScreen, screenshot } from './support/ui.ts';
import { closeEditors, codeOf, problemsOf, replace, show, uriOf } from './slice/workbench.ts';

const path = '.codegen-lab/models.yaml';

async function placeOf(text: string): Promise<vscode.Position> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${path} does not hold ${text}`);
  return document.positionAt(at + Math.ceil(text.length / 2));
}

/** The source of a page of ours that is shown. */
function pageText(title: string): string {
  const pages = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'codegen-lab-prompt');
  return pages.find(({ uri }) => uri.path === `/${title}.md`)?.getText() ?? '';
}

describe("a team's models file in the editor", () => {
  after(closeEditors);

  it('shows what is wrong at its place, and takes it back', async () => {
    await show(path);
    await eventually(() =>
      assert.deepEqual(problemsOf(path).map(codeOf), ['models.unknown-value', 'models.not-set-up']),
    );
    await replace(path, 'rase', 'race');
    await eventually(() => assert.deepEqual(problemsOf(path).map(codeOf), ['models.not-set-up']));
  });

  it('completes and explains', async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uriOf(path),
      await placeOf('race'),
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(
      ['fallback', 'race', 'vote', 'best'].every((word) => labels.includes(word)),
      labels.join(),
    );
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uriOf(path),
      await placeOf('tester'),
    );
    const said = hovers.flatMap(({ contents }) =>
      contents.map((each) => (each as vscode.MarkdownString).value),
    );
    assert.match(said.join('\n'), /role `tester` writes tests/);
  });

  it('is what *Check Models* shows', async () => {
    await vscode.workspace.saveAll();
    const checked = vscode.commands.executeCommand('codegenLab.checkModels');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.match(pageText('Models'), /^# Models/);
    });
    await checked;
    assert.match(pageText('Models'), /No model is chosen/);
    assert.match(pageText('Models'), /\| usd\.run \| 0\.1 \| models\.yaml \|/);
    assert.match(pageText('Models'), /openai\/gpt \(models\.yaml\): The provider openai is not set up here/);
  });

  it('says what was used', async () => {
    await vscode.commands.executeCommand('codegenLab.showUsage');
    assert.match(pageText('Usage of Models'), /No model was asked in the last \d+ runs/);
  });

  it('is part of what *Doctor* shows, with the server', async () => {
    await vscode.commands.executeCommand('codegenLab.doctor');
    assert.match(
      pageText('Doctor'),
      /^Codegen Lab [\d.]+ in .+\. The language server runs\.\n\n# Health of Codegen Lab\n/u,
    );
    assert.match(pageText('Doctor'), /\| Sandbox \|/u);
    if (hasScreen) await screenshot('doctor');
  });

  it('is not in *Report Issue*, which opens a document of the own and sends nothing', async () => {
    await vscode.commands.executeCommand('codegenLab.reportIssue');
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.isUntitled, document?.languageId], [true, 'markdown']);
    assert.match(document?.getText() ?? '', /## Health of Codegen Lab[^]*## Last runs/u);
    assert.ok(
      !document?.getText().includes(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? 'no folder'),
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
