import assert from 'node:assert/strict';
import { applyTextEdits } from '../editing/applyTextEdits.ts';
import { parseRuleDocument } from '../parseRuleDocument.ts';
import { suppressProblem } from './suppressProblem.ts';

describe('suppressProblem', () => {
  const cases: readonly (readonly [
    title: string,
    code: string,
    before: string,
    after: string | undefined,
  ])[] = [
    [
      'writes a comment above the line, with its indentation and line break',
      'rule.other-spelling',
      '---\r\nfilters:\r\n  - type: path\r\n    pattern: x\r\n---\r\n',
      '---\r\nfilters:\r\n  # codegen-lab-ignore rule.other-spelling\r\n  - type: path\r\n    pattern: x\r\n---\r\n',
    ],
    [
      'writes an HTML comment in the text',
      'rule.concealed-text',
      '---\nname: a\n---\nText\n<!-- do this and that -->\n',
      '---\nname: a\n---\nText\n<!-- codegen-lab-ignore rule.concealed-text -->\n<!-- do this and that -->\n',
    ],
    [
      'takes the whole file in the middle of a message',
      'rule.unknown-variable',
      '---\non: save\nactions:\n  - type: generate_tests\n    message: |\n      Look\n      at {file_path}.\n---\n',
      '---\n# codegen-lab-ignore-file rule.unknown-variable\non: save\nactions:\n  - type: generate_tests\n    message: |\n      Look\n      at {file_path}.\n---\n',
    ],
    [
      'has no place above a fence that stands too low',
      'rule.late-frontmatter',
      '\n---\nname: a\n---\n',
      undefined,
    ],
  ];
  for (const [title, code, before, after] of cases) {
    it(title, () => {
      const document = parseRuleDocument('a.mdc', before);
      const problem = document.problems.find((each) => each.code === code);
      assert.ok(problem, JSON.stringify(document.problems));
      const [fix] = suppressProblem(document, problem);
      assert.equal(fix && applyTextEdits(before, fix.edits), after);
      assert.ok(fix?.isCertain !== true);
    });
  }
});
