import { buildBundles } from '../buildBundles.ts';
import { createPackages } from '../createPackages.ts';
import { ensureHost, type HostInstall } from '../host/install.ts';
import { currentHost } from '../host/recipes.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { DemoPackage } from './demoPackages.ts';
import { commandFolder } from './productCommand.ts';
import { ensurePythonTools, type PythonTools } from './pythonTools.ts';

export interface EditorTools {
  readonly install: HostInstall;
  readonly vsix: string;
}

/** Makes sure of what the packages need besides Node. Returns what Python ones need; undefined if there are none. */
export async function preparePackages(
  root: string,
  packages: readonly DemoPackage[],
): Promise<PythonTools | undefined> {
  ensureSystemPackages(['git', 'bubblewrap']);
  if (packages.every(({ language }) => language !== 'python')) return undefined;
  ensureSystemPackages(['python', 'python-venv']);
  return timed('pytest', () => ensurePythonTools(root));
}

/** Builds the command line. */
export function prepareCommandLine(root: string): Promise<unknown> {
  return timed('the command line', () => buildBundles({ root, outdir: commandFolder(root), quiet: true }));
}

/** Installs a VS Code and a browser that shows it, and packs the extension as it is shipped. */
export async function prepareEditor(root: string): Promise<EditorTools> {
  ensureSystemPackages(['chromium']);
  const install = await timed('VS Code', () => ensureHost(root, currentHost));
  const { vsix } = await timed('the extension', () => createPackages(root));
  return { install, vsix: vsix.path };
}

async function timed<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  const started = performance.now();
  console.log(`Preparing ${what} ...`);
  const value = await work();
  console.log(`Preparing ${what} ... ready (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return value;
}
