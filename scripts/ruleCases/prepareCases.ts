import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from '../buildBundles.ts';
import { ensurePythonTools } from '../demo/pythonTools.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { CaseTools } from './createCase.ts';
import { ensureNodePackages } from './nodePackages.ts';
import type { RuleCase } from './ruleCase.ts';

/** Makes sure of what the cases need, and builds the command line apart from others, so that no later change is seen. */
export async function prepareCases(root: string, cases: readonly RuleCase[]): Promise<CaseTools> {
  ensureSystemPackages(['git', 'bubblewrap']);
  const isPython = cases.some(({ language }) => language === 'python');
  if (isPython) ensureSystemPackages(['python', 'python-venv']);
  const python = isPython
    ? await ensurePythonTools(root, 'rule-cases-python', 'rules/cases/requirements.txt')
    : undefined;
  const packages = cases.some((each) => each.packages) ? await ensureNodePackages(root) : undefined;
  const bundles = bundlesFolder(root);
  process.once('exit', () => rmSync(bundles, { recursive: true, force: true }));
  await buildBundles({ root, outdir: bundles, quiet: true });
  return { root, python, packages };
}

/** Where the command line is built, for this process alone; it goes with the process. */
export function bundlesFolder(root: string): string {
  return join(root, 'out', `rules-${process.pid}`);
}
