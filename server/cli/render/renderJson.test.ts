import assert from 'node:assert/strict';
import { renderJson } from './renderJson.ts';

describe('renderJson', () => {
  const hidden = [
    '\u001B]0;title\u0007',
    '\u009B31m',
    '\u202Eabc',
    '\u200B',
    '\uFEFF',
    '\u{E0041}',
    '\u2028',
    '\uD800',
  ];
  for (const text of hidden) {
    const escaped = JSON.stringify(
      text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`),
    );
    it(`keeps ${escaped} and shows nothing of it to a terminal`, () => {
      const json = renderJson({ text });
      assert.deepEqual(JSON.parse(json), { text });
      assert.match(json, /^[\n -~]+$/);
    });
  }

  it('leaves readable text as it is', () => {
    assert.equal(renderJson(['naïve – 日本', '😀']), '[\n  "naïve – 日本",\n  "😀"\n]\n');
  });
});
