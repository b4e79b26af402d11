import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { liftLiterals } from './liftLiterals.ts';

describe('liftLiterals', () => {
  const rows: readonly (readonly [title: string, source: string, texts: readonly string[]])[] = [
    ['a text', 'a: |\n  one\n  two\n', ['one\ntwo\n']],
    ['a text in a list', '- a: |\n    one\n- b: x\n', ['one\n']],
    ['two texts', 'a: |\n  one\nb: |-\n  two\n', ['one\n', 'two']],
    ['blank lines inside and behind', 'a: |\n  one\n\n  two\n\n\nb: x\n', ['one\n\ntwo\n']],
    ['blank lines with spaces', 'a: |\n \n  one\n    \n \n  two\n     \nb: x\n', ['\none\n  \n\ntwo\n   \n']],
    ['lines that are indented further', 'a: |\n  one\n    two\n', ['one\n  two\n']],
    ['what looks like keys', 'a: |\n  b: |\n    c\n', ['b: |\n  c\n']],
    ['CRLF', 'a: |\r\n  one\r\n  two\r\n', ['one\ntwo\n']],
    ['no last line break', 'a: |\n  one', ['one\n']],
  ];
  for (const [title, source, texts] of rows) {
    it(`takes out ${title}`, () => {
      const lifted = liftLiterals(source);
      assert.deepEqual([...(lifted?.literals.values() ?? [])], texts);
      for (const placeholder of lifted?.literals.keys() ?? []) {
        const at = lifted?.source.text.indexOf(placeholder) ?? -1;
        const start = lifted?.source.toSource(at) ?? -1;
        const end = lifted?.source.toSource(at + placeholder.length) ?? -1;
        assert.match(source.slice(start, end), /^\|[\s\S]*\S$/);
      }
    });
  }

  const left: readonly (readonly [title: string, source: string])[] = [
    ['no text', 'a: b\n'],
    ['a text that is folded', 'a: >\n  one\n'],
    ['a text that tells its column', 'a: |2\n   one\n'],
    ['a text that keeps its end', 'a: |+\n  one\n\n'],
    ['a line that fell out of its column', 'a: |\n    one\n  two\n'],
    ['a tab in the column', 'a: |\n  one\n \ttwo\n'],
    ['an empty text', 'a: |\nb: x\n'],
    ['a blank line that is wider than the text', 'a: |\n    \n  one\n'],
    ['lone carriage returns', 'a: |\n  one\r  two\n'],
    ['a character that placeholders use', 'a: |\n  \uE0F0\n'],
  ];
  for (const [title, source] of left) {
    it(`leaves ${title} to the parser`, () => assert.equal(liftLiterals(source), undefined));
  }

  it('takes out what the parser reads', () => {
    const line = fc.constantFrom(
      '',
      ' ',
      '  ',
      '   ',
      '     ',
      '  one',
      '   two',
      '  b: c',
      ' - d',
      '  # e',
      'f: g',
      '- h',
    );
    let found = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('|', '|-'), (lines, sign) => {
        const source = ['a: ' + sign, ...lines, ''].join('\n');
        const [text] = liftLiterals(source)?.literals.values() ?? [];
        const document = parseDocument(source);
        if (text === undefined || document.errors.length > 0) return;
        found += 1;
        assert.equal(document.get('a'), text, source);
      }),
      { numRuns: 3000 },
    );
    assert.ok(found > 300, String(found));
  });
});
