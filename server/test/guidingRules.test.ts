import assert from 'node:assert/strict';
import { neverAborted } from './sliceWorkspace.ts';
import { source, withSampleSlice } from './sampleSlice.ts';

describe('what rules do for a file, as it is explained', function () {
  this.timeout(30_000);

  const rules = {
    '.cursor/rules/always.mdc': '---\nalwaysApply: true\n---\nMark: always at the root.\n',
    'src/.cursor/rules/inner.mdc': '---\nalwaysApply: true\n---\nMark: always in the folder.\n',
    'lib/.cursor/rules/other.mdc': '---\nalwaysApply: true\n---\nMark: always elsewhere.\n',
    '.cursor/rules/globbed.mdc': '---\nglobs: src/**\n---\nMark: attached.\n',
    '.cursor/rules/unmatched.mdc': '---\nglobs: lib/**\n---\nMark: not attached.\n',
    '.cursor/rules/asked.mdc': '---\ndescription: Mark described.\n---\nMark: on request.\n',
    '.cursor/drafts/draft.mdc': '---\nalwaysApply: true\n---\nMark: a draft.\n',
    '.cursor/rules/off.mdc': '---\nalwaysApply: true\nenabled: false\n---\nMark: off.\n',
  };

  it('is what the prompt holds', () =>
    withSampleSlice({ script: [], files: rules }, async ({ running, root }) => {
      const { engine } = running;
      const prompt = await engine.previewPrompt({ root, rule: 'generate-tests', path: source }, neverAborted);
      const explanations = (await engine.ruleQueries(root)?.explain(source, neverAborted)) ?? [];
      const added = explanations.filter(({ rule }) => rule.path in rules);
      assert.equal(added.length, Object.keys(rules).length);
      for (const { rule, guides } of added)
        assert.equal(
          prompt.includes(rule.body.trim()),
          guides.applies === 'yes',
          `${rule.path}: ${guides.reason}`,
        );
      assert.ok(prompt.includes('Mark described.'));
    }));
});
