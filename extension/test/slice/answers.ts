import type { FakeAnswer } from '../../../server/test/fakeModelServer/fakeReply.ts';

/** The one test file that the rule of the sample workspace may write for `src/duration.js`. */
export const target = 'test/duration.generated.test.js';

/** A whole test file with these lines below its imports. */
export function testFile(...lines: readonly string[]): string {
  return [
    "import assert from 'node:assert/strict';",
    "import { test } from 'node:test';",
    "import { formatDuration, parseDuration } from '../src/duration.js';",
    '',
    ...lines,
    '',
  ].join('\n');
}

/** A model's answer that holds a whole file. */
export function answerFile(text: string, path = target, language = 'js'): FakeAnswer {
  return { kind: 'answer', text: [path, `\`\`\`${language}`, text.trimEnd(), '```', ''].join('\n') };
}

export const oneTest = testFile(
  "test('formats nothing', () => {",
  "  assert.equal(formatDuration(0), '0ms');",
  '});',
);

export const twoTests = testFile(
  "test('formats nothing', () => {",
  "  assert.equal(formatDuration(0), '0ms');",
  '});',
  '',
  "test('reads days', () => {",
  "  assert.equal(parseDuration('2d'), 172_800_000);",
  "  assert.equal(formatDuration(172_800_000), '2d');",
  '});',
);

/** With the test of `oneTest`, which nobody may take out. */
export const hangingTest = testFile(
  "test('formats nothing', () => {",
  "  assert.equal(formatDuration(0), '0ms');",
  '});',
  '',
  // By a way that nobody sees who only reads it.
  "test('waits', async () => {",
  "  await new Promise((done) => globalThis['setTimeout'](done, 600_000));",
  "  assert.equal(formatDuration(172_800_000), '2d');",
  '});',
);
