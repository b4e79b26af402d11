/**
 * Asks a real model for the recorded answers of the bundled rules anew, of all cases or of those that are named by case or
 * rule (--parallel N). Whom: as for `demoRecord`.
 */
import { parseArgs } from 'node:util';
import { dirname } from 'node:path';
import { chooseDemoModel, describeDemoModel } from '../demo/demoModel.ts';
import { runTask } from '../demo/runTask.ts';
import { prepareCases } from '../ruleCases/prepareCases.ts';
import { recordCase } from '../ruleCases/recordCases.ts';
import { selectRuleCases } from '../ruleCases/ruleCase.ts';
import { inParallel } from '../inParallel.ts';

const root = dirname(dirname(import.meta.dirname));

await runTask('rules', async (folder, signal) => {
  const { values, positionals } = parseArgs({
    options: { parallel: { type: 'string', default: '4' } },
    allowPositionals: true,
  });
  const cases = selectRuleCases(root, positionals);
  const model = chooseDemoModel(process.env);
  if (model.kind === 'recorded') {
    throw new Error(
      'Say whom to record: set ANTHROPIC_API_KEY or OPENAI_API_KEY, or CODEGEN_LAB_CONFIG_AI_PROVIDER and CODEGEN_LAB_CONFIG_AI_MODEL.',
    );
  }
  console.log(describeDemoModel(model));
  const tools = await prepareCases(root, cases);
  const results = await inParallel(cases, Number(values.parallel), async (rule) => ({
    rule,
    isGood: await recordCase(rule, { ...tools, folder, model }, signal).catch((error: unknown) => {
      console.error(`${rule.name}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }),
  }));
  const failed = results.filter(({ isGood }) => !isGood).map(({ rule }) => rule.name);
  console.log(
    `${results.length - failed.length} recorded${failed.length > 0 ? `; not ${failed.join(', ')}` : ''}`,
  );
  return failed.length === 0;
});
