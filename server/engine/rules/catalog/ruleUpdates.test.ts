import assert from 'node:assert/strict';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import type { Rule, RuleDocument } from '../rule.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { createRuleStore, type RuleStore } from '../ruleStore.ts';

const never = new AbortController().signal;
const place = (name: string): string => (name.includes('/') ? name : `.cursor/rules/${name}.mdc`);
const rule = (frontmatter: string, body = 'Body\n'): string => `---\n${frontmatter}\n---\n${body}`;

const texts = {
  [place('root')]: rule('globs: src/**\non: save\nactions:\n  - type: generate_tests'),
  [place('middle')]: rule('extends: root', 'Middle\n'),
  [place('leaf')]: rule('extends: ./middle.mdc', 'Leaf\n'),
  [place('plain')]: rule('globs: "*.md"'),
  [place('including')]: rule('globs: docs/**', 'A\n@include docs/part.md\n'),
  [place('waiting')]: rule('extends: later\nglobs: late/**'),
  [place('mentioning')]: rule('globs: notes/**', 'See @docs/part.md and @docs/gone.md here.\n'),
  'docs/part.md': 'Part',
  'web/.cursor/rules/child.mdc': rule('extends: plain'),
};

async function open(more: Readonly<Record<string, string>> = {}) {
  const files = createInMemoryFiles({ ...texts, ...more });
  const store = createRuleStore({ files, root: '/w' });
  await store.load(never);
  files.resetCounts();
  return { files, store };
}

/** What is there now, to be compared by identity with what is there later. */
interface Snapshot {
  readonly documents: ReadonlyMap<string, RuleDocument>;
  readonly rules: ReadonlyMap<string, Rule>;
}

function takeSnapshot(catalog: RuleCatalog): Snapshot {
  const documents = new Map(catalog.documents().map((document) => [document.path, document]));
  const rules = [...documents.keys()].flatMap((path) =>
    catalog.effectiveRules(path).map((each) => each.rule),
  );
  return { documents, rules: new Map(rules.map((each) => [each.id, each])) };
}

const shortName = (path: string): string => path.replace(/^\.cursor\/rules\/|\.mdc$/g, '');

/** Names of the files that were parsed again, and of the rules that were resolved again. */
function redone(catalog: RuleCatalog, before: Snapshot): { parsed: string; resolved: string } {
  const after = takeSnapshot(catalog);
  const others = <Value>(now: ReadonlyMap<string, Value>, then: ReadonlyMap<string, Value>): string =>
    [...now]
      .filter(([key, value]) => then.get(key) !== value)
      .map(([key]) => shortName(key))
      .toSorted()
      .join(' ');
  return {
    parsed: others(after.documents, before.documents),
    resolved: others(after.rules, before.rules),
  };
}

const shortNames = (paths: Iterable<string>): string => [...paths].map(shortName).toSorted().join(' ');
const globsOf = (store: RuleStore, name: string): string =>
  store.saved
    .effective(place(name))
    ?.rule.globs.map(({ value }) => value)
    .join(' ') ?? 'none';

