import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Neutraliser, neutralise } from './neutralise.ts';

const cases: readonly [string, string, string][] = [
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['8-bit sequences', '\u009b31mred', 'red'],
  ['cursor movement and erasing', 'a\u001b[2J\u001b[1;1H\u001b[?25lb', 'ab'],
  ['a clipboard write', 'a\u001b]52;c;ZXZpbA==\u0007b', 'ab'],
  ['a link', '\u001b]8;;https://evil\u001b\\text\u001b]8;;\u001b\\', 'text'],
  ['a title with its 8-bit end', '\u009d0;title\u009cx', 'x'],
  ['a title without its end, up to the end of the line', 'a\u001b]0;evil\nb', 'a\nb'],
  ['device control and privacy strings', '\u001bPq#0\u001b\\\u001b^x\u001b\\\u001b_y\u001b\\z', 'z'],
  ['character sets and resets', '\u001b(B\u001bcx\u001b7\u001b8', 'x'],
  ['an escape in an escape', '\u001b\u001b[31mx\u001b]0;a\u001b]52;c;b\u0007y', 'xy'],
  ['a cut sequence', 'x\u001b[31', 'x'],
  ['a lone escape', 'x\u001b', 'x'],
  ['a lone carriage return', 'evil\rgood\r\nnext', 'evil\ngood\r\nnext'],
  ['bell and backspace', 'a\u0007b\u0008', 'a\\u{7}b\\u{8}'],
  ['zero width and bidi', 'a\u200bb\u202ec\u2066', 'a\\u{200b}b\\u{202e}c\\u{2066}'],
  ['tags', 'x\u{E0041}\u{E0042}', 'x\\u{e0041}\\u{e0042}'],
  [
    'a byte order mark, soft hyphens, separators',
    '\ufeffa\u00ad\u2028\u2800\u00a0',
    '\\u{feff}a\\u{ad}\\u{2028}\\u{2800}\\u{a0}',
  ],
  ['lone surrogates', 'a\ud800b', 'a\\u{d800}b'],
  ['variation selectors that carry bytes', 'a\ufe0f\ufe0e\u{e0101}', 'a\\u{fe0f}\\u{fe0e}\\u{e0101}'],
  ['a second selector on an emoji', '⚠\ufe0f\ufe0f', '⚠\\u{fe0f}\\u{fe0f}'],
];

const untouched = ['plain\ttext\n', 'é中文 ✓ – “quotes”', '⚠️ 👩‍💻 👨‍👩‍👧 👩🏽‍💻 1️⃣', 'می‌خواهم', 'क्‍ष', '日本'];

describe('neutralise', () => {
  for (const [name, text, expected] of cases) {
    it(`neutralises ${name}`, () => assert.equal(neutralise(text), expected));
  }

  for (const text of untouched) {
    it(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(neutralise(text), text));
  }

  it('keeps colours where they are wanted, in their plain form, and nothing else', () => {
    const text =
      '\u001b[1;31mred\u001b[m \u009b38;5;8mgrey \u001b[2K\u001b]52;c;x\u0007\u001b[>4;1mz\u001b[38;2;8;8;8mt';
    assert.equal(
      neutralise(text, { colours: true }),
      '\u001b[1;31mred\u001b[m \u001b[38;5;8mgrey z\u001b[38;2;8;8;8mt',
    );
  });

  it('shows concealed text', () => {
    assert.equal(neutralise('\u001b[8mhidden\u001b[31;8mx', { colours: true }), 'hidden\u001b[31mx');
  });

  it('leaves no escape, whatever comes in, and takes its own output as it is', () => {
    const part = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '52;c;',
      '\u0007',
      '\\',
      '\u009b',
      '\u009d',
      '31',
      'm',
      'x',
      '\r',
      '\n',
      '\u200d',
      '\ufe0f',
      '👩',
      '\ud83d',
      'P',
    );
    const text = fc.oneof(
      fc.array(part, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const safe = neutralise(raw);
        assert.doesNotMatch(safe, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
        assert.equal(neutralise(safe), safe);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('Neutraliser', () => {
  for (const [name, text] of cases) {
    it(`gives for ${name} cut anywhere what it gives for the whole`, () => {
      for (let cut = 0; cut <= text.length; cut += 1) {
        const stream = new Neutraliser();
        assert.equal(
          stream.push(text.slice(0, cut)) + stream.push(text.slice(cut)) + stream.end(),
          neutralise(text),
          `cut at ${cut}`,
        );
      }
    });
  }

  it('does not hold back without bound', () => {
    const stream = new Neutraliser();
    let shown = stream.push('\u001b]0;');
    for (let at = 0; at < 100; at += 1) shown += stream.push('x'.repeat(1000));
    assert.ok(shown.length > 50_000);
    assert.doesNotMatch(shown + stream.end(), /\u001b/);
  });
});
