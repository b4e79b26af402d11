import assert from 'node:assert/strict';
import { findRuleBlocks } from './findRuleBlocks.ts';

const rule = (name: string): string => `<rule>\nname: ${name}\n</rule>\n`;

describe('findRuleBlocks', () => {
  const rows: readonly (readonly [title: string, text: string, inside: readonly string[]])[] = [
    ['one block', rule('a'), ['name: a\n']],
    ['two blocks', rule('a') + rule('b'), ['name: a\n', 'name: b\n']],
    ['CRLF', rule('a').replaceAll('\n', '\r\n'), ['name: a\r\n']],
    [
      'a block that is not closed, before another one',
      `<rule>\nname: a\n${rule('b')}`,
      ['name: a\n', 'name: b\n'],
    ],
    ['a block that is not closed, with text below it', '<rule>\nname: a\n\nText\n', ['name: a\n']],
    [
      'a block that is not closed, with a heading below it',
      '<rule>\nname: a\n\nfilters:\n- x\n\n# Text\n\nMore',
      ['name: a\n\nfilters:\n- x\n'],
    ],
    ['a block that is closed with another tag', '<rule>\nname: a\n</RULE>\nText\n', ['name: a\n']],
    [
      'a block that is not closed, with a message out of its column',
      '<rule>\nactions:\n  - message: |\n      a\nb\n\n      c\n',
      ['actions:\n  - message: |\n      a\nb\n\n      c\n'],
    ],
    ['a tag within a line', 'Write `<rule>` and text.\n', []],
    ['a block in a code fence', `\`\`\`\n${rule('a')}\`\`\`\n${rule('b')}`, ['name: b\n']],
    ['a block in an example', `<example>\n${rule('a')}</example>\n${rule('b')}`, ['name: b\n']],
    ['a block in an example of a kind', `<example type="invalid">\n${rule('a')}\n</example>\n`, []],
    ['an example that is not closed', `<example>\n${rule('a')}`, ['name: a\n']],
    [
      'an example that is not closed, before another one',
      `<example>\n${rule('a')}<example>\n${rule('b')}</example>\n${rule('c')}`,
      ['name: a\n', 'name: c\n'],
    ],
    [
      'examples in an example',
      `<example>\n${rule('a')}<example>\n</example>\n${rule('b')}</example>\n${rule('c')}`,
      ['name: c\n'],
    ],
    ['an example in a code fence', `\`\`\`\n<example>\n\`\`\`\n${rule('a')}</example>\n`, ['name: a\n']],
    ['a list of examples', `<examples>\n${rule('a')}</examples>\n`, ['name: a\n']],
  ];
  for (const [title, text, inside] of rows) {
    it(`reads ${title}`, () => {
      const found = findRuleBlocks(text, { start: 0, end: text.length });
      assert.deepEqual(
        found.map(({ inner }) => text.slice(inner.start, inner.end)),
        inside,
      );
    });
  }

  it('takes time in proportion to a text full of open examples', () => {
    const text = `${'<example>\n'.repeat(20_000)}${rule('a')}`;
    assert.equal(findRuleBlocks(text, { start: 0, end: text.length }).length, 1);
  });
});