describe('a change of a rule file', () => {
  const rows: readonly (readonly [
    title: string,
    change: Readonly<Record<string, string | undefined>>,
    reads: string,
    parsed: string,
    resolved: string,
    affected: string,
  ])[] = [
    [
      'that nobody inherits from concerns it alone',
      { leaf: rule('extends: middle') },
      'leaf',
      'leaf',
      'leaf',
      'leaf',
    ],
    [
      'concerns all that inherit from it',
      { root: rule('globs: lib/**') },
      'root',
      'root',
      'leaf middle root',
      'leaf middle root',
    ],
    [
      'concerns children in folders below',
      { plain: rule('globs: "*.txt"') },
      'plain',
      'plain',
      'plain web/.cursor/rules/child',
      'plain web/.cursor/rules/child',
    ],
    [
      'of a plain rule resolves nothing else',
      { later2: rule('globs: x') },
      'later2',
      'later2',
      'later2',
      'later2',
    ],
    ['that leaves its text as it is does nothing', { root: texts[place('root')] }, 'root', '', '', ''],
    ['that takes it away concerns its children', { middle: undefined }, 'middle', '', 'leaf', 'leaf middle'],
    [
      'that adds one concerns whoever looked for it',
      { later: rule('description: later') },
      'later',
      'later',
      'later waiting',
      'later waiting',
    ],
    [
      'concerns whoever looked for it by the name that it gets',
      { plain: rule('name: later') },
      'plain',
      'plain',
      'plain waiting web/.cursor/rules/child',
      'plain waiting web/.cursor/rules/child',
    ],
    [
      'that is nearer than the parent found so far concerns the child',
      { 'web/.cursor/rules/plain.mdc': rule('globs: x') },
      'web/.cursor/rules/plain.mdc',
      'web/.cursor/rules/plain',
      'web/.cursor/rules/child web/.cursor/rules/plain',
      'web/.cursor/rules/child web/.cursor/rules/plain',
    ],
    [
      'of a fragment concerns what includes it',
      { 'docs/part.md': 'New' },
      'docs/part.md',
      '',
      'including',
      'including mentioning',
    ],
    [
      'of a file that is only mentioned concerns its problems',
      { 'docs/gone.md': 'Here' },
      '',
      '',
      '',
      'mentioning',
    ],
    ['of any other file does nothing', { 'src/a.ts': 'x' }, '', '', '', ''],
  ];
  for (const [title, change, reads, parsed, resolved, affected] of rows) {
    it(title, async () => {
      const { files, store } = await open();
      const before = takeSnapshot(store.saved);
      for (const [name, text] of Object.entries(change)) files.write(place(name), text);
      const told = await store.reload(Object.keys(change).map(place), never);
      assert.deepEqual(
        { reads: shortNames(files.reads), affected: shortNames(told), ...redone(store.saved, before) },
        { reads: shortNames(reads === '' ? [] : [place(reads)]), affected, parsed, resolved },
      );
    });
  }

  it('takes effect at once, for it and for all that inherit from it', async () => {
    const { files, store } = await open();
    const idsFor = (path: string): string => shortNames(store.rulesFor(path).map(({ id }) => id));
    assert.deepEqual([idsFor('src/a.ts'), idsFor('lib/a.ts')], ['leaf middle root', '']);
    files.write(place('root'), rule('globs: lib/**'));
    await store.reload([place('root')], never);
    assert.deepEqual([idsFor('src/a.ts'), idsFor('lib/a.ts')], ['', 'leaf middle root']);
    files.write(place('root'), undefined);
    await store.reload([place('root')], never);
    assert.equal(idsFor('lib/a.ts'), 'leaf middle');
    assert.deepEqual(
      store.saved.problems(place('middle')).map(({ code }) => code),
      ['rule.missing-parent'],
    );
  });

  it('makes a child whole again when its parent comes back under the name', async () => {
    const { files, store } = await open();
    assert.equal(store.saved.effective(place('waiting'))?.problems.length, 1);
    files.write(place('deep/later'), '');
    files.write('.cursor/rules/deep/later.mdc', rule('description: came'));
    await store.reload(['.cursor/rules/deep/later.mdc'], never);
    assert.deepEqual(store.saved.effective(place('waiting'))?.problems, []);
    assert.equal(store.saved.effective(place('waiting'))?.rule.description, 'came');
  });

  it('reads a fragment once, however many include it, and not before somebody does', async () => {
    const files = createInMemoryFiles({
      ...texts,
      [place('second')]: rule('globs: x', '@include docs/part.md\n'),
      'docs/other.md': 'Other',
    });
    const store = createRuleStore({ files, root: '/w' });
    await store.load(never);
    assert.deepEqual(
      files.reads.filter((path) => path.startsWith('docs/')),
      ['docs/part.md'],
    );
  });

  it('costs nothing in a workspace without rules', async () => {
    const files = createInMemoryFiles({ 'docs/part.md': 'Part' });
    const store = createRuleStore({ files, root: '/w' });
    await store.load(never);
    await store.reload(['docs/part.md', 'docs/new.md'], never);
    await store.setTyped('docs/part.md', 'typed');
    assert.deepEqual([files.reads, store.typed === store.saved], [[], true]);
  });

  it('is read once with all others of the same breath', async () => {
    const { files, store } = await open();
    files.write(place('leaf'), rule('extends: middle', 'New\n'));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        store.reload([place(index % 2 === 0 ? 'leaf' : 'root')], never),
      ),
    );
    assert.deepEqual(files.reads.toSorted(), [place('leaf'), place('root')]);
    assert.equal(store.saved.effective(place('leaf'))?.rule.body.endsWith('New\n'), true);
  });

  it('makes an earlier one useless that is still being read', async () => {
    const { files, store } = await open();
    files.write(place('plain'), rule('globs: one'));
    const first = store.reload([place('plain')], never);
    await Promise.resolve();
    await Promise.resolve();
    const seen = globsOf(store, 'plain');
    files.write(place('plain'), rule('globs: two'));
    await Promise.all([first, store.reload([place('plain')], never)]);
    assert.deepEqual([seen, globsOf(store, 'plain')], ['*.md', 'two']);
  });
});

