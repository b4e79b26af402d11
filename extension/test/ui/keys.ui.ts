import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { answerFile, oneTest } from '../slice/answers.ts';
import { startFakeModel, type FakeModel } from '../slice/fakeModel.ts';
import { Journals } from '../slice/journals.ts';
import { commitAll } from '../slice/repository.ts';
import { openEditor } from '../support/openEditor.ts';
import { saveChange, source, waitForItem } from '../support/sampleScreen.ts';

const provider = 'vLLM';
const key = 'key-of-a-person-7f3a91c2d4';

describe('an API key', () => {
  let model: FakeModel;
  let editor: EditorWindow;

  before(async () => {
    model = await startFakeModel();
    model.answer(answerFile(oneTest));
  });

  after(() => model.close());

  it('is typed unseen, is used, is in no file, and is gone when it is removed', async () => {
    editor = await openEditor({ trusted: true, ownServer: true, prepare: commitAll });
    await waitForItem(editor, 'Codegen Lab: no model');
    await setKey();
    const journals = new Journals(editor.folder);

    const run = await journals.startedBy(source, () => saveChange(editor, 'Durations in words.'));
    await editor.answerNotification(
      'Once allowed, it may ask the chosen model (vllm/scripted',
      'Allow This Rule',
    );
    await waitForItem(editor, 'Codegen Lab: 1 to review');
    await journals.step(run, 'proposal.ready');
    assert.equal(model.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
    await editor.screenshot('keys/3-used');

    await editor.runCommand('Output: Show Output Channels...');
    await editor.pickEntry('Codegen Lab');
    // The panel shows the last lines.
    await editor.waitForText('Proven', '.panel');
    assert.deepEqual(filesWith(key, editor.folder, editor.dataFolder), []);
    // The search does find what is in files: where the model answers is a setting.
    assert.notDeepEqual(filesWith(model.openaiUrl, editor.dataFolder), []);

    await removeKey();
    const asked = model.requests.length;
    const next = await journals.startedBy(source, () => saveChange(editor, 'And back again.'));
    await journals.step(next, 'proposal.ready');
    assert.ok(model.requests.length > asked);
    for (const { headers } of model.requests.slice(asked)) assert.equal(headers.authorization, undefined);
  });

  /** Nothing is chosen yet, so the command goes on to ask where the server is and which model it has. */
  async function setKey(): Promise<void> {
    await editor.runCommand('Codegen Lab: Set API Key…');
    await editor.pickEntry(provider);
    const title = `API key for ${provider}`;
    await editor.waitForText(title, '.quick-input-widget');
    const box = editor.page.locator('.quick-input-widget input.input');
    await box.fill(key);
    assert.equal(await box.getAttribute('type'), 'password');
    await editor.screenshot('keys/1-typed');
    await editor.answerInput(key, title);
    await editor.answerInput(model.openaiUrl, 'Base URL');
    await editor.answerInput('scripted', `Model of ${provider}`);
    const told = await editor.waitForNotification(`key kept for ${provider}`);
    assert.ok(!told.includes(key));
    await waitForItem(editor, 'Codegen Lab');
    await editor.screenshot('keys/2-kept');
  }

  async function removeKey(): Promise<void> {
    await editor.runCommand('Codegen Lab: Remove API Key…');
    await editor.pickEntry(provider);
    await editor.waitForNotification(`key removed for ${provider}`);
    await editor.screenshot('keys/4-removed');
  }
});

/** The files below folders that hold a text. */
function filesWith(text: string, ...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => read(path).includes(text));
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The editor removes files while this reads.
    return '';
  }
}
