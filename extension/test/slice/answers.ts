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
  "test('formats an hour and a half', () => {",
  "  assert.equal(formatDuration(5_400_000), '1h30m');",
  '});',
);

export const twoTests = testFile(
  "test('formats an hour and a half', () => {",
  "  assert.equal(formatDuration(5_400_000), '1h30m');",
  '});',
  '',
  "test('reads days', () => {",
  "  assert.equal(parseDuration('2d'), 172_800_000);",
  '});',
);

/** With the test of `oneTest`, which nobody may take out. */
export const hangingTest = testFile(
  "test('formats an hour and a half', () => {",
  "  assert.equal(formatDuration(5_400_000), '1h30m');",
  '});',
  '',
  "test('waits', () => new Promise((done) => setTimeout(done, 600_000)));",
);
