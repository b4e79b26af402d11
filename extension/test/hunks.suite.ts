import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { startFakeModel, type FakeModel } from './slice/fakeModel.ts';
import { act, saveAndAllow } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { chooseModel } from './slice/modelSettings.ts';
import { waitForStatus } from './slice/screen.ts';
import { closeEditors, insertAtTop, isDirty, readDisk, root, show } from './slice/workbench.ts';
import { hasScreen, screenshot } from './support/ui.ts';

const source = 'src/duration.js';
const constant = 'const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };';
const edits: readonly (readonly [from: string, to: string])[] = [
  [constant, `${constant} // In milliseconds.`],
  ['  return text;', '  return text; // Done.'],
];
const answer = [
  source,
  '```js',
  ...edits.flatMap(([from, to]) => ['<<<<<<< SEARCH', from, '=======', to, '>>>>>>> REPLACE']),
  '```',
  '',
].join('\n');

/** One story, told in order: each test goes on where the one before ended. */
describe('parts of a proposal are taken, and the run is undone later', function () {
  this.bail(true);
  const journals = new Journals(root);
  let model: FakeModel;
  let run = '';
  let saved = '';

  before(async function () {
    if (!hasScreen) this.skip();
    model = await startFakeModel();
    await chooseModel(model.openaiUrl);
    await waitForStatus(/^Codegen Lab$/);
  });

  after(async () => {
    await closeEditors();
    await model?.close();
  });

  const preview = (): vscode.Uri =>
    vscode.Uri.from({ scheme: 'codegen-lab-proposal', path: `/${source}`, query: `after=${run}` });

  async function hunkLenses(): Promise<readonly string[]> {
    await vscode.workspace.openTextDocument(preview());
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      preview(),
      100,
    );
    return lenses.map(({ command }) => command?.title ?? '');
  }

  /** Undoes a run and gives the run that did it. */
  async function undo(of: string): Promise<string> {
    const known = new Set(journals.runs());
    await vscode.commands.executeCommand('codegenLab.undoRun', { run: of });
    let found: string | undefined;
    await eventually(() => {
      found = journals.runs().find((each) => !known.has(each));
      assert.ok(found, 'The undoing is a run.');
    });
    const by = found ?? '';
    const started = await journals.step(by, 'run.started');
    assert.deepEqual([started.action, started.cause.undoes], ['undo', of]);
    const end = await journals.end(by);
    assert.equal(end.outcome, 'landed', end.message);
    return by;
  }

  it('offers each hunk in the preview', async () => {
    model.answer({ kind: 'answer', text: answer });
    run = await saveAndAllow(journals, source);
    await journals.step(run, 'run.waiting', ({ on }) => on === 'decision');
    saved = readDisk(source) ?? '';
    await act('showProposal', run);
    await eventually(async () =>
      assert.deepEqual(await hunkLenses(), [
        '$(check) Taken',
        'Reject Hunk',
        '$(check) Taken',
        'Reject Hunk',
      ]),
    );
    await screenshot('hunks-1-preview');
  });

  it('moves over the hunks and leaves one out by the keyboard’s commands', async () => {
    const editor = await vscode.window.showTextDocument(preview());
    await vscode.commands.executeCommand('codegenLab.nextHunk');
    const first = editor.selection.active.line;
    assert.equal(editor.document.lineAt(first).text, edits[0]?.[1]);
    await vscode.commands.executeCommand('codegenLab.rejectHunk');
    assert.equal(editor.document.lineAt(editor.selection.active.line).text, edits[1]?.[1]);
    await vscode.commands.executeCommand('codegenLab.previousHunk');
    assert.equal(editor.selection.active.line, first);
    await eventually(async () =>
      assert.deepEqual(await hunkLenses(), [
        'Accept Hunk',
        '$(close) Left out',
        '$(check) Taken',
        'Reject Hunk',
      ]),
    );
    await screenshot('hunks-2-left-out');
  });

  it('proves what is left anew, and lands it', async () => {
    await act('acceptProposal', run);
    const end = await journals.end(run);
    assert.deepEqual([end.outcome, end.code], ['landed', 'ok'], end.message);
    const { parts } = await journals.step(run, 'proposal.narrowed');
    assert.deepEqual(parts, [{ path: source, of: 2, hunks: [1] }]);
    assert.equal(readDisk(source), saved.replace('  return text;', '  return text; // Done.'));
    assert.equal(isDirty(source), false);
  });

  it('undoes the run, and undoes that', async () => {
    const landed = readDisk(source);
    const by = await undo(run);
    assert.deepEqual([readDisk(source), isDirty(source)], [saved, false]);
    await undo(by);
    assert.deepEqual([readDisk(source), isDirty(source)], [landed, false]);
  });

  it('undoes it in one step of the editor too', async () => {
    const landed = readDisk(source);
    await undo(run);
    await show(source);
    await vscode.commands.executeCommand('undo');
    await eventually(() =>
      assert.equal(vscode.window.activeTextEditor?.document.getText().replaceAll('\r\n', '\n'), landed),
    );
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('leaves a file that somebody is typing in', async () => {
    const onDisk = readDisk(source);
    await insertAtTop(source, '// Mine.\n');
    const known = journals.runs().length;
    await vscode.commands.executeCommand('codegenLab.undoRun', { run });
    assert.deepEqual([readDisk(source), isDirty(source), journals.runs().length], [onDisk, true, known]);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
