import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { createRuleStore } from '../ruleStore.ts';

const { signal } = new AbortController();
const texts = {
  'AGENTS.md': 'Top',
  'sub/AGENTS.md': 'Below',
  '.claude/rules/ts.md': '---\npaths: ["**/*.ts"]\n---\nTypes',
  '.claude/rules/broken.md': '---\npaths: ["a\n---\nB',
  '.cursor/rules/own.mdc': '---\nalwaysApply: true\n---\nOwn',
};

describe('rule files of other tools in a folder', () => {
  const open = (changes: Readonly<Record<string, string>> = {}) => {
    const files = createInMemoryFiles({ ...texts, ...changes });
    return { files, store: createRuleStore({ files, root: '/w' }) };
  };
  const guides = (store: ReturnType<typeof createRuleStore>, path: string) =>
    store
      .rulesFor(path)
      .map(({ id }) => id)
      .toSorted();

  it('are not looked for until a tool is named', async () => {
    const { files, store } = open();
    assert.equal(store.useDialects([]), false);
    assert.equal(store.useDialects(['vim']), false);
    await store.load(signal);
    assert.deepEqual(files.reads, ['.cursor/rules/own.mdc']);
    assert.deepEqual(guides(store, 'sub/a.ts'), ['.cursor/rules/own.mdc']);
  });

  it('guide where they would there, and never pass for rule files of ours', async () => {
    const { store } = open();
    assert.equal(store.useDialects(['agents', 'claude-rules']), true);
    await store.load(signal);
    assert.deepEqual(guides(store, 'a.js'), ['.cursor/rules/own.mdc', 'AGENTS.md']);
    assert.deepEqual(guides(store, 'sub/a.ts'), [
      '.claude/rules/ts.md',
      '.cursor/rules/own.mdc',
      'AGENTS.md',
      'sub/AGENTS.md',
    ]);
    assert.deepEqual(
      store.documents().map(({ path }) => path),
      ['.cursor/rules/own.mdc'],
    );
    const live = new Map(store.liveRules().map((rule) => [rule.id, rule.active]));
    assert.equal(live.size, 5);
    assert.equal(live.get('.claude/rules/broken.md'), false);
  });

  it('follow their files and the setting', async () => {
    const { files, store } = open();
    store.useDialects(['agents']);
    await store.load(signal);
    files.write('AGENTS.md', 'Other');
    files.write('sub/AGENTS.md', undefined);
    await store.reload(['AGENTS.md', 'sub/AGENTS.md', 'README.md'], signal);
    const bodies = store.liveRules().map(({ id, body }) => [id, body]);
    assert.deepEqual(bodies, [
      ['.cursor/rules/own.mdc', 'Own'],
      ['AGENTS.md', 'Other'],
    ]);
    assert.equal(store.useDialects([]), true);
    assert.deepEqual(guides(store, 'a.js'), ['.cursor/rules/own.mdc']);
    assert.equal(store.liveRules().length, 1);
  });
});