describe('typed text', () => {
  it('counts for the typed catalog alone', async () => {
    const { store } = await open();
    const affected = await store.setTyped(place('root'), rule('globs: typed/**'));
    assert.equal(shortNames(affected), 'leaf middle root');
    const globs = (catalog: RuleCatalog): string | undefined =>
      catalog.effective(place('leaf'))?.rule.globs[0]?.value;
    assert.deepEqual([globs(store.saved), globs(store.typed)], ['src/**', 'typed/**']);
    assert.equal(store.rulesFor('typed/a.ts').length, 0);
  });

  it('resolves again exactly what it can concern, and reads nothing', async () => {
    const { files, store } = await open();
    await store.setTyped(place('middle'), rule('extends: root', 'Typed\n'));
    const before = takeSnapshot(store.typed);
    await store.setTyped(place('middle'), rule('extends: root', 'Typed more\n'));
    assert.deepEqual(redone(store.typed, before), { parsed: 'middle', resolved: 'leaf middle' });
    assert.deepEqual(files.reads, []);
  });

  it('is forgotten when it is thrown away, and costs no layer then', async () => {
    const { store } = await open();
    await store.setTyped(place('root'), rule('globs: typed/**'));
    assert.notEqual(store.typed, store.saved);
    const affected = await store.setTyped(place('root'), undefined);
    assert.equal(shortNames(affected), 'leaf middle root');
    assert.equal(store.typed, store.saved);
  });

  it('is the same as saved once it is saved', async () => {
    const { files, store } = await open();
    const text = rule('globs: typed/**');
    await store.setTyped(place('root'), text);
    const typed = store.typed.document(place('root'));
    files.write(place('root'), text);
    await store.reload([place('root')], never);
    assert.equal(store.saved.document(place('root')), typed, 'it was parsed once more');
    assert.equal(store.typed, store.saved);
  });

  it('stays when the disk changes below it', async () => {
    const { files, store } = await open();
    await store.setTyped(place('root'), rule('globs: typed/**'));
    files.write(place('root'), rule('globs: disk/**'));
    files.write(place('plain'), rule('globs: plain/**'));
    await store.reload([place('root'), place('plain')], never);
    const globs = (catalog: RuleCatalog, name: string): string | undefined =>
      catalog.effective(place(name))?.rule.globs[0]?.value;
    assert.deepEqual(
      [globs(store.saved, 'leaf'), globs(store.typed, 'leaf'), globs(store.typed, 'plain')],
      ['disk/**', 'typed/**', 'plain/**'],
    );
  });

  it('goes with its file when nothing of it was unsaved', async () => {
    const { files, store } = await open();
    const text = texts[place('root')] ?? '';
    await store.setTyped(place('root'), text);
    files.write(place('root'), undefined);
    const affected = await store.reload([place('root')], never);
    assert.equal(store.typed.document(place('root')), undefined);
    assert.ok(affected.has(place('root')));
    await store.setTyped(place('root'), `${text}More\n`);
    assert.notEqual(store.typed.document(place('root')), undefined);
  });

  it('stays when its file goes and not all of it was saved', async () => {
    const { files, store } = await open();
    await store.setTyped(place('root'), rule('globs: typed/**'));
    files.write(place('root'), undefined);
    await store.reload([place('root')], never);
    assert.equal(store.typed.document(place('root'))?.text, rule('globs: typed/**'));
  });

  it('of a fragment counts for the rules that include it', async () => {
    const { store } = await open();
    const affected = await store.setTyped('docs/part.md', 'Typed part');
    assert.equal(shortNames(affected), 'including mentioning');
    const body = (catalog: RuleCatalog): string | undefined =>
      catalog.effective(place('including'))?.rule.body;
    assert.deepEqual([body(store.saved), body(store.typed)], ['A\nPart\n', 'A\nTyped part\n']);
  });

  it('has the files that it names first looked up', async () => {
    const { files, store } = await open({ 'docs/other.md': 'Other' });
    await store.setTyped(place('plain'), rule('globs: x', '@include docs/other.md\n'));
    assert.equal(store.typed.effective(place('plain'))?.rule.body, 'Other\n');
    assert.deepEqual(files.reads, ['docs/other.md']);
  });

  it('may be of a file that is not on the disk yet', async () => {
    const { store } = await open();
    await store.setTyped(place('later'), rule('description: typed'));
    assert.deepEqual(
      [store.saved, store.typed].map((catalog) => catalog.effective(place('waiting'))?.problems.length),
      [1, 0],
    );
  });
});
