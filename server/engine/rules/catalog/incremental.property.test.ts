import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createInMemoryFiles, type InMemoryFiles } from '../../../test/inMemoryFiles.ts';
import type { RuleCatalog } from '../ruleCatalog.ts';
import { createRuleStore, type RuleStore } from '../ruleStore.ts';

const never = new AbortController().signal;
const builtin = new Map([['lib.mdc', '---\nabstract: true\nglobs: lib/**\n---\nLibrary.\n']]);
const rulePaths = [
  '.cursor/rules/a.mdc',
  '.cursor/rules/b.mdc',
  '.cursor/rules/x/c.mdc',
  '.cursor/drafts/d.mdc',
  'web/.cursor/rules/a.mdc',
  'web/.cursor/rules/e/RULE.md',
];
const fragmentPaths = ['docs/one.md', '.cursor/rules/two.md', 'web/.cursor/rules/two.md'];

const names = fc.constantFrom(
  'a',
  'b',
  'c',
  'd',
  'e',
  'lib',
  'n',
  './b.mdc',
  'x/c',
  'builtin:lib',
  '../a.mdc',
);
const line = fc.oneof(
  fc.constantFrom(
    'Text.',
    '{{super}}',
    '```',
    '# Part',
    '<rule>\nname: k\nactions:\n  - type: suggest\n</rule>',
  ),
  fc.constantFrom('docs/one.md', 'two.md', './two.md#Part', './b.mdc').map((path) => `@include ${path}`),
  fc.constantFrom('a', 'n', 'docs/one.md', 'two.md').map((target) => `See @${target} here.`),
  fc.constantFrom('docs/one.md', 'two.md').map((target) => `See [it](mdc:${target}).`),
);
const body = fc.array(line, { maxLength: 4 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
const keys = fc.uniqueArray(
  fc.oneof(
    fc.array(names, { minLength: 1, maxLength: 3 }).map((parents) => `extends: [${parents.join(', ')}]`),
    fc.constantFrom('name: n', 'name: b', 'abstract: true', 'alwaysApply: true', 'priority: 2', 'on: save'),
    fc.constantFrom('globs: src/**', 'globs: $parents, x', 'globs: "../out"', 'globs:'),
    fc.constant('actions:\n  - { id: i, type: suggest, message: m, context: [n, a] }'),
    fc.constant('filters:\n  - { id: i, remove: true }'),
  ),
  { selector: (key) => key.split(':', 1)[0], maxLength: 4 },
);
const ruleText = fc.tuple(keys, body).map(([written, text]) => `---\n${written.join('\n')}\n---\n${text}`);

interface Step {
  readonly kind: 'disk' | 'typed';
  readonly path: string;
  readonly text: string | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('disk', 'disk', 'typed'),
  path: fc.constantFrom(...rulePaths, ...fragmentPaths),
  text: fc.option(fc.oneof(ruleText, body), { nil: undefined }),
});

/** Everything that a catalog says. */
function tell(catalog: RuleCatalog): unknown {
  return catalog.documents().map(({ path }) => ({
    path,
    rules: catalog.effectiveRules(path).map(({ rule, lineage, problems, provenance, dependencies }) => ({
      ...{ rule, lineage, problems, provenance, dependencies },
    })),
    references: catalog
      .references(path)
      .map((reference) => ({ reference, target: catalog.resolve(reference, path) })),
    referrers: catalog.referrers(path),
  }));
}

/** The same texts, read by nobody before. */
async function openAnew(files: InMemoryFiles, typed: ReadonlyMap<string, string>): Promise<RuleStore> {
  const store = createRuleStore({ files, root: '/w', builtin });
  await store.load(never);
  for (const [path, text] of typed) await store.setTyped(path, text);
  return store;
}

describe('a catalog that follows changes', () => {
  it('says what one says that is made anew, whatever changes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const files = createInMemoryFiles();
        const store = await openAnew(files, new Map());
        const typed = new Map<string, string>();
        for (const { kind, path, text } of steps) {
          if (kind === 'typed') {
            if (text === undefined) typed.delete(path);
            else typed.set(path, text);
            await store.setTyped(path, text);
          } else {
            files.write(path, text);
            await store.reload([path], never);
          }
          const anew = await openAnew(files, typed);
          assert.deepEqual(tell(store.saved), tell(anew.saved));
          assert.deepEqual(tell(store.typed), tell(anew.typed));
          assert.deepEqual(store.liveRules(), anew.liveRules());
          assert.deepEqual(store.summaries(), anew.summaries());
          for (const file of ['src/a.ts', 'web/src/a.ts', 'x'])
            assert.deepEqual(
              new Set(store.rulesFor(file).map(({ id }) => id)),
              new Set(anew.rulesFor(file).map(({ id }) => id)),
            );
        }
      }),
      { numRuns: 40 },
    )).timeout(60_000);
});
