import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createInMemoryFiles } from '../../../test/inMemoryFiles.ts';
import { scriptPatterns } from '../../../test/scriptPatterns.ts';
import { createTextCatalog } from '../../../test/textCatalog.ts';
import { isLivePath } from '../../rules/rulePaths.ts';
import { decideFirings } from '../decideFirings.ts';
import type { FileEvent } from '../fileEvent.ts';
import { explainEvent, type EventExplanation } from './explainEvent.ts';

const { signal } = new AbortController();
const saved: FileEvent = {
  root: '/w',
  path: 'src/a.ts',
  name: 'save',
  origin: 'user',
  depth: 0,
  text: 'let a;\n',
};
const context = { files: createInMemoryFiles(), patterns: scriptPatterns };
const generate = 'actions: [{type: generate_tests}]';
const check = 'actions: [{type: validate, conditions: [{pattern: x}]}]';
const textOf = (keys: readonly string[]): string => ['---', ...keys, '---', 'Body', ''].join('\n');

async function explain(texts: Readonly<Record<string, string>>, event: FileEvent = saved) {
  const catalog = createTextCatalog(texts);
  const rules = catalog
    .documents()
    .flatMap(({ path }) => catalog.effectiveRules(path).map(({ rule }) => rule));
  const live = new Set(rules.filter(({ path }) => isLivePath(path)).map(({ id }) => id));
  const explanations = await explainEvent({ catalog, live, event, context, signal });
  const placeText = ({ fires: { by } }: EventExplanation): string | undefined =>
    by === undefined ? undefined : texts[by.path]?.slice(by.span.start, by.span.end);
  return { explanations, rules, live, placeText };
}

interface Case {
  readonly title: string;
  readonly keys: readonly string[];
  readonly event?: Partial<FileEvent>;
  readonly reason: RegExp;
  /** The characters that decided. */
  readonly by: string | undefined;
  /** undefined: it fires. */
  readonly change: RegExp | undefined;
}

const cases: readonly Case[] = [
  {
    title: 'its event',
    keys: ['on: [open, save]', generate],
    reason: /fires on `save`/,
    by: 'save',
    change: undefined,
  },
  {
    title: 'one event of several',
    keys: ['on: create', generate],
    event: { names: ['create', 'save'] },
    reason: /fires on `create`/,
    by: 'create',
    change: undefined,
  },
  {
    title: 'the glob of a live check',
    keys: ['globs: src/**', check],
    reason: /checks live, and its globs/,
    by: 'src/**',
    change: undefined,
  },
  {
    title: 'a run by hand',
    keys: [generate],
    event: { name: 'manual' },
    reason: /by hand/,
    by: undefined,
    change: undefined,
  },
  {
    title: 'another event',
    keys: ['on: open', generate],
    reason: /on `open` and not on `save`/,
    by: 'open',
    change: /^Add `save` to its `on`\.$/,
  },
  {
    title: 'no event',
    keys: [generate],
    reason: /no `on`/,
    by: `---\n${generate}\n---`,
    change: /`on: save`/,
  },
  {
    title: 'another origin',
    keys: ['on: save', generate],
    event: { origin: 'disk' },
    reason: /another program/,
    by: undefined,
    change: /`origin: \[user, disk\]`/,
  },
  {
    title: 'another origin than those written',
    keys: ['on: save', 'origin: [user, auto]', generate],
    event: { origin: 'disk' },
    reason: /another program/,
    by: '[user, auto]',
    change: /`origin: \[user, auto, disk\]`/,
  },
  {
    title: 'a rule that wrote the file',
    keys: ['on: save', generate],
    event: { origin: 'self' },
    reason: /a rule caused/,
    by: undefined,
    change: /`accepted`/,
  },
  {
    title: 'no glob',
    keys: ['on: save', 'globs: lib/**', generate],
    reason: /none of its globs/,
    by: 'lib/**',
    change: /Add a glob/,
  },
  {
    title: 'a filter',
    keys: ['on: save', 'filters: [{type: content, pattern: class}]', generate],
    reason: /does not find `class`/,
    by: 'class',
    change: /Change or remove/,
  },
  {
    title: 'a filter on tests',
    keys: ['on: save', 'filters: [{type: tests, pattern: red}]', generate],
    reason: /tests is not known/,
    by: 'red',
    change: /Run the tests/,
  },
  {
    title: 'changes of which nobody knows',
    keys: ['on: save', 'filters: [{type: changed_content, pattern: a}]', generate],
    reason: /which lines changed is not known/,
    by: 'a',
    change: /Change a line/,
  },
  {
    title: 'no actions',
    keys: ['on: save'],
    reason: /no actions/,
    by: undefined,
    change: /Give it `actions`/,
  },
  {
    title: 'a switch',
    keys: ['enabled: false', 'on: save', generate],
    reason: /switched off/,
    by: 'false',
    change: /enabled: false/,
  },
  {
    title: 'too many runs',
    keys: ['on: save', generate],
    event: { depth: 4 },
    reason: /3 runs caused/,
    by: undefined,
    change: /out of the loop/,
  },
  {
    title: 'an ignored file',
    keys: ['on: save', generate],
    event: { path: 'dist/a.ts' },
    reason: /is ignored/,
    by: undefined,
    change: /not ignored/,
  },
  {
    title: 'a large file',
    keys: ['on: save', generate],
    event: { text: 'x'.repeat(1_048_577) },
    reason: /larger than 1 MB/,
    by: undefined,
    change: /smaller/,
  },
];

