import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';
import { answerFile, oneTest } from '../slice/answers.ts';
import { startFakeModel, type FakeModel } from '../slice/fakeModel.ts';
import { commitAll, gitStatus } from '../slice/repository.ts';
import { openEditor } from '../support/openEditor.ts';
import { modelSettings, source, waitForItem, waitForLenses } from '../support/sampleScreen.ts';

const rule = '.cursor/rules/generate-tests.mdc';
const refusal = 'no model is asked and nothing runs in a restricted workspace. Trust it first.';

/** Commands that run or spend, as somebody who bound a key to them may call them. */
const refused = [
  'acceptFiles',
  'acceptProposal',
  'allowUnconfined',
  'approveRule',
  'rejectProposal',
  'runRule',
  'runTests',
  'tryRecordedDemo',
];

describe('the packed extension', () => {
  it('offers authoring alone in Restricted Mode, and the rest once the folder is trusted', async () => {
    const editor = await openEditor({ trusted: false });
    await editor.waitForStatus('Restricted Mode');
    await waitForItem(editor, 'Codegen Lab: restricted');
    await editor.openFile(rule);
    assert.ok((await editor.statusBar()).includes('Rule (MDC)'));
    await editor.screenshot('trust/1-restricted');
    await editor.grantTrust();
    await waitForItem(editor, 'Codegen Lab: no model');
    await editor.openFile(rule);
    await editor.screenshot('trust/3-trusted');
  });

  it('starts without a notification in a trusted folder', async () => {
    const editor = await openEditor({ trusted: true });
    await waitForItem(editor, 'Codegen Lab: no model');
    assert.deepEqual(await editor.notifications(), []);
  });

  it('helps with rules in Restricted Mode while they are typed', async () => {
    const editor = await openEditor({ trusted: false });
    await waitForItem(editor, 'Codegen Lab: restricted');
    await editor.openFile(rule);
    await editor.goTo(4, 5);
    await editor.insert('save, on-saturdays');
    const [problem, ...more] = await waitForProblems(editor);
    assert.match(problem ?? '', /on-saturdays/);
    assert.deepEqual(more, []);
    await editor.screenshot('trust/2-problem');
  });

  describe('in Restricted Mode', () => {
    let model: FakeModel;

    before(async () => {
      model = await startFakeModel();
      model.answer(answerFile(oneTest));
    });

    after(() => model.close());

    it('refuses what would run or spend, also where it is called by a key of the user, and says why', async () => {
      const editor = await openEditor({
        trusted: false,
        ownServer: true,
        settings: modelSettings(model.openaiUrl),
        prepare: commitAll,
      });
      bindKeys(editor);
      await waitForItem(editor, 'Codegen Lab: restricted');
      await editor.openFile(source);
      for (const [index, command] of refused.entries()) {
        await eventually(async () => {
          // The editor takes over the keys a moment after they are written.
          await editor.press(`Control+Alt+Shift+F${index + 1}`);
          assert.match((await editor.notifications()).join('\n'), new RegExp(refusal), command);
        });
        if (index === 0) await editor.screenshot('trust/4-refused');
        await editor.runCommand('Notifications: Clear All Notifications');
        await eventually(async () => assert.deepEqual(await editor.notifications(), []));
      }
      await editor.openFile(source);
      await waitForLenses(editor);
      assert.deepEqual([model.requests.length, gitStatus(editor.folder)], [0, []]);
      assert.equal(existsSync(join(editor.folder, '.codegen-lab')), false);
    });
  });
});

/** Gives each command a key that asks for nothing: neither for trust nor for a proposal. */
function bindKeys(editor: EditorWindow): void {
  const run = { ruleId: rule, folder: editor.folder, path: source };
  const args: Readonly<Record<string, unknown>> = {
    runRule: run,
    runTests: { folder: editor.folder, paths: ['test/duration.test.js'], ids: [] },
  };
  const keys = refused.map((command, index) => ({
    key: `ctrl+alt+shift+f${index + 1}`,
    command: `codegenLab.${command}`,
    ...(command in args ? { args: args[command] } : {}),
  }));
  writeFileSync(join(editor.dataFolder, 'data', 'User', 'keybindings.json'), JSON.stringify(keys));
}

/** What the Problems panel lists below the name of the file. */
async function waitForProblems(editor: EditorWindow): Promise<readonly string[]> {
  await eventually(async () => assert.equal((await editor.problems()).length, 2));
  return (await editor.problems()).slice(1);
}
