import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LandParams, LandResult } from '../../server/protocol/proposals.ts';
import { landEdits } from '../landing/landEdits.ts';
import { OwnSaves } from '../landing/ownSaves.ts';
import { eventually } from './eventually.ts';

describe('landing a proposal', () => {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  // An editor may still hold the text that a file had in the test before.
  let folder = '';
  let count = 0;
  const pathOf = (name: string): string => join(folder, name);
  const uriOf = (name: string): string => vscode.Uri.file(pathOf(name)).toString();
  const read = (name: string): Promise<string | undefined> =>
    readFile(pathOf(name), 'utf8').catch(() => undefined);

  function land(...files: LandParams['files']): Promise<LandResult> {
    return landEdits({ run: 'r', title: 'A proposal', files }, new OwnSaves());
  }

  beforeEach(async () => {
    count += 1;
    folder = join(root, `landing-suite-${count}`);
    await mkdir(folder, { recursive: true });
    await writeFile(pathOf('old.txt'), 'one\ntwo\nthree\n');
    await writeFile(pathOf('gone.txt'), 'to be deleted\n');
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
  });

  it('creates, changes and deletes in one step, and one undo takes it back', async () => {
    const document = await vscode.workspace.openTextDocument(pathOf('old.txt'));
    await vscode.window.showTextDocument(document);
    const result = await land(
      { uri: uriOf('old.txt'), before: 'one\ntwo\nthree\n', after: 'one\n2\nthree\n' },
      { uri: uriOf('new/deep.txt'), after: 'new\n' },
      { uri: uriOf('gone.txt'), before: 'to be deleted\n' },
    );
    assert.deepEqual(result, { kind: 'landed' });
    assert.deepEqual(
      [await read('old.txt'), await read('new/deep.txt'), await read('gone.txt')],
      ['one\n2\nthree\n', 'new\n', undefined],
    );
    assert.equal(document.isDirty, false);
    await vscode.commands.executeCommand('undo');
    await eventually(async () => {
      assert.equal(document.getText(), 'one\ntwo\nthree\n');
      assert.deepEqual([await read('new/deep.txt'), await read('gone.txt')], [undefined, 'to be deleted\n']);
    });
  });

  it('changes a file that is not open, and keeps its line ends', async () => {
    await writeFile(pathOf('crlf.txt'), 'a\r\nb\r\n');
    const result = await land({ uri: uriOf('crlf.txt'), before: 'a\r\nb\r\n', after: 'a\nB\n' });
    assert.deepEqual(result, { kind: 'landed' });
    assert.equal(await read('crlf.txt'), 'a\r\nB\r\n');
  });

  it('edits a dirty buffer as it is, if the proposal was made for it', async () => {
    const document = await dirty('old.txt', 'zero\n');
    const before = document.getText();
    const result = await land({ uri: uriOf('old.txt'), before, after: `${before}four\n` });
    assert.deepEqual(result, { kind: 'landed' });
    assert.equal(await read('old.txt'), 'zero\none\ntwo\nthree\nfour\n');
  });

  it('saves what is in the buffer already', async () => {
    const document = await dirty('old.txt', 'zero\n');
    const before = document.getText();
    const result = await land({ uri: uriOf('old.txt'), before, after: before });
    assert.deepEqual(result, { kind: 'landed' });
    assert.deepEqual([await read('old.txt'), document.isDirty], [before, false]);
  });

  it('makes a file anew whose old text is still in a buffer', async () => {
    const document = await vscode.workspace.openTextDocument(pathOf('old.txt'));
    await rm(pathOf('old.txt'));
    const result = await land({ uri: uriOf('old.txt'), after: 'new\n' });
    assert.deepEqual(result, { kind: 'landed' });
    assert.equal(await read('old.txt'), 'new\n');
    await eventually(() => assert.deepEqual([document.getText(), document.isDirty], ['new\n', false]));
  });

  it('writes nothing when one file moved on', async () => {
    await dirty('old.txt', 'typed meanwhile\n');
    const result = await land(
      { uri: uriOf('new.txt'), after: 'new\n' },
      { uri: uriOf('old.txt'), before: 'one\ntwo\nthree\n', after: 'x\n' },
    );
    assert.deepEqual(result, { kind: 'stale', uris: [uriOf('old.txt')] });
    assert.deepEqual([await read('new.txt'), await read('old.txt')], [undefined, 'one\ntwo\nthree\n']);
  });

  it('does not overwrite a file that was to be new', async () => {
    const result = await land({ uri: uriOf('gone.txt'), after: 'mine\n' });
    assert.deepEqual(result, { kind: 'stale', uris: [uriOf('gone.txt')] });
    assert.equal(await read('gone.txt'), 'to be deleted\n');
  });

  it('refuses files outside the open folders', async () => {
    const outside = vscode.Uri.file(join(root, '..', 'outside.txt')).toString();
    const result = await land({ uri: outside, after: 'x' });
    assert.equal(result.kind, 'failed');
    await assert.rejects(readFile(join(root, '..', 'outside.txt')));
  });

  it('takes everything back when a file cannot be written', async function () {
    if (process.getuid?.() === 0) this.skip();
    await mkdir(pathOf('locked'));
    await chmod(pathOf('locked'), 0o500);
    const result = await land(
      { uri: uriOf('old.txt'), before: 'one\ntwo\nthree\n', after: 'changed\n' },
      { uri: uriOf('locked/new.txt'), after: 'x\n' },
    );
    await chmod(pathOf('locked'), 0o700);
    assert.equal(result.kind, 'failed');
    assert.equal(await read('old.txt'), 'one\ntwo\nthree\n');
  });

  it('takes everything back when the disk changed behind a dirty buffer', async () => {
    const document = await dirty('old.txt', 'typed\n');
    const before = document.getText();
    await writeFile(pathOf('old.txt'), 'written by another program, and longer\n');
    const result = await land(
      { uri: uriOf('new.txt'), after: 'new\n' },
      { uri: uriOf('old.txt'), before, after: `${before}more\n` },
    );
    assert.equal(result.kind, 'failed');
    assert.equal(document.getText(), before);
    assert.deepEqual(
      [await read('new.txt'), await read('old.txt')],
      [undefined, 'written by another program, and longer\n'],
    );
  });

  it('takes everything back when a new file has a file for its folder', async () => {
    const result = await land(
      { uri: uriOf('old.txt'), before: 'one\ntwo\nthree\n', after: 'changed\n' },
      { uri: uriOf('gone.txt/new.txt'), after: 'x\n' },
    );
    assert.equal(result.kind, 'failed');
    assert.deepEqual(
      [await read('old.txt'), await read('gone.txt')],
      ['one\ntwo\nthree\n', 'to be deleted\n'],
    );
  });

  async function dirty(name: string, text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(pathOf(name));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
    return document;
  }
});
