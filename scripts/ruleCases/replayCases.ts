import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCase, type CaseTools } from './createCase.ts';
import { bundlesFolder } from './prepareCases.ts';
import { ruleRecordings, type RuleCase } from './ruleCase.ts';
import { judgeCase, runCase } from './runCase.ts';

/** Whether answers of a real model are kept for a case. */
export function isRecorded(root: string, rule: RuleCase): boolean {
  return existsSync(join(ruleRecordings(root, rule), `${rule.name}.keys`));
}

/** Whether mutants are asked for shows with a few; how many are, `proof` and the bench have. */
const fewMutants = { GENERATED_TESTS_MAX_MUTANTS: '6' } as const;

/**
 * Runs the rule of a case from prompt to proposal, with the recorded answers in the place of a model. What is otherwise than
 * when it was recorded, a sentence each. `folder`: a temporary one.
 */
export async function replayCase(
  rule: RuleCase,
  { folder, ...tools }: CaseTools & { readonly folder: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const recordings = ruleRecordings(tools.root, rule);
  const own = join(folder, rule.name);
  const root = createCase(tools, rule, own);
  const options = ['--replay', recordings];
  const place = { bundles: bundlesFolder(tools.root), storage: join(own, 'storage'), settings: fewMutants };
  return judgeCase(rule, await runCase(rule, root, { ...place, options }, signal));
}
