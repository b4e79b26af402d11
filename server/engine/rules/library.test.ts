import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { libraryNames, libraryTests, loadLibrary } from '../../test/ruleLibrary.ts';
import { problemsOf } from './checks/problemsOf.ts';
import { createWorkspacePaths } from './globs/workspacePaths.ts';
import { migrateRule } from './migration/migrateRule.ts';
import { isModelAction } from './modelActions.ts';
import type { Rule } from './rule.ts';
import type { RuleStore } from './ruleStore.ts';
import { defaultProblemSettings } from './severities/problemSettings.ts';

const library = readFileSync(new URL('../../../docs/rules/library.md', import.meta.url), 'utf8');

describe('the bundled library', () => {
  let store: RuleStore;
  before(async () => {
    store = await loadLibrary(libraryNames);
  });

  const effective = (name: string): Rule => {
    const found = store.saved.effective(`builtin:${name}`);
    assert.ok(found, name);
    return found.rule;
  };
  const problems = (path: string, from: RuleStore): readonly string[] => {
    const document = from.saved.document(path);
    assert.ok(document, path);
    const context = {
      catalog: from.saved,
      paths: createWorkspacePaths([]),
      settings: defaultProblemSettings,
    };
    return problemsOf(document, context).map(({ code, message }) => `${code} ${message}`);
  };

  it('has bases and rules', () => {
    const bases = libraryNames.filter((name) => effective(name).abstract);
    assert.ok(bases.length >= 13, bases.join());
    assert.ok(libraryNames.length - bases.length >= 20, libraryNames.join());
  });

  for (const name of libraryNames) {
    it(`${name} has no problem, not even a hint, as it is bundled and where it is copied to`, async () => {
      assert.deepEqual(problems(`builtin:${name}`, store), []);
      const path = `.cursor/rules/own-${name}.mdc`;
      const text = store.saved.document(`builtin:${name}`)?.text ?? '';
      assert.deepEqual(problems(path, await loadLibrary([], { [path]: text })), []);
    });

    it(`${name} is written as migration would write it`, () => {
      const text = store.saved.document(`builtin:${name}`)?.text ?? '';
      const { newText, changes } = migrateRule(`.cursor/rules/${name}.mdc`, text);
      assert.deepEqual([newText, changes], [text, []]);
    });

    it(`${name} is there to be extended, or acts and is tried out by tests of its own`, () => {
      const rule = effective(name);
      assert.ok(rule.description !== '' && rule.body.length > 100, rule.description);
      assert.equal(rule.abstract, !libraryTests.has(name));
      assert.equal(rule.active, !rule.abstract, rule.inactiveReason);
      assert.equal(rule.actions.length === 0, rule.abstract);
      assert.equal(rule.alwaysApply, false);
    });

    it(`${name} says nothing twice: what it inherits stands above its own text, once`, () => {
      const own = store.saved.document(`builtin:${name}`)?.file;
      assert.ok(own);
      const lines = effective(name)
        .body.split('\n')
        .filter((line) => line.trim() !== '');
      assert.equal(new Set(lines).size, lines.length);
      const parents = own.extends.map(({ value }) => effective(value.replace('builtin:', '')));
      assert.ok(parents.every(({ abstract }) => abstract));
      for (const parent of parents) assert.ok(effective(name).body.includes(parent.body.trim()), parent.name);
      assert.ok(effective(name).body.includes(own.body.trim()));
    });
  }

  /** Moments at which a person has just done something: nothing else may cost money. */
  const ofPersons = ['save', 'test-fail', 'manual'];

  it('asks a model only after what a person did, and gives every other action an id to take it out by', () => {
    for (const rule of [...libraryTests.keys()].map(effective)) {
      for (const { type, id } of rule.actions)
        assert.ok(id !== undefined || type === 'generate_tests', rule.name);
      if (!rule.actions.some(({ type }) => isModelAction(type))) {
        assert.ok(rule.extends.length > 0, rule.name);
        continue;
      }
      const [event, ...others] = rule.on.map(({ value }) => value);
      assert.ok(others.length === 0 && ofPersons.includes(event ?? ''), rule.name);
      assert.equal(rule.origin, undefined, rule.name);
      // The rules that stand alone take the person's own limits.
      if (rule.extends.length > 0)
        assert.ok((rule.budget.usd ?? 1) <= 0.5 && (rule.budget.attempts ?? 9) <= 4, rule.name);
    }
  });

  it('has twenty rules that ask a model', () => {
    const asking = libraryNames.filter((name) =>
      effective(name).actions.some(({ type }) => isModelAction(type)),
    );
    assert.ok(asking.length >= 20, asking.join());
  });

  it('is described whole: each rule with the ids of its checks', () => {
    const rows = library.split('\n').filter((line) => line.startsWith('| `'));
    const described = rows.flatMap((row) => {
      const [names = '', ids = ''] = row.split(' | ');
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => [name, effective(name), ids] as const);
    });
    assert.deepEqual(described.map(([name]) => name).toSorted(), libraryNames.toSorted());
    for (const [name, { actions }, ids] of described)
      for (const { id } of actions) assert.ok(id === undefined || ids.includes(`\`${id}\``), `${name} ${id}`);
  });

  const examples = [...library.matchAll(/^```\n(---\n[^]*?)^```$/gm)].map(([, text = '']) => text);
  for (const text of examples) {
    it(`is extended as described: ${JSON.stringify(text.slice(0, 60))}`, async () => {
      const path = '.cursor/rules/example.mdc';
      const { saved } = await loadLibrary([], { [path]: text });
      assert.deepEqual(saved.problems(path), []);
      assert.equal(saved.effective(path)?.rule.active, true);
    });
  }
  it('is described with examples', () => assert.equal(examples.length, 3));

  it('guides a rule of the project that extends a base, though no bundled rule is switched on', async () => {
    const path = '.cursor/rules/tests.mdc';
    const text = '---\nextends: builtin:test-driven-development-python\n---\nUse the factories in `tests`.\n';
    const loaded = await loadLibrary([], { [path]: text });
    const rule = loaded.saved.effective(path)?.rule;
    assert.deepEqual(loaded.saved.problems(path), []);
    assert.match(rule?.body ?? '', /Begin with a test that fails[^]*`pytest path::name -q`[^]*factories/);
    assert.deepEqual(
      [loaded.rulesFor('src/a.py').length, loaded.rulesFor('src/a.ts').length, rule?.kind],
      [1, 0, 'autoAttached'],
    );
  });

  it('lets a rule of the project take one check out and keep the others', async () => {
    const path = '.cursor/rules/python.mdc';
    const text =
      '---\nextends: builtin:python-pitfalls\nactions:\n  - { id: naive-utc, remove: true }\n---\nOurs.\n';
    const { saved } = await loadLibrary([], { [path]: text });
    assert.deepEqual(saved.problems(path), []);
    assert.deepEqual(
      saved.effective(path)?.rule.actions.map(({ id }) => id),
      ['bare-except', 'swallowed-exception', 'mutable-default'],
    );
  });
});
