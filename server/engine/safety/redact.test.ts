import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from './redact.ts';

const secret = 'correct/horse+battery"staple';

// Assembled at run time, so that no scanner takes this file for a leak.
const canaries: Readonly<Record<string, string>> = {
  anthropic: `sk-ant-${'api03-aB3_'.repeat(4)}`,
  openai: `sk-${'proj-aB3_'.repeat(6)}`,
  openaiOld: `sk-${'aB3'.repeat(16)}`,
  openrouter: `sk-or-v1-${'0a'.repeat(32)}`,
  github: `ghp_${'aB3x'.repeat(9)}`,
  githubFine: `github_pat_${'aB3x'.repeat(20)}`,
  gitlab: `glpat-${'aB3-'.repeat(5)}`,
  aws: `AKIA${'ABCD2345'.repeat(2)}`,
  google: `AIza${'aB3-_xYz'.repeat(4)}abc`,
  jwt: `eyJ${'hbGci'.repeat(4)}.eyJ${'zdWIi'.repeat(4)}.${'c2ln'.repeat(4)}`,
  slack: `xoxb-${'123-'.repeat(6)}`,
  groq: `gsk_${'aB3x'.repeat(10)}`,
  huggingFace: `hf_${'aB3x'.repeat(9)}`,
  npm: `npm_${'aB3x'.repeat(9)}`,
  stripe: `sk_live_${'aB3x'.repeat(6)}`,
};

describe('createRedactor', () => {
  const forms: readonly [string, string][] = [
    ['as it is', secret],
    ['in JSON', JSON.stringify({ key: secret })],
    ['in a URL', `https://host/?q=${encodeURIComponent(secret)}`],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in URL-safe base64', Buffer.from(secret).toString('base64url')],
    ['in base64 behind one byte', Buffer.from(`:${secret}`).toString('base64')],
    ['in base64 behind two bytes', Buffer.from(`u:${secret}:x`).toString('base64')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['in upper-case hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
  ];
  for (const [name, text] of forms) {
    it(`masks a given value ${name}`, () => {
      const redacted = createRedactor([secret])(`before ${text} after`);
      assert.match(redacted, /^before .*\[redacted secret\].* after$/);
      assert.ok(!redacted.includes(text));
    });
  }

  for (const [name, key] of Object.entries(canaries)) {
    it(`masks a key of the shape ${name} wherever it stands`, () => {
      for (const text of [key, `x=${key};`, `"${key}"`, `KEY_${key}`, `a\n${key}\nb`, `Bearer ${key}`]) {
        assert.ok(!createRedactor([])(text).includes(key.slice(8)), text);
      }
    });
  }

  it('masks a private key, escaped or cut off, and nothing behind it', () => {
    const body = 'MIIEvQ/+ab=='.repeat(20);
    const pem = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${body}\n-----END RSA PRIVATE KEY-----`;
    const redact = createRedactor([]);
    assert.equal(redact(`a ${pem}\nAll tests passed`), 'a [redacted private key]\nAll tests passed');
    assert.ok(!redact(JSON.stringify(pem)).includes('MIIEvQ'));
    assert.ok(!redact(pem.slice(0, 150)).includes('MIIEvQ'));
  });

  it('masks passwords in URLs and credentials in headers and queries', () => {
    const redact = createRedactor([]);
    assert.equal(redact('postgres://me:hunter22@db/x'), 'postgres://me:[redacted password]@db/x');
    assert.equal(redact('Authorization: Basic dXNlcjpwYXNz'), 'Authorization: Basic [redacted credential]');
    assert.equal(redact('{"x-api-key":"abcdefgh12"}'), '{"x-api-key":"[redacted credential]"}');
    assert.equal(
      redact('https://h/p?a=1&key=abcdefgh12&b=2'),
      'https://h/p?a=1&key=[redacted credential]&b=2',
    );
    for (const template of ['`https://h/p?key=${settings.key}`', '`https://h/p?key=\\${settings.key}`'])
      assert.equal(redact(template), template);
  });

  it('leaves ordinary text, code and digests alone', () => {
    const text =
      'task-list sk-ip eyJ AKIA const keyboard = risk_level; sha256 3f2a9c https://example.org/a:b token budget 5 ask-anything-about-this-very-long-name';
    assert.equal(createRedactor(['', 'abc'])(text), text);
  });

  it('masks the longer of two secrets that begin alike', () => {
    assert.equal(createRedactor(['abcdefgh', 'abcdefghijkl'])('abcdefghijkl'), '[redacted secret]');
  });

  it('leaves no trace of a given value in any text around it', () => {
    const value = fc
      .string({ unit: 'binary', minLength: 8, maxLength: 40 })
      .filter((text) => text.isWellFormed() && !'[redacted secret]'.includes(text));
    fc.assert(
      fc.property(fc.string(), value, fc.string(), (before, given, after) => {
        assert.ok(!createRedactor([given])(before + given + after).includes(given));
      }),
    );
  });

  it('takes time in proportion to the text, however hostile', () => {
    const redact = createRedactor([secret]);
    for (const piece of [
      'eyJ-',
      'eyJaaaaaaaa.',
      'sk-',
      '-----BEGIN PRIVATE KEY-----',
      '://a:',
      'bearer ',
      'PuTTY-User-Key-File-2: ',
    ]) {
      const started = process.cpuUsage().user;
      redact(piece.repeat(Math.ceil(300_000 / piece.length)));
      assert.ok(process.cpuUsage().user - started < 5_000_000, piece);
    }
  });
});
