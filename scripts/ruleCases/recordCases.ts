import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoModel } from '../demo/demoModel.ts';
import { createCase, type CaseTools } from './createCase.ts';
import { bundlesFolder } from './prepareCases.ts';
import { ruleRecordings, type RuleCase } from './ruleCase.ts';
import { judgeCase, runCase } from './runCase.ts';

export interface Recording extends CaseTools {
  /** A temporary folder. */
  readonly folder: string;
  readonly model: Extract<DemoModel, { readonly kind: 'live' }>;
}

const recordingName = /^[0-9a-f]{64}\.json$/u;

/**
 * Asks the model for the answers of a case. They are kept only where the run comes as the case expects, and take the place
 * of those that the case had. Returns whether they are.
 */
export async function recordCase(
  rule: RuleCase,
  { folder, model, ...tools }: Recording,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  const own = join(folder, rule.name);
  const fresh = join(own, 'fresh');
  const root = createCase(tools, rule, own);
  const address = model.baseUrl ? ['--base-url', model.baseUrl] : [];
  const options = ['--model', `${model.provider}/${model.model}`, ...address, '--record', fresh];
  const place = { bundles: bundlesFolder(tools.root), storage: join(own, 'storage') };
  const run = await runCase(rule, root, { ...place, options, settings: patient, isShown: true }, signal);
  const faults = judgeCase(rule, run);
  for (const fault of faults) console.error(`${rule.name}: ${fault}`);
  if (faults.length > 0) {
    console.error(`${rule.name}: nothing is kept.`);
    return false;
  }
  keep(fresh, ruleRecordings(tools.root, rule), rule);
  console.log(`${rule.name}: recorded. ${run.message}`);
  return true;
}

/** A model that people stand behind takes minutes. */
const patient = {
  MODELS_CALLS: JSON.stringify({ write: { timeout: 3_000 }, review: { timeout: 3_000 } }),
} as const;

/** The recordings of a case are named in `CASE.keys`, so that those which nothing asks for any more can go. */
function keep(fresh: string, folder: string, { name }: RuleCase): void {
  mkdirSync(folder, { recursive: true });
  const list = join(folder, `${name}.keys`);
  const before = existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : [];
  for (const file of before) rmSync(join(folder, file), { force: true });
  const files = readdirSync(fresh).filter((file) => recordingName.test(file));
  for (const file of files) cpSync(join(fresh, file), join(folder, file));
  writeFileSync(
    list,
    files
      .toSorted()
      .map((file) => `${file}\n`)
      .join(''),
  );
}
