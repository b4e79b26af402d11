import type { RunResult } from '../engine/engine.ts';
import { createSlice, neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

/** A rule on every script, with these actions. */
export function ruleOf(...actions: readonly string[]): string {
  return [
    '---',
    'globs: "**/*.js"',
    'on: save',
    'actions:',
    ...actions.map((line) => `  ${line}`),
    '---',
    '',
  ].join('\n');
}

/** What node is to run, as an argument list of YAML. */
export function nodeCommand(script: string, ...args: readonly string[]): string {
  return `command: ${JSON.stringify([process.execPath, '-e', script, ...args])}`;
}

/** A workspace with the rule `act` and the file `src/a.js`, for as long as `use` takes. */
export async function withRule(
  rule: string,
  use: (slice: Slice) => Promise<void>,
  options: Partial<SliceOptions> = {},
): Promise<void> {
  const files = { '.cursor/rules/act.mdc': rule, 'src/a.js': 'export const a = 1;\n', ...options.files };
  const slice = await createSlice({ script: [], ...options, files });
  try {
    await use(slice);
  } finally {
    await slice.dispose();
  }
}

/** Runs the rule as a person who has allowed it. */
export async function runAct(slice: Slice, path = 'src/a.js'): Promise<RunResult> {
  const { engine } = slice.running;
  const request = { root: slice.root, rule: 'act', path };
  const first = await engine.runRule(request, neverAborted);
  if (first.code !== 'approval.missing' || !first.view) return first;
  await engine.approve(slice.root, [first.view], true);
  return engine.runRule(request, neverAborted);
}
