import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { answerFile, oneTest } from './slice/answers.ts';
import { act, saveAndAllow } from './slice/firstRun.ts';
import { Journals } from './slice/journals.ts';
import { setSetting } from './slice/modelSettings.ts';
import { waitForStatus } from './slice/screen.ts';
import { insertAtTop, root, saveByHand } from './slice/workbench.ts';
import { hasScreen, screenshot } from './support/ui.ts';

const source = 'src/duration.js';

type Behaviour =
  | { readonly kind: 'answer'; readonly texts: readonly string[]; readonly hangs?: boolean }
  | { readonly kind: 'fail'; readonly code: 'Blocked' | 'NoPermissions' | 'NotFound' };

interface Asked {
  readonly asked: readonly { readonly model: string; readonly texts: readonly string[] }[];
  readonly cancelled: number;
}

function behave(behaviour: Behaviour): Thenable<unknown> {
  return vscode.commands.executeCommand('scriptedModels.behave', behaviour);
}

function readAsked(): Thenable<Asked> {
  return vscode.commands.executeCommand<Asked>('scriptedModels.asked');
}

describe('a rule asks a model of the editor', function () {
  this.bail(true);
  const journals = new Journals(root);

  before(async function () {
    if (!hasScreen) this.skip();
    await eventually(async () => {
      assert.ok((await vscode.commands.getCommands(true)).includes('scriptedModels.behave'));
    });
    await setSetting('ai.enabled', 'on');
    await setSetting('ai.model', 'scripted-vendor/one');
    await setSetting('ai.provider', 'editor');
    await waitForStatus(/^Codegen Lab$/);
  });

  // An extension that is developed need not be allowed by hand, so here the model itself says that it is not allowed.
  it('and proposes what it answers', async () => {
    const { text } = answerFile(oneTest);
    const middle = Math.floor(text.length / 2);
    await behave({ kind: 'answer', texts: [text.slice(0, middle), text.slice(middle)] });
    const run = await saveAndAllow(journals, source);
    const answered = await journals.step(run, 'model.answered');
    assert.equal(answered.provider, 'editor');
    assert.equal(answered.model, 'scripted-vendor/one');
    assert.equal(answered.text, text);
    assert.equal(answered.cost, 'unknown');
    assert.equal(answered.usage.estimated, true);
    await journals.step(run, 'proposal.ready');
    await screenshot('answered');
    const { asked } = await readAsked();
    assert.match(asked.at(-1)?.texts.join('\n') ?? '', /duration/);
    await act('rejectProposal', run);
  });

  for (const [code, expected, message] of [
    ['Blocked', 'model.spend-limit', /quota is used up.*Scripted Blocked/],
    ['NoPermissions', 'model.no-consent', /have not allowed Codegen Lab/],
    ['NotFound', 'model.not-found', /has no model "scripted-vendor\/one"/],
  ] as const) {
    it(`shows ${code} as what it is`, async () => {
      await behave({ kind: 'fail', code });
      await insertAtTop(source, `// ${code}\n`);
      const run = await journals.startedBy(source, saveByHand);
      const end = await journals.end(run);
      assert.deepEqual([end.outcome, end.code], ['failed', expected], end.message);
      assert.match(end.message, message);
    });
  }

  it('stops asking at once when the run is stopped', async () => {
    await behave({ kind: 'answer', texts: ['test'], hangs: true });
    await insertAtTop(source, '// hangs\n');
    const before = (await readAsked()).cancelled;
    const run = await journals.startedBy(source, saveByHand);
    await journals.step(run, 'model.asked');
    await eventually(async () => {
      const { asked } = await readAsked();
      assert.match(asked.at(-1)?.texts.join('\n') ?? '', /hangs/);
    });
    await vscode.commands.executeCommand('codegenLab.stopAll');
    assert.equal((await journals.end(run)).outcome, 'cancelled');
    await eventually(async () => assert.ok((await readAsked()).cancelled > before));
  });
});
