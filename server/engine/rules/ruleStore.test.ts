import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import type { RuleLookup } from './findRuleNamed.ts';
import { createRuleStore } from './ruleStore.ts';

const never = new AbortController().signal;
const rule = (globs: string, more = ''): string => `---\ndescription: x\nglobs: ${globs}\n${more}---\nBody\n`;

const texts = {
  '.cursor/rules/ts.mdc': rule('**/*.ts'),
  '.cursor/rules/deep/er/py.mdc': rule('**/*.py'),
  '.cursor/rules/style/RULE.md': rule('**/*.css'),
  '.cursor/rules/draft.mdc.md': rule('**/*'),
  '.cursor/rules/broken.mdc': rule('../**'),
  'packages/web/.cursor/rules/web.mdc': rule('src/*.ts'),
  'docs/example.mdc': rule('**/*'),
  '.cursorrules': 'Be kind.',
  'src/a.ts': 'text',
};
const builtin = new Map([['node-tests.mdc', rule('**/*.mjs')]]);

async function open() {
  const files = createInMemoryFiles(texts);
  const store = createRuleStore({ files, root: '/w', builtin });
  await store.load(never);
  return { files, store };
}

const nameOf = (found: RuleLookup): string => (found.kind === 'found' ? found.rule.id : found.kind);

