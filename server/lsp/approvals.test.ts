import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { renderApprovals } from '../engine/rules/approval/approvalsFile.ts';
import type { ApprovalView } from '../protocol/approvals.ts';
import * as protocol from '../protocol/requests.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';
import { stalled } from '../test/sampleEditor.ts';

const base = '---\nabstract: true\nglobs: src/**\non: save\ndebounce: 50ms\n---\nBe brief.\n';
const child = '---\nextends: base\nactions:\n  - type: generate_tests\n---\nTests\n';
const check = '---\nglobs: src/**\nactions:\n  - type: reject\n    conditions: [{ pattern: x }]\n---\n';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const files = {
  'workspace/src/a.js': 'export const a = 1;\n',
  'workspace/.cursor/rules/base.mdc': base,
  'workspace/.cursor/rules/one.mdc': child,
  'workspace/.cursor/rules/two.mdc': child,
  'workspace/.cursor/rules/check.mdc': check,
  'second/src/a.js': '',
  'second/.cursor/rules/one.mdc': child.replace('extends: base', 'globs: src/**'),
};

describe('what rules are allowed', () => {
  let home: EditorHome;
  let client: LspClient;

  beforeEach(async () => {
    home = await EditorHome.create({ files, script: [stalled] });
    ({ client } = await home.startInProcess({ folders: ['workspace', 'second'] }));
    await untilStates('asks asks asks');
  });

  afterEach(() => home.dispose());

  const shown = (): string => client.approvals.map(describe).join(' ');
  const describe = ({ state, changed, run }: ApprovalView): string =>
    [state, changed, run && 'run'].filter(Boolean).join('.');
  const untilStates = (states: string): Promise<true> =>
    client.until(`the approvals ${states}`, () => shown() === states && true);
  const find = (name: string, folder = 'workspace'): ApprovalView => {
    const found = client.approvals.find((each) => each.name === name && each.folder === home.path(folder));
    assert.ok(found);
    return found;
  };
  const allow = (...approvals: readonly ApprovalView[]): Promise<unknown> =>
    client.request(protocol.approveRules, {
      folder: approvals[0]?.folder ?? '',
      texts: approvals,
      allow: true,
    });
  const change = async (path: string, text: string): Promise<void> => {
    home.write(path, text);
    await client.watched({ uri: home.uri(path), type: 2 });
  };

  it('is told of each rule that asks a model or runs commands, by folder, with what it may do', () => {
    assert.deepEqual(
      client.approvals.map(
        ({ folder, name }) => `${folder === home.path('second') ? 'second' : 'workspace'} ${name}`,
      ),
      ['workspace one', 'workspace two', 'second one'],
    );
    assert.deepEqual(find('one').may, [
      'ask the chosen model',
      'write tests for the file',
      'run the tests that concern the file',
    ]);
  });

  it('holds for one folder, until it is taken back', async () => {
    await allow(find('one'));
    await untilStates('allowed asks asks');
    const { folder, ruleId, approvedAt = 0 } = find('one');
    assert.ok(approvedAt > 0);
    await client.request(protocol.revokeApprovals, { folder, ruleIds: [ruleId] });
    await untilStates('asks asks asks');
    await allow(find('one'), find('two'));
    await untilStates('allowed allowed asks');
    await client.request(protocol.revokeApprovals, { folder, ruleIds: 'all' });
    await untilStates('asks asks asks');
  });

  it('comes from no file of the workspace, whatever it says', async () => {
    const { folder, ruleId } = find('one');
    const text = (await client.request(protocol.readApproval, { folder, ruleId }))?.now ?? '';
    const approvals = renderApprovals([{ ruleId, text }], digest);
    for (const path of ['approvals.md', '.cursor/approvals.md', '.codegen-lab/approvals.md'])
      await change(`workspace/${path}`, approvals);
    await client.open(home.uri('workspace/src/a.js'));
    await client.save(home.uri('workspace/src/a.js'));
    await untilStates('asks.run asks.run asks');
    assert.equal(home.models.requests.length, 0);
  });

  it('ends for each child when a parent changes, which is known from a change of its own', async () => {
    await allow(find('one'), find('two'));
    await untilStates('allowed allowed asks');
    await change('workspace/.cursor/rules/base.mdc', base.replace('brief', 'long'));
    await untilStates('asks.inherited asks.inherited asks');
    await change('workspace/.cursor/rules/two.mdc', child.replace('Tests', 'More'));
    await untilStates('asks.inherited asks.itself asks');
    const { folder, ruleId } = find('one');
    const texts = await client.request(protocol.readApproval, { folder, ruleId });
    assert.match(texts?.approved ?? '', /\nBe brief\.\n\nTests\n$/);
    assert.match(texts?.now ?? '', /\nBe long\.\n\nTests\n$/);
    await change('workspace/.cursor/rules/base.mdc', base);
    await untilStates('allowed asks.itself asks');
  });

  it('is asked by a run that waits, and stays known when the rule is gone', async () => {
    await client.open(home.uri('workspace/src/a.js'));
    await client.save(home.uri('workspace/src/a.js'));
    await untilStates('asks.run asks.run asks');
    await allow(find('one'));
    await untilStates('allowed asks.run asks');
    await change('workspace/.cursor/rules/one.mdc', '---\n---\n');
    await client.until('the rule to be gone', () => shown().endsWith(' gone') || shown().includes('gone '));
    const gone = client.approvals.find(({ state }) => state === 'gone');
    assert.deepEqual([gone?.name, gone?.may], ['one', []]);
  });
});
