import assert from 'node:assert/strict';
import type { RunResult } from '../engine/engine.ts';
import { createSlice, neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

export const source = 'src/duration.js';
export const rulePath = '.cursor/rules/generate-tests.mdc';
export const usual = 'test/duration.generated.test.js';

export const head = [
  "import assert from 'node:assert/strict';",
  "import { test } from 'node:test';",
  "import { formatDuration } from '../src/duration.js';",
];
export const passing = "test('formats', () => assert.equal(formatDuration(5_400_000), '1h30m'));";

/** What a model says that writes one file. */
export function answer(
  target: string,
  ...lines: readonly string[]
): { readonly kind: 'answer'; readonly text: string } {
  return { kind: 'answer', text: [target, '```js', ...lines, '```', ''].join('\n') };
}

/** The rule of the sample with more keys in its action. */
export function ruleWith(...keys: readonly string[]): string {
  return [
    '---',
    'globs: src/**/*.js',
    'on: save',
    'actions:',
    '  - type: generate_tests',
    ...keys.map((key) => `    ${key}`),
    '---',
    'Test everything.',
    '',
  ].join('\n');
}

/** A copy of the sample project, for as long as `use` takes. */
export async function withSampleSlice(
  options: SliceOptions,
  use: (slice: Slice) => Promise<void>,
): Promise<void> {
  const slice = await createSlice({ workspace: 'workspaces/sample', ...options });
  try {
    await use(slice);
  } finally {
    await slice.dispose();
  }
}

/** Runs the rule as a person who has allowed it. */
export async function run(slice: Slice): Promise<RunResult> {
  const { engine } = slice.running;
  const [rule] = engine.rulesFor(slice.root, source);
  assert.ok(rule);
  const request = { root: slice.root, rule: rule.ruleId, path: source };
  const first = await engine.runRule(request, neverAborted);
  if (first.code !== 'approval.missing' || !first.view) return first;
  await engine.approve(slice.root, [first.view], true);
  return engine.runRule(request, neverAborted);
}
