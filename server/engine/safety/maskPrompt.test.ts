import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskPrompt, placeholderPattern } from './maskPrompt.ts';
import { createRedactor } from './redact.ts';

const random = 'q7Zr2mXv9Kp4Wt8Ls1Nd6Bh3Gf5Jc0Ya';
// Assembled at run time, so that no scanner takes this file for a leak.
const kinds: Readonly<Record<string, string>> = {
  'Anthropic key': `sk-ant-api03-${random}_-AA`,
  'OpenRouter key': `sk-or-v1-${'1b2c3d4e'.repeat(8)}`,
  'API key': `sk-proj-${random}`,
  'GitHub token': `ghp_${random}0000`,
  'GitLab token': `glpat-${random.slice(0, 20)}`,
  'AWS key id': `AKIA${'MNOP2345'.repeat(2)}`,
  'Google key': `AIza${random}abc`,
  'Google token': `ya29.${random}`,
  'JSON web token': `eyJ${random}.eyJ${random}.${random}`,
  'Slack token': `xoxb-${'456-789-'.repeat(3)}`,
  'Stripe key': `sk_live_${random}`,
};
const pem = (join: string): string =>
  [
    '-----BEGIN RSA PRIVATE KEY-----',
    random.repeat(2),
    `${random}/+`,
    'Zq4=',
    '-----END RSA PRIVATE KEY-----',
  ].join(join);
const ask = (...texts: readonly string[]) =>
  maskPrompt({ system: 'Be kind.', messages: texts.map((text) => ({ text })) });

describe('the secrets of a prompt', () => {
  for (const [kind, secret] of Object.entries(kinds))
    it(`are replaced in their shape and put back: ${kind}`, () => {
      const before = `const key = "${secret}"; // ${secret}\n`;
      const { messages, secrets, restore } = ask(before, 'and no more');
      const [first, last] = messages;
      const text = first?.text ?? '';
      assert.ok(!text.includes(secret.slice(8)), text);
      assert.equal(text.length, before.length);
      assert.deepEqual(last, { text: 'and no more' });
      assert.deepEqual(secrets, [{ kind, message: 0, offset: 13 }]);
      assert.equal(restore(text), before);
      assert.equal(createRedactor([])(text), text, 'a recording keeps the placeholder');
    });

  for (const [what, join] of [
    ['in lines', '\n'],
    ['in one text with escapes', String.raw`\n`],
  ] as const)
    it(`keep the lines of a private key ${what}, so that each can be quoted`, () => {
      const before = `x = """${pem(join)}"""\n`;
      const { messages, secrets, restore } = ask(before);
      const masked = messages[0]?.text ?? '';
      assert.equal(secrets.length, 1);
      assert.equal(masked.split(join).length, before.split(join).length);
      assert.ok(!masked.includes(random) && !masked.includes('Zq4='));
      for (const [index, line] of masked.split(join).entries())
        assert.equal(restore(line), before.split(join)[index]);
    });

  it('are found in the system text too, and have one name each over all messages', () => {
    const secret = kinds['GitHub token'] ?? '';
    const { system, messages, secrets } = maskPrompt({
      system: `use ${secret}`,
      messages: [{ text: secret }, { text: `${kinds['AWS key id'] ?? ''} ${secret}` }],
    });
    assert.deepEqual(
      secrets.map(({ kind, message }) => [kind, message]),
      [
        ['GitHub token', -1],
        ['AWS key id', 1],
      ],
    );
    assert.equal(system, `use ${messages[0]?.text ?? ''}`);
  });

  it('never get a placeholder that stands in the prompt already', () => {
    const secret = kinds['AWS key id'] ?? '';
    const once = ask(secret).messages[0]?.text ?? '';
    const { messages, restore } = ask(`${once} ${secret}`);
    assert.equal(restore(messages[0]?.text ?? ''), `${once} ${secret}`);
  });

  it('leave ordinary names, digests, examples and beginnings of keys alone, byte for byte', () => {
    const text = [
      'sk-fading-circle-dot-animation-12 pk_someLongNameOfAnIdentifier hf_transformers_auto_model_name',
      'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx AKIA eyJ sk-ant-...',
      '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
      'sha512-q7Zr2mXv9Kp4Wt8Ls1Nd6Bh3Gf5Jc0Yaq7Zr2mXv9Kp4Wt8Ls1Nd6Bh3Gf5Jc0Ya== 3f2a9c0d4e5b',
      'password = "hunter2"; npm_config_registry_url_default_value = 1',
    ].join('\n');
    const { messages, secrets, restore } = ask(text);
    assert.deepEqual([messages[0]?.text, secrets, restore('MASKED_1_')], [text, [], 'MASKED_1_']);
  });

  it('come back in any text, whatever stands around them', () => {
    const texts = fc.array(
      fc.oneof(fc.string(), fc.constantFrom(...Object.values(kinds), pem('\n'), 'MASKED_1_', '"', '\n', ' ')),
    );
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const before = [one.join(' '), two.join(' ')];
        const { messages, restore, secrets } = ask(...before);
        assert.deepEqual(
          messages.map(({ text }) => restore(text)),
          before,
        );
        if (secrets.length > 0) assert.match(messages.map(({ text }) => text).join(''), placeholderPattern);
      }),
    );
  });
});
