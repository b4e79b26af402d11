import assert from 'node:assert/strict';
import { boundInputTokens, estimateInputTokens, estimateTokens } from './estimateTokens.ts';

describe('token estimates', () => {
  it('never bound a request below its bytes, whatever the script', () => {
    for (const text of ['', 'plain words', '한국어 문장', '🙂🙂', '\u0000\t\n', '0x7fA9', 'é'.repeat(99)]) {
      const bytes = Buffer.byteLength(text);
      const bound = boundInputTokens({ system: text, messages: [{ role: 'user', text }] });
      assert.ok(bound >= 2 * bytes, text);
      assert.ok(bound <= 2 * bytes + 64, text);
    }
  });

  it('leave room for the frame of every message', () => {
    const messages = Array.from({ length: 10 }, () => ({ role: 'user' as const, text: '' }));
    assert.ok(boundInputTokens({ system: '', messages }) >= 10 * 8);
  });

  it('are lower than the bound for showing', () => {
    const request = {
      system: 'You write tests.',
      messages: [{ role: 'user' as const, text: 'def add(a, b):' }],
    };
    assert.equal(estimateTokens(''), 0);
    assert.equal(estimateTokens('1234567'), 2);
    assert.ok(estimateInputTokens(request) > 0);
    assert.ok(estimateInputTokens(request) < boundInputTokens(request));
  });
});