describe('explainEvent names what decided first:', () => {
  for (const { title, keys, event, reason, by, change } of cases) {
    it(title, async () => {
      const { explanations, placeText } = await explain(
        { '.cursor/rules/r.mdc': textOf(keys) },
        { ...saved, ...event },
      );
      const [only] = explanations;
      assert.ok(only);
      assert.match(only.fires.reason, reason);
      assert.equal(only.fires.applies, change === undefined ? 'yes' : 'no');
      assert.equal(placeText(only), by);
      if (change === undefined) assert.equal(only.fires.change, undefined);
      else assert.match(only.fires.change ?? '', change);
    });
  }

  it('the file of a parent whose key it is', async () => {
    const parent = textOf(['abstract: true', 'on: open', generate]);
    const { explanations, placeText } = await explain({
      '.cursor/rules/p.mdc': parent,
      '.cursor/rules/r.mdc': textOf(['extends: p']),
    });
    const child = explanations.find(({ rule }) => rule.name === 'r');
    assert.ok(child);
    assert.deepEqual([child.fires.by?.path, placeText(child)], ['.cursor/rules/p.mdc', 'open']);
  });
});

const keyLists = fc.tuple(
  fc.constantFrom('', 'on: save', 'on: [open, create]', 'on: commit', 'on: delete'),
  fc.constantFrom('', 'globs: src/**', 'globs: "**/*.py"', 'globs: "src/**,!**/a.ts"', 'globs: ../x'),
  fc.constantFrom('', 'origin: [disk, auto]', 'origin: user'),
  fc.constantFrom(
    '',
    'filters: [{type: content, pattern: let}]',
    'filters: [{type: event, pattern: file_save}]',
    'filters: [{type: git, pattern: staged}]',
  ),
  fc.constantFrom('', generate, check, 'actions: [{type: dance}]'),
  fc.constantFrom('', 'enabled: false', 'priority: 5', 'abstract: true'),
);
const events: fc.Arbitrary<FileEvent> = fc.record({
  root: fc.constant('/w'),
  path: fc.constantFrom('src/a.ts', 'src/b.py', 'dist/a.ts'),
  name: fc.constantFrom('save', 'open', 'manual', 'delete', 'commit'),
  origin: fc.constantFrom('user', 'auto', 'disk', 'self'),
  depth: fc.constantFrom(0, 4),
  text: fc.constantFrom('let a;\n', 'a'),
});

describe('explainEvent says what decideFirings decides', () => {
  it('for every rule that acts at all, in its order, with its reason and its place', async () => {
    const folders = fc.constantFrom(
      '.cursor/rules',
      '.cursor/drafts',
      'src/.cursor/rules',
      'web/.cursor/rules',
    );
    const rules = fc.array(fc.tuple(folders, keyLists), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rules, events, async (written, event) => {
        const texts = Object.fromEntries(
          written.map(([folder, keys], at) => [
            `${folder}/r${at}.mdc`,
            textOf(keys.filter((key) => key !== '')),
          ]),
        );
        const { explanations, rules: all, live } = await explain(texts, event);
        const acting = all.filter(({ id, active }) => live.has(id) && active);
        const decisions = await decideFirings({ event, rules: acting, context, signal });
        const explained = explanations.filter(({ rule }) => live.has(rule.id) && rule.active);
        assert.deepEqual(
          explained.map(({ rule, actions, fires }) => [
            rule.id,
            actions,
            fires.applies,
            fires.reason,
            fires.by?.span,
          ]),
          decisions.map(({ rule, actions, fires, reason, span }) => [
            rule.id,
            actions,
            fires ? 'yes' : 'no',
            reason,
            span,
          ]),
        );
        for (const { rule, fires } of explanations) {
          assert.equal(fires.change === undefined, fires.applies === 'yes', fires.reason);
          if (!explained.some((each) => each.rule === rule)) assert.equal(fires.applies, 'no');
        }
        assert.equal(explanations.length, all.length);
      }),
    );
  });
});
