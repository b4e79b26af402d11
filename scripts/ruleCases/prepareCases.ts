import { join } from 'node:path';
import { buildBundles } from '../buildBundles.ts';
import { ensurePythonTools } from '../demo/pythonTools.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { CaseTools } from './createCase.ts';
import type { RuleCase } from './ruleCase.ts';

/** Makes sure of what the cases need, and builds the command line into `bundles`, so that no later change is seen. */
export async function prepareCases(
  root: string,
  cases: readonly RuleCase[],
  bundles: string,
): Promise<CaseTools> {
  ensureSystemPackages(['git', 'bubblewrap']);
  const isPython = cases.some(({ language }) => language === 'python');
  if (isPython) ensureSystemPackages(['python', 'python-venv']);
  const python = isPython
    ? await ensurePythonTools(root, 'rules-python', 'rules/cases/requirements.txt')
    : undefined;
  await buildBundles({ root, outdir: bundles, quiet: true });
  return { root, python };
}

/** Where the bundles of a run of cases go, below its own temporary folder. */
export function bundlesFolder(folder: string): string {
  return join(folder, 'bundles');
}
