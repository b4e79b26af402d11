import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditorWindow } from '../../../scripts/host/editorWindow.ts';
import { eventually } from '../eventually.ts';
import { answerFile, oneTest } from '../slice/answers.ts';
import { startFakeModel, type FakeModel } from '../slice/fakeModel.ts';
import { commitAll, gitStatus } from '../slice/repository.ts';
import { openEditor } from '../support/openEditor.ts';
import {
  modelSettings,
  source,
  waitForFirstLenses,
  waitForItem,
  waitForLenses,
} from '../support/sampleScreen.ts';

const rule = '.cursor/rules/generate-tests.mdc';
const refusal = 'no model is asked and nothing runs in a restricted workspace. Trust it first.';

/** Commands that run or spend, with the letter that somebody has bound to them. */
const refused = [
  ['acceptFiles', 'a'],
  ['acceptProposal', 'b'],
  ['allowUnconfined', 'e'],
  ['approveRule', 'h'],
  ['rejectProposal', 'j'],
  ['runRule', 'm'],
  ['runTests', 'q'],
  ['tryRecordedDemo', 'y'],
] as const;

describe('the packed extension', () => {
  it('offers authoring alone in Restricted Mode, and the rest once the folder is trusted', async () => {
    const editor = await openEditor({ trusted: false });
    await editor.waitForStatus('Restricted Mode');
    await waitForItem(editor, 'Codegen Lab: restricted');
    await editor.openFile(rule);
    await editor.waitForStatus('Rule (MDC)');
    await waitForFirstLenses(editor, 'Restricted: trust this workspace to run rules');
    await editor.screenshot('trust/1-restricted');
    await editor.grantTrust();
    await waitForItem(editor, 'Codegen Lab: no model');
    await editor.openFile(rule);
    await waitForFirstLenses(editor, 'No model chosen: Set API Key', 'Use Ollama', 'Try Recorded Demo');
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
    await editor.goTo(4, 9);
    await editor.insert(', on-saturdays');
    await editor.waitForProblem('`on-saturdays` is no known event');
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
      await bindKeys(editor);
      await waitForItem(editor, 'Codegen Lab: restricted');
      await editor.openFile(source);
      for (const [command, letter] of refused) {
        await editor.press(`Control+Alt+${letter}`);
        await editor.waitForNotification(refusal);
        if (command === 'runRule') await editor.screenshot('trust/4-refused');
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

/** Gives each command a key that asks for nothing, neither for trust nor for a proposal, and loads the window anew. */
async function bindKeys(editor: EditorWindow): Promise<void> {
  const args: Readonly<Record<string, unknown>> = {
    runRule: { ruleId: rule, folder: editor.folder, path: source },
    runTests: { folder: editor.folder, paths: ['test/duration.test.js'], ids: [] },
  };
  const keys = refused.map(([command, letter]) => ({
    key: `ctrl+alt+${letter}`,
    command: `codegenLab.${command}`,
    ...(command in args ? { args: args[command] } : {}),
  }));
  writeFileSync(join(editor.dataFolder, 'data', 'User', 'keybindings.json'), JSON.stringify(keys));
  await editor.page.reload();
}