describe('createRuleStore', () => {
  it('keeps what is live while other files are saved', async () => {
    const { files, store } = await open();
    const live = store.liveRules();
    await store.reload(['src/a.ts'], never);
    assert.ok(store.liveRules() === live);
    files.write('.cursor/rules/ts.mdc', rule('**/*.tsx'));
    await store.reload(['.cursor/rules/ts.mdc'], never);
    assert.ok(store.liveRules() !== live);
  });

  it('takes no file of the workspace for a rule of the library', async () => {
    const files = createInMemoryFiles({
      'builtin:node-tests.mdc': rule('**/*.mjs'),
      'builtin:node-tests/RULE.md': rule('**/*.mjs'),
      'builtin:x/.cursor/rules/y.mdc': rule('**/*.mjs', 'name: node-tests\n'),
    });
    const store = createRuleStore({ files, root: '/w', builtin });
    await store.load(never);
    await store.reload(['builtin:node-tests.mdc'], never);
    assert.deepEqual([store.documents(), store.liveRules()], [[], []]);
  });

  it('reads every rule file once, and only those that are live act', async () => {
    const { files, store } = await open();
    assert.deepEqual(
      store.documents().map((document) => document.path),
      Object.keys(texts)
        .filter((path) => path !== 'src/a.ts')
        .sort(),
    );
    assert.deepEqual(
      files.reads.toSorted(),
      store.documents().map((document) => document.path),
    );
    assert.equal(files.lists, 1);
    assert.deepEqual(
      store.liveRules().map((each) => each.id),
      [
        '.cursor/rules/broken.mdc',
        '.cursor/rules/deep/er/py.mdc',
        '.cursor/rules/style/RULE.md',
        '.cursor/rules/ts.mdc',
        '.cursorrules',
        'packages/web/.cursor/rules/web.mdc',
      ],
    );
  });

  it('finds the active rules of a path without reading anything', async () => {
    const { files, store } = await open();
    files.resetCounts();
    const ids = (path: string): readonly string[] =>
      store
        .rulesFor(path)
        .map((each) => each.id)
        .toSorted();
    assert.deepEqual(ids('src/a.ts'), ['.cursor/rules/ts.mdc', '.cursorrules']);
    assert.deepEqual(ids('packages/web/src/a.ts'), [
      '.cursor/rules/ts.mdc',
      '.cursorrules',
      'packages/web/.cursor/rules/web.mdc',
    ]);
    assert.deepEqual(files.reads, []);
  });

  it('reads again exactly what changed', async () => {
    const { files, store } = await open();
    const before = store.documents();
    files.write('.cursor/rules/ts.mdc', rule('**/*.tsx'));
    files.write('.cursor/rules/deep/er/py.mdc', undefined);
    files.write('.cursor/rules/new.mdc', rule('**/*.rs'));
    files.resetCounts();
    await store.reload(
      [
        '.cursor/rules/ts.mdc',
        '.cursor/rules/deep/er/py.mdc',
        '.cursor/rules/new.mdc',
        '.cursor/rules/ts.mdc',
        'src/a.ts',
      ],
      never,
    );
    assert.deepEqual(files.reads.toSorted(), [
      '.cursor/rules/deep/er/py.mdc',
      '.cursor/rules/new.mdc',
      '.cursor/rules/ts.mdc',
    ]);
    assert.equal(files.lists, 0);
    const ids = (path: string): readonly string[] =>
      store
        .rulesFor(path)
        .map((each) => each.id)
        .filter((id) => id !== '.cursorrules');
    assert.deepEqual(
      [ids('a.ts'), ids('a.tsx'), ids('a.py'), ids('a.rs')],
      [[], ['.cursor/rules/ts.mdc'], [], ['.cursor/rules/new.mdc']],
    );
    const kept = before.find((document) => document.path === '.cursorrules');
    assert.equal(
      store.documents().find((document) => document.path === '.cursorrules'),
      kept,
    );
  });

  it('makes the rules of further folders live, and lets them go again', async () => {
    const { store } = await open();
    const live = (): readonly string[] => store.liveRules().map(({ path }) => path);
    assert.ok(!live().includes('docs/example.mdc'));
    store.useFolders(['./docs/']);
    assert.ok(live().includes('docs/example.mdc'));
    assert.ok(store.rulesFor('any/file.txt').some(({ path }) => path === 'docs/example.mdc'));
    store.useFolders([]);
    assert.ok(!live().includes('docs/example.mdc'));
    assert.deepEqual(
      store.rulesFor('any/file.txt').map(({ path }) => path),
      ['.cursorrules'],
    );
    assert.ok(store.rulesFor('src/a.ts').some(({ path }) => path === '.cursor/rules/ts.mdc'));
  });

  it('forgets what vanished when it loads again', async () => {
    const { files, store } = await open();
    files.write('.cursor/rules/ts.mdc', undefined);
    await store.load(never);
    assert.equal(nameOf(store.findRule('ts')), 'missing');
    assert.deepEqual(
      store.rulesFor('a.ts').map((each) => each.id),
      ['.cursorrules'],
    );
  });

  it('lets bundled rules act only when they are switched on', async () => {
    const { store } = await open();
    assert.equal(nameOf(store.findRule('node-tests')), 'missing');
    store.useBuiltin(['node-tests', 'unknown']);
    assert.equal(nameOf(store.findRule('node-tests')), 'builtin:node-tests');
    assert.ok(store.rulesFor('a.mjs').some((each) => each.id === 'builtin:node-tests'));
    assert.equal(
      store.documents().some((document) => document.path.startsWith('builtin:')),
      false,
    );
    store.useBuiltin([]);
    assert.ok(!store.rulesFor('a.mjs').some((each) => each.id === 'builtin:node-tests'));
  });

  it('finds a rule by id or name, and says when a name is not enough', async () => {
    const { files, store } = await open();
    assert.equal(nameOf(store.findRule('.cursor/rules/ts.mdc')), '.cursor/rules/ts.mdc');
    assert.equal(nameOf(store.findRule('ts')), '.cursor/rules/ts.mdc');
    assert.equal(nameOf(store.findRule('example')), 'docs/example.mdc');
    files.write('packages/web/.cursor/rules/ts.mdc', rule('*.ts'));
    await store.reload(['packages/web/.cursor/rules/ts.mdc'], never);
    const found = store.findRule('ts');
    assert.equal(found.kind, 'ambiguous');
    assert.match(found.kind === 'ambiguous' ? found.message : '', /use one of the ids/);
  });

  it('means the block that acts when a file and its block share a name', async () => {
    const { files, store } = await open();
    files.write('.cursor/rules/both.mdc', '<rule>\nname: both\nactions:\n  - type: suggest\n</rule>\n');
    await store.reload(['.cursor/rules/both.mdc'], never);
    assert.equal(nameOf(store.findRule('both')), '.cursor/rules/both.mdc#1');
  });

  const unread: readonly (readonly [
    title: string,
    read: Parameters<ReturnType<typeof createInMemoryFiles>['setRead']>[1],
    code: string,
  ])[] = [
    ['binary', { kind: 'binary' }, 'rule.unreadable'],
    ['too large', { kind: 'tooLarge', bytes: 9e6 }, 'rule.too-large'],
    ['locked', { kind: 'unreadable', message: 'permission denied' }, 'rule.unreadable'],
  ];
  for (const [title, read, code] of unread) {
    it(`keeps a ${title} file as a document with a problem`, async () => {
      const { files, store } = await open();
      files.setRead('.cursor/rules/ts.mdc', read);
      await store.reload(['.cursor/rules/ts.mdc'], never);
      const document = store.documents().find((each) => each.path === '.cursor/rules/ts.mdc');
      assert.deepEqual(
        [document?.problems.map((problem) => problem.code), document?.file.active],
        [[code], false],
      );
    });
  }

  it('changes nothing any more once it is cancelled', async () => {
    const files = createInMemoryFiles(texts);
    const store = createRuleStore({ files, root: '/w' });
    const abort = new AbortController();
    abort.abort();
    await store.load(abort.signal);
    assert.deepEqual(store.documents(), []);
  });

  it('summarises its live rules with address and line', async () => {
    const { files, store } = await open();
    files.write(
      '.cursor/rules/a b.mdc',
      '---\non: save\nactions:\n  - type: review\n---\n\n<rule>\nname: inner\n</rule>\n',
    );
    await store.reload(['.cursor/rules/a b.mdc'], never);
    const summaries = store.summaries().filter((each) => each.uri.includes('a%20b'));
    assert.deepEqual(
      summaries.map(({ name, uri, line, fires }) => [name, uri, line, fires]),
      [
        ['a b', 'file:///w/.cursor/rules/a%20b.mdc', 0, true],
        ['inner', 'file:///w/.cursor/rules/a%20b.mdc', 6, false],
      ],
    );
  });
});
