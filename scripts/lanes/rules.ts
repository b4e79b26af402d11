import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inParallel } from '../inParallel.ts';
import { prepareCases } from '../ruleCases/prepareCases.ts';
import { isRecorded, replayCase } from '../ruleCases/replayCases.ts';
import { selectRuleCases } from '../ruleCases/ruleCase.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Test runs wait for processes more than they compute. */
const hands = 2;

/**
 * Bundled rules that ask a model, each on a published package, with the recorded answers: from the prompt over edit, gates and
 * proof in the sandbox to the proposal. Each case counts as one; those that nobody recorded, or that take minutes, are skipped
 * and named.
 */
export async function run({ root }: LaneContext): Promise<LaneResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-rules-lane-')));
  try {
    const all = selectRuleCases(root, []);
    const cases = all.filter((rule) => isRecorded(root, rule) && rule.takesMinutes !== true);
    for (const { name, takesMinutes } of all.filter((rule) => !cases.includes(rule))) {
      const [why, task] = takesMinutes
        ? ['it takes minutes', 'proof']
        : ['nobody recorded it yet', 'ruleRecord'];
      console.log(`  skip  ${name}: ${why} (node scripts/run.mjs ${task} ${name})`);
    }
    const tools = await prepareCases(root, cases);
    const { signal } = new AbortController();
    const results = await inParallel(cases, hands, async (rule) => {
      const started = performance.now();
      const faults = await replayCase(rule, { ...tools, folder }, signal).catch((error: unknown) => [
        error instanceof Error ? error.message : String(error),
      ]);
      const seconds = ((performance.now() - started) / 1_000).toFixed(0);
      const word = faults.length === 0 ? 'pass' : 'fail';
      console.log(`  ${word}  ${[`${rule.name} (${seconds} s)`, ...faults].join('\n        ')}`);
      return faults.length === 0;
    });
    const passed = results.filter(Boolean).length;
    return { passed, failed: results.length - passed, skipped: all.length - cases.length };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
