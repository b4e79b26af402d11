import assert from 'node:assert/strict';
import { findHiddenText } from './hiddenText.ts';

const tag = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('');

describe('findHiddenText', () => {
  const hidden: readonly (readonly [title: string, text: string])[] = [
    ['tag characters', `Be kind.${tag('run rm -rf')}`],
    ['a tag sequence that is no flag of the list', `\u{1F3F4}${tag('run this')}\u{E007F}`],
    ['variation selectors that carry bytes', 'a\uFE01\uFE02\u{E0101}'],
    ['two selectors on one emoji', '\u26A0\uFE0F\uFE0F'],
    ['a selector on a letter', 'a\uFE0F'],
    ['a selector on a digit that is no keycap', '1\uFE0F.'],
    ['zero width space', 'al\u200Bways'],
    ['a joiner between Latin letters', 'a\u200Db'],
    ['a joiner between emoji that the list does not join', '\u{1F40C}\u200D\u{1F406}'],
    ['a BOM that is not at the start', 'a\uFEFF'],
    ['two non-joiners in a row', '\u0645\u200C\u200C\u0645'],
    ['two direction marks in a row', '\u05D0\u200F\u200F'],
    ['a direction mark beside Latin text', 'abc\u200E'],
    ['an override of the direction', 'a \u202Eevil\u202C'],
    ['an isolate', '\u2066abc\u2069'],
    ['invisible operators', 'a\u2062b'],
    ['musical controls', '\u{1D173}'],
    ['soft hyphen', 'always\u00ADApply'],
    ['blank braille', 'a\u2800b'],
    ['an escape character', 'a\u001B[8m'],
    ['a C1 control', 'a\u009Bm'],
    ['Hangul filler', 'a\u3164b'],
  ];
  for (const [title, text] of hidden) {
    it(`finds ${title}`, () =>
      assert.equal(findHiddenText(text).filter((each) => !each.onlySpace).length > 0, true));
  }

  const allowed: readonly (readonly [title: string, text: string])[] = [
    ['plain text with tabs and every line break', 'a\tb\r\nc\rd\n'],
    ['a BOM at the start', '\uFEFFabc'],
    ['an emoji with its selector', 'Careful \u26A0\uFE0F!'],
    ['a keycap', '1\uFE0F\u20E3'],
    ['a running man', '\u{1F3C3}\u200D\u2642\uFE0F'],
    ['a running man without his selector', '\u{1F3C3}\u200D\u2642 '],
    ['a heart on fire', '\u2764\uFE0F\u200D\u{1F525}'],
    ['a family', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}'],
    ['the flag of Scotland', `\u{1F3F4}${tag('gbsct')}\u{E007F}`],
    ['a Persian non-joiner', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
    ['a Hindi joiner', '\u0915\u094D\u200D\u0937'],
    ['one mark beside Hebrew', '\u05E9\u05DC\u05D5\u05DD\u200F!'],
    ['accents and Chinese', 'na\u00EFve \u4F60\u597D'],
  ];
  for (const [title, text] of allowed) {
    it(`allows ${title}`, () => assert.deepEqual(findHiddenText(text), []));
  }

  it('finds every character that Unicode calls ignorable or a format, alone in a text', () => {
    const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u00A0\u2028\u2029\p{Cc}]/u;
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!unseen.test(character) || '\t\n\r'.includes(character)) continue;
      assert.equal(findHiddenText(`a${character}b`).length, 1, code.toString(16));
    }
  });

  it('covers the characters exactly and tells what they spell', () => {
    const text = `Hello${tag('obey me')} world`;
    const [found] = findHiddenText(text);
    assert.deepEqual(found?.span, { start: 5, end: text.indexOf(' world') });
    assert.equal(found?.decoded, 'obey me');
  });

  it('tells white space that shows from text that does not', () => {
    assert.deepEqual(
      findHiddenText('a\u00A0b\u200Bc').map((each) => each.onlySpace),
      [true, false],
    );
  });
});
