import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { closeEditors, codeOf, lensesOf, problemsOf, readDisk, show, uriOf } from './slice/workbench.ts';

const base = '.cursor/rules/base.mdc';
const child = '.cursor/rules/child.mdc';
const faulty = '.cursor/rules/faulty.mdc';
const untidy = '.cursor/rules/untidy.mdc';

/** Asks a provider of the editor about a place: the middle of the first text like this in a file. */
async function ask<Result>(
  command: string,
  path: string,
  text: string,
  ...rest: readonly unknown[]
): Promise<Result> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  return vscode.commands.executeCommand<Result>(command, document.uri, placeOf(document, text), ...rest);
}

function placeOf(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${document.uri.path} does not hold ${text}`);
  return document.positionAt(at + Math.ceil(text.length / 2));
}

async function textAt({ uri, range }: vscode.Location): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText(range);
}

function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(0, 0, document.lineCount, 0);
}

describe('a rule file in the editor', () => {
  before(async () => {
    await show(child);
    await eventually(() => assert.ok(problemsOf(faulty).length > 0));
  });

  after(closeEditors);

  it('is of our language, whose problems say their codes', async () => {
    assert.equal((await show(child)).document.languageId, 'mdc');
    assert.deepEqual(problemsOf(faulty).map(codeOf), ['rule.unknown-key']);
  });

  it('completes keys, values and references', async () => {
    const labels = async (path: string, text: string): Promise<readonly string[]> => {
      const list = await ask<vscode.CompletionList>('vscode.executeCompletionItemProvider', path, text);
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    };
    assert.ok((await labels(child, 'glo')).includes('globs'));
    assert.ok((await labels(child, ': base')).includes('base'));
    assert.ok((await labels(child, 'reject')).includes('validate'));
    assert.ok((await labels(child, '@src/duration.js')).includes('src/duration.js'));
  });

  it('explains what the mouse is over', async () => {
    const said = async (text: string): Promise<string> => {
      const hovers = await ask<vscode.Hover[]>('vscode.executeHoverProvider', child, text);
      return hovers
        .flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value))
        .join('\n');
    };
    assert.match(await said('src/**/*.js'), /Matches 1 file now: `src\/duration\.js`/);
    assert.match(await said(': base'), /What test rules share/);
    assert.match(await said('extends'), /Rules to inherit from/);
  });

  it('leads to what it names, and back', async () => {
    const definitions = async (text: string): Promise<readonly string[]> => {
      const found = await ask<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        child,
        text,
      );
      return found.map((each) => vscode.workspace.asRelativePath('uri' in each ? each.uri : each.targetUri));
    };
    assert.deepEqual(await definitions(': base'), [base]);
    assert.deepEqual(await definitions('@src/duration.js'), ['src/duration.js']);
    const found = await ask<vscode.Location[]>('vscode.executeReferenceProvider', child, ': base');
    // The rule itself is named by its file, not by a word in it.
    assert.deepEqual((await Promise.all(found.map(textAt))).toSorted(), ['', 'base', 'base.mdc']);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      uriOf(child),
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith('/src/duration.js')));
  });

  it('has an outline, folds, selections, colours and hints', async () => {
    const { document } = await show(child);
    const symbols = await ask<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      child,
      'Tests',
    );
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['Frontmatter', 'Tests'],
    );
    const folds = await ask<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', child, 'Tests');
    assert.ok(folds.some(({ start, end }) => start === 0 && end >= 3));
    const place = placeOf(document, 'src/**/*.js');
    const selections = await vscode.commands.executeCommand<vscode.SelectionRange[]>(
      'vscode.executeSelectionRangeProvider',
      document.uri,
      [place],
    );
    assert.ok(selections[0]?.parent?.range.contains(selections[0].range));
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    assert.ok(tokens.data.length >= 5 * 10);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      wholeOf(document),
    );
    assert.deepEqual(
      hints.map(({ label }) => (typeof label === 'string' ? label : '')),
      ['Auto Attached', '1 file', 'Block'],
    );
  });

  it('has lenses over each rule, which lead to its files and to what it comes to', async () => {
    await eventually(async () => {
      const lenses = await lensesOf(child);
      assert.equal(lenses.filter((title) => title === 'Show Matches').length, 2);
      assert.equal(lenses.filter((title) => title === 'Effective Rule').length, 2);
    });
  });

  it('is shown with all that it inherits, read-only, and leads to where each value was written', async () => {
    await show(child);
    await vscode.commands.executeCommand('codegenLab.showEffectiveRule');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.uri.scheme, 'codegen-lab-effective');
    assert.match(document.getText(), /approval: ask {2}# from \.cursor\/rules\/base\.mdc:4\n/);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    assert.ok(links.some(({ target }) => target?.path.endsWith('/base.mdc') && target.fragment === 'L4'));
    const before = document.getText();
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(document.getText(), before);
  });

  it('is explained in words', async () => {
    await show(child);
    await vscode.commands.executeCommand('codegenLab.explainRule');
    await eventually(() => {
      const text = vscode.workspace.textDocuments
        .find(({ uri }) => uri.scheme === 'codegen-lab-explained')
        ?.getText();
      assert.match(
        text ?? '',
        /## What it inherits\n\n1\. `\.cursor\/rules\/base\.mdc`: What test rules share/,
      );
    });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('offers quick fixes, and mends all that is certain in all rules', async () => {
    const { document } = await show(faulty);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      wholeOf(document),
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.ok(actions.some(({ title, isPreferred }) => title === 'Change to `description`' && isPreferred));
    await vscode.commands.executeCommand('codegenLab.fixRules');
    assert.match(document.getText(), /^---\ndescription: A slip\n/);
    await vscode.commands.executeCommand('undo');
    assert.match(document.getText(), /^---\ndescriptoin: A slip\n/);
  });

  it('is made of the files of other tools, after they were shown', async () => {
    const imported = 'src/.cursor/rules/claude.mdc';
    const done = vscode.commands.executeCommand('codegenLab.importRules');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.equal(readDisk(imported), '---\nalwaysApply: true\n---\nWrite plain words.\n');
    });
    await done;
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uriOf(imported).toString());
    assert.equal(readDisk('src/CLAUDE.md'), 'Write plain words.\n');
  });

  it('is mended and formatted on save where the user wants it', async () => {
    const settings = vscode.workspace.getConfiguration('editor', { languageId: 'mdc' });
    const target = vscode.ConfigurationTarget.Workspace;
    await settings.update('codeActionsOnSave', { 'source.fixAll': 'explicit' }, target, true);
    await settings.update('formatOnSave', true, target, true);
    try {
      const { document } = await show(faulty);
      await vscode.window.activeTextEditor?.edit((edit) => edit.insert(new vscode.Position(4, 0), 'More.\n'));
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually(() =>
        assert.match(readDisk(faulty) ?? '', /^---\ndescription: A slip\nalwaysApply: true\n---\nMore\.\n/),
      );
      assert.equal(document.isDirty, false);
    } finally {
      await settings.update('codeActionsOnSave', undefined, target, true);
      await settings.update('formatOnSave', undefined, target, true);
    }
  });

  it('is formatted, and keeps its comments', async () => {
    const { document } = await show(untidy);
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /^---\ndescription: Blanks\nglobs: .*# both\n---\nText\n$/);
  });

  it('is renamed with all that names it, as a name and as a file', async () => {
    const edit = await ask<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      child,
      ': base',
      'ground',
    );
    assert.ok(edit.entries().length >= 1);
    const { document } = await show(child);
    const rename = new vscode.WorkspaceEdit();
    rename.renameFile(uriOf(base), uriOf('.cursor/rules/ground.mdc'));
    assert.ok(await vscode.workspace.applyEdit(rename));
    await eventually(() => {
      assert.match(document.getText(), /^extends: ground$/m);
      assert.match(document.getText(), /and @ground\.mdc\./);
    });
  });
});
