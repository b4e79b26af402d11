import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../safety/redact.ts';
import { excerptOutput, RedactStream } from './redactStream.ts';

const secret = `sk-ant-${'a1b2c3d4'.repeat(3)}`;
const key = `-----BEGIN RSA PRIVATE KEY-----\n${'QUJDREVGRw==\n'.repeat(5)}-----END RSA PRIVATE KEY-----`;

describe('an output that comes in pieces', () => {
  it('is masked as if it had come at once, wherever it is cut', () => {
    const line = fc.constantFrom('plain', `token ${secret} here`, key, '', 'é 🎉');
    const pieces = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(line), pieces, (lines, cuts) => {
        const text = lines.join('\n');
        const stream = new RedactStream();
        let shown = '';
        for (let at = 0, cut = 0; at < text.length; cut += 1) {
          const length = cuts[cut % cuts.length] ?? 1;
          shown += stream.push(text.slice(at, at + length));
          at += length;
        }
        shown += stream.end();
        assert.equal(shown, createRedactor([])(text));
      }),
    );
  });

  it('is not held back for ever', () => {
    const stream = new RedactStream();
    assert.notEqual(stream.push('x'.repeat(20_000)), '');
    assert.notEqual(stream.push(`-----BEGIN RSA PRIVATE KEY-----\n${'QUJD\n'.repeat(5_000)}`), '');
  });

  it('is kept by its beginning and its end', () => {
    const { text, dropped } = excerptOutput(`${'a'.repeat(500)}${'b'.repeat(500)}`, 100);
    assert.equal(dropped, 900);
    assert.match(text, /^a{25}\n\[… 900 characters left out …\]\nb{75}$/u);
    assert.deepEqual(excerptOutput(`short ${secret}`, 100), {
      text: 'short [redacted Anthropic key]',
      dropped: 0,
    });
  });
});
