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
 * proof in the sandbox to the proposal. Each case counts as one; those
 * that nobody recorded are skipped and named.
 */
export async function run({ root }: LaneContext): Promise<LaneResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-rules-lane-')));
  try {
    const all = selectRuleCases(root, []);
    const cases = all.filter((rule) => isRecorded(root, rule));
    for (const { name } of all.filter((rule) => !cases.includes(rule)))
      console.log(`  skip  ${name}: nobody recorded it yet (node scripts/run.mjs ruleRecord ${name})`);
    const tools = await prepareCases(root, cases);
    const { signal } = new AbortController();
    const results = await inParallel(cases, hands, async (rule) => {
      const faults = await replayCase(rule, { ...tools, folder }, signal).catch((error: unknown) => [
        error instanceof Error ? error.message : String(error),
      ]);
      console.log(`  ${faults.length === 0 ? 'pass' : 'fail'}  ${[rule.name, ...faults].join('\n        ')}`);
      return faults.length === 0;
    });
    const passed = results.filter(Boolean).length;
    return { passed, failed: results.length - passed, skipped: all.length - cases.length };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
