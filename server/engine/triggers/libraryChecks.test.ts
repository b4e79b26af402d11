import assert from 'node:assert/strict';
import { libraryTests, loadLibrary } from '../../test/ruleLibrary.ts';
import { latePatterns } from '../../test/scriptPatterns.ts';
import { isCheckAction } from '../rules/modelActions.ts';
import type { Rule } from '../rules/rule.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import { parseRuleTests } from './ruleTests/parseRuleTests.ts';
import { runRuleTest } from './ruleTests/runRuleTest.ts';

const { signal } = new AbortController();

describe('rules of the library', () => {
  let store: RuleStore;
  before(async () => {
    store = await loadLibrary([...libraryTests.keys()]);
  });
  const find = (name: string): Rule => {
    const found = store.saved.effective(`builtin:${name}`);
    assert.ok(found, name);
    return found.rule;
  };

  for (const [name, text] of libraryTests) {
    const { cases, problems } = parseRuleTests(text);

    it(`${name} is tried where it acts, where it finds nothing, and where it is not concerned`, () => {
      assert.deepEqual(problems, []);
      assert.ok(cases.some(({ applies }) => !applies));
      assert.ok(cases.some(({ applies }) => applies));
      const isCheck = find(name).actions.some(({ type }) => isCheckAction(type));
      assert.equal(
        cases.some(({ finds }) => finds === 0),
        isCheck,
      );
      assert.equal(
        cases.some(({ finds = 0 }) => finds > 0),
        isCheck,
      );
    });

    for (const test of cases) {
      const { file, content, applies, finds, line } = test;
      const wanted = applies ? (finds === undefined ? 'applies to' : `finds ${finds} in`) : 'passes over';
      it(`${name} ${wanted} ${file} ${JSON.stringify(content.slice(0, 40))} (line ${line + 1})`, async () => {
        // No pattern of the library may need the worker: it would be unknown here.
        const subject = { rules: [find(name)], patterns: latePatterns };
        const { passed, reason } = await runRuleTest(subject, test, signal);
        assert.ok(passed, reason);
      });
    }
  }
});
