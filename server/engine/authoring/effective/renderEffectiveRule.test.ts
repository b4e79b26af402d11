import assert from 'node:assert/strict';
import { createTextCatalog } from '../../../test/textCatalog.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { renderEffectiveRule } from './renderEffectiveRule.ts';

const child = '.cursor/rules/child.mdc';

describe('renderEffectiveRule', () => {
  const cases: readonly (readonly [
    title: string,
    texts: Readonly<Record<string, string>>,
    expected: string,
  ])[] = [
    [
      'shows what was written, and where',
      { [child]: '---\ndescription: A\nglobs: src/**\n---\nPrefer const.\n' },
      `---
# child: active
description: A  # from ${child}:2
globs:
  - src/**
---
<!-- from ${child}:5 -->
Prefer const.
`.replace('globs:', `# from ${child}:3\nglobs:`),
    ],
    [
      'shows what it inherits, and from whom',
      {
        '.cursor/rules/base.mdc': '---\npriority: 5\nabstract: true\n---\nBe kind.\n',
        [child]: '---\nextends: base\n---\nBe brief.\n',
      },
      `---
# child: active
# inherits: .cursor/rules/base.mdc
priority: 5  # from .cursor/rules/base.mdc:2
---
<!-- from .cursor/rules/base.mdc:5, ${child}:4 -->
Be kind.

Be brief.
`,
    ],
    [
      'says why it is not active',
      { [child]: '---\nenabled: false\n---\nText\n' },
      `---
# child: not active, because it is switched off by \`enabled: false\`
---
<!-- from ${child}:4 -->
Text
`,
    ],
  ];
  for (const [title, texts, expected] of cases) {
    it(title, () => assert.equal(renderEffectiveRule(createTextCatalog(texts), child), expected));
  }

  it('gives a rule file that says the same as the effective rule', () => {
    const catalog = createTextCatalog({
      '.cursor/rules/base.mdc': `---
globs: ["a/**", "b/{c,d}/*.ts"]
on: save
actions:
  - type: reject
    conditions:
      - pattern: "\\\\bdebugger\\\\b"
        message: "No: never # here"
---
`,
      [child]: '---\nextends: base\nfilters:\n  - type: content\n    pattern: x\n---\nText\n',
    });
    const { file, problems } = parseRuleDocument(child, renderEffectiveRule(catalog, child) ?? '');
    const effective = catalog.effective(child)?.rule;
    assert.deepEqual(problems, []);
    const said = (rule: typeof file | undefined) => ({
      globs: rule?.globs.map(({ value }) => value),
      on: rule?.on.map(({ value }) => value),
      filters: rule?.filters.map(({ type, pattern }) => [type, pattern]),
      actions: rule?.actions.map(({ type, conditions }) => [type, conditions.map((each) => each.pattern)]),
    });
    assert.deepEqual(said(file), said(effective));
  });

  it('knows no rule that is not there', () => {
    assert.equal(renderEffectiveRule(createTextCatalog({}), child), undefined);
  });
});
