import assert from 'node:assert/strict';
import { applyTextEdits } from '../../rules/editing/applyTextEdits.ts';
import { parseRuleDocument } from '../../rules/parseRuleDocument.ts';
import { formatRule } from './formatRule.ts';

const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  ['blanks around colons', '---\ndescription :   x\n---\n', '---\ndescription: x\n---\n'],
  ['a colon without a blank', '---\nglobs:src/a.ts\n---\n', '---\nglobs: src/a.ts\n---\n'],
  [
    'blanks at the ends of lines',
    '---  \ndescription: x  \n\t\n---\t\nText  \n',
    '---\ndescription: x\n\n---\nText  \n',
  ],
  ['a missing line break at the end', '---\nname: x\n---\nText', '---\nname: x\n---\nText\n'],
  ['the line break of the file', '---\r\nname: x\r\n---\r\nText', '---\r\nname: x\r\n---\r\nText\r\n'],
  [
    'quotes that YAML needs',
    '---\nglobs: **/*.ts\ndescription: a: b\n---\n',
    '---\nglobs: "**/*.ts"\ndescription: "a: b"\n---\n',
  ],
  ['a list of globs', '---\nglobs: *.ts,*.tsx\n---\n', '---\nglobs: ["*.ts", "*.tsx"]\n---\n'],
  ['entries of lists', '---\non:\n  -   save\n  -  create\n---\n', '---\non:\n  - save\n  - create\n---\n'],
  [
    'values in entries',
    '---\nactions:\n  - type:   run\n    command:  x\n---\n',
    '---\nactions:\n  - type: run\n    command: x\n---\n',
  ],
  [
    'blocks',
    '<rule>\nname:   x \nactions:\n  - type:  suggest\n    message:  y\n</rule>\n',
    '<rule>\nname: x\nactions:\n  - type: suggest\n    message: y\n</rule>\n',
  ],
];

const kept: readonly (readonly [what: string, text: string])[] = [
  ['comments and the order of keys', '---\n# first\nglobs: a.ts # why\ndescription: x\n---\n'],
  [
    'texts of lines',
    '---\nactions:\n  - type: suggest\n    message: |\n      One:   two  \n\n      - x\n---\n',
  ],
  ['the body', '---\nname: x\n---\n#  Title  \n\n\n*  item\n```\nx :  y\n```\n'],
  ['what is not closed', '---\nname:   x\nText'.concat('\n')],
  ['an empty file', ''],
  ['a file without frontmatter', 'Text :  x\n'],
];

const format = (text: string): string => applyTextEdits(text, formatRule(parseRuleDocument('x.mdc', text)));

describe('formatting', () => {
  for (const [what, before, after] of cases) {
    it(`mends ${what}, and is then done`, () => {
      assert.equal(format(before), after);
      assert.equal(format(after), after);
    });
  }
  for (const [what, text] of kept) it(`keeps ${what}`, () => assert.equal(format(text), text));

  it('mends only what lies in a part', () => {
    const text = '---\nname:   x\nmodel:   y\n---\n';
    const start = text.indexOf('model');
    const edits = formatRule(parseRuleDocument('x.mdc', text), { start, end: start + 'model:   y'.length });
    assert.equal(applyTextEdits(text, edits), '---\nname:   x\nmodel: y\n---\n');
  });
});
