import assert from 'node:assert/strict';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { ruleTemplates } from './ruleTemplates.ts';

const kinds: Readonly<Record<string, readonly [kind: string, actions: string]>> = {
  files: ['autoAttached', ''],
  always: ['always', ''],
  agent: ['agentRequested', ''],
  manual: ['manual', ''],
  check: ['autoAttached', 'validate'],
  tests: ['autoAttached', 'generate_tests'],
  base: ['agentRequested', ''],
};

describe('templates of rules', () => {
  for (const template of ruleTemplates) {
    it(`${template.id} ${template.detail}, without a problem`, () => {
      const text = template.render({ name: 'web/my-rule', description: 'a: b', globs: '**/*.ts, !x/**' });
      const { file, problems } = parseRuleDocument('.cursor/rules/web/my-rule.mdc', text);
      assert.deepEqual(problems, []);
      assert.deepEqual([file.kind, file.actions.map(({ type }) => type).join()], kinds[template.id]);
      assert.equal(file.abstract, template.id === 'base');
      if (file.kind === 'autoAttached')
        assert.deepEqual(
          file.globs.map(({ value }) => value),
          ['**/*.ts', '!x/**'],
        );
      if (file.kind !== 'manual') assert.equal(file.description, 'a: b');
      assert.match(file.body, /^# My rule\n/);
    });

    it(`${template.id} stands by itself`, () => {
      const text = template.render({ name: 'x' });
      assert.deepEqual(parseRuleDocument('.cursor/rules/x.mdc', text).problems, []);
    });
  }
});
