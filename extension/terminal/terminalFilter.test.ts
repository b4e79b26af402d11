import assert from 'node:assert/strict';
import { TerminalFilter } from './terminalFilter.ts';

const e = '\u001b';

describe('TerminalFilter', () => {
  for (const [what, text, expected] of [
    ['text, tabs and letters of all scripts', 'ok\t✓ é 日本 \u{1f600}', 'ok\t✓ é 日本 \u{1f600}'],
    ['colours', `${e}[1;31mred${e}[0m${e}[38:2:1:2:3mx`, `${e}[1;31mred${e}[0m${e}[38:2:1:2:3mx`],
    ['erasing a line', `${e}[2K\rnext`, `${e}[2K\rnext`],
  ] as const) {
    it(`lets ${what} through`, () => assert.equal(new TerminalFilter().push(text), expected));
  }

  for (const [what, sequence] of [
    ['the clipboard (OSC 52)', `${e}]52;c;ZXZpbA==\u0007`],
    ['a link (OSC 8)', `${e}]8;;http://evil${e}\\`],
    ['a title (OSC 0)', `${e}]0;evil\u0007`],
    ['a title in one-character form', `\u009d0;evil\u009c`],
    ['a device control string', `${e}P+q544e${e}\\`],
    ['an application string', `${e}_evil${e}\\`],
    ['a query of the cursor', `${e}[6n`],
    ['a query of the device', `${e}[c`],
    ['a private mode', `${e}[?1049h`],
    ['a private colour query', `${e}[?4m`],
    ['a cursor move', `${e}[5A`],
    ['a one-character CSI', `\u009b5A`],
    ['erasing the screen', `${e}[2J`],
    ['a full reset', `${e}c`],
    ['a character set', `${e}(0`],
    ['bells and backspaces', '\u0007\b\b\u0000\u007f'],
  ] as const) {
    it(`drops ${what}`, () => assert.equal(new TerminalFilter().push(`a${sequence}b`), 'ab'));

    it(`drops ${what} in single characters`, () => {
      const filter = new TerminalFilter();
      assert.equal([...`a${sequence}b`].map((char) => filter.push(char)).join(''), 'ab');
    });
  }

  it('ends lines as a terminal wants them, also when CR and LF come apart', () => {
    const filter = new TerminalFilter();
    assert.equal(filter.push('a\nb\r') + filter.push('\nc\r\nd'), 'a\r\nb\r\nc\r\nd');
  });

  it('lets nothing hide the lines after a string that is never closed', () => {
    assert.equal(new TerminalFilter().push(`${e}]0;evil\n1 failed`), '\r\n1 failed');
  });

  it('gives up on a sequence without end', () => {
    const filter = new TerminalFilter();
    filter.push(`${e}[${'1;'.repeat(10_000)}`);
    assert.equal(filter.push('\nshown'), '\r\nshown');
  });
});
