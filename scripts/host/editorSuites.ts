import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildBundles } from '../buildBundles.ts';
import { inParallel } from '../inParallel.ts';
import { sumResults, type LaneContext, type LaneResult } from '../lanes/lane.ts';
import { listFiles } from '../listFiles.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { SuiteSetup } from '../../extension/test/support/suiteSetup.ts';
import { buildSuites } from './buildSuites.ts';
import { ensureHost } from './install.ts';
import type { HostVersion } from './recipes.ts';
import { runEditorSuite } from './runEditorSuite.ts';

const folder = 'extension/test';
const suffix = '.suite.ts';
/** A window that opens or waits for a run leaves the processor free for another one. */
const hands = 2;

/**
 * Runs every `extension/test/NAME.suite.ts`, each in a window of its own on a fresh workspace, through
 * @vscode/test-electron. The editor is the one that `CODEGEN_LAB_VSCODE` names (a desktop VS Code or Cursor), else
 * the given version from the npm registry. `CODEGEN_LAB_SUITES` (names with commas) runs only those.
 */
export async function runEditorSuites({ root }: LaneContext, version: HostVersion): Promise<LaneResult> {
  const names = suiteNames(root);
  ensureSystemPackages(['git', 'bubblewrap', 'python', 'pytest']);
  const executable = process.env['CODEGEN_LAB_VSCODE'] || undefined;
  if (!executable) await ensureHost(root, version);
  await buildBundles({ root, outdir: join(root, 'dist'), quiet: true });
  const bundles = await buildSuites(root, folder, names);
  return sumResults(
    await inParallel(bundles, hands, async ({ name, tests }) => {
      const setup = await readSetup(root, name);
      return await runEditorSuite({ root, name, tests, extension: root, setup, version, executable });
    }),
  );
}

function suiteNames(root: string): readonly string[] {
  const all = listFiles(root, folder, suffix).map((path) => basename(path, suffix));
  const names = process.env['CODEGEN_LAB_SUITES']?.split(',') ?? all;
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no suite ${unknown.join(', ')}; there are ${all.join(', ')}.`);
  }
  if (names.length === 0) throw new Error('There are no suites.');
  return names;
}

async function readSetup(root: string, name: string): Promise<SuiteSetup> {
  const path = join(root, folder, `${name}.setup.ts`);
  if (!existsSync(path)) return {};
  const module = (await import(pathToFileURL(path).href)) as { readonly setup: SuiteSetup };
  return module.setup;
}
