import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { hasScreen, screenshot, ui } from './support/ui.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('a workspace with rules is opened', () => {
  const extension = vscode.extensions.getExtension('codegen-lab.codegen-lab');
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const rule = join(root, '.cursor/rules/generate-tests.mdc');

  it('activates by itself', async () => {
    await eventually(() => assert.ok(extension?.isActive));
  });

  it('registers every command that it contributes', async () => {
    const manifest = JSON.parse(
      readFileSync(join(extension?.extensionPath ?? '', 'package.json'), 'utf8'),
    ) as Manifest;
    const known = new Set(await vscode.commands.getCommands(true));
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !known.has(command)),
      [],
    );
    assert.ok(contributed.length > 15);
  });

  it('knows rule files as its own language, also where Markdown claims them', async () => {
    const document = await vscode.workspace.openTextDocument(rule);
    assert.equal(document.languageId, 'mdc');
    assert.equal(vscode.workspace.getConfiguration('editor', document).get('wordWrap'), 'on');
  });

  it('says over the rule that no model is chosen, with three ways out', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(rule));
    await eventually(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        vscode.Uri.file(rule),
        50,
      );
      const commands = lenses.map((lens) => lens.command?.command);
      for (const name of ['setApiKey', 'useOllama', 'tryRecordedDemo']) {
        assert.ok(commands.includes(`codegenLab.${name}`), commands.join(', '));
      }
    });
  });

  it('shows one status item that says so too, to eyes and to screen readers', async function () {
    if (!hasScreen) this.skip();
    await eventually(async () => {
      const items = await ui<readonly string[]>(
        `return page.locator('.statusbar-item a[aria-label^="Codegen Lab"]').evaluateAll((all) =>
          all.map((item) => item.innerText + '|' + item.getAttribute('aria-label')));`,
      );
      assert.equal(items.length, 1);
      assert.match(items[0] ?? '', /Codegen Lab: no model\|Codegen Lab: no model\. \w/);
    });
  });

  it('lists the rules in its view', async function () {
    if (!hasScreen) this.skip();
    await vscode.commands.executeCommand('codegenLab.rules.focus');
    await eventually(async () => {
      const labels = await ui<readonly string[]>(
        `return page.locator('.sidebar .monaco-list-row').evaluateAll((rows) =>
          rows.map((row) => row.getAttribute('aria-label')));`,
      );
      assert.ok(
        labels.some((label) => label?.startsWith('Rule, generate-tests, ')),
        labels.join(', '),
      );
    });
    await screenshot('rules');
  });

  it('does not nag when a file is saved without a model', async function () {
    if (!hasScreen) this.skip();
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(join(root, 'src/duration.js')));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// changed\n'));
    await vscode.commands.executeCommand('workbench.action.files.save');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await vscode.commands.executeCommand('notifications.showList');
    const text = await ui<string>(
      `const list = page.locator('.notifications-center'); return (await list.isVisible()) ? list.innerText() : '';`,
    );
    assert.doesNotMatch(text, /Codegen Lab:/);
  });

  it('restarts its server on command and shows the same again', async () => {
    await vscode.commands.executeCommand('codegenLab.restartServer');
    await eventually(async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        vscode.Uri.file(rule),
      );
      assert.ok(lenses.length > 0);
    });
  });
});
