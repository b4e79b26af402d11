import { basename } from 'node:path';
import { createPackages } from '../createPackages.ts';
import { ensureHost } from '../host/install.ts';
import { currentHost } from '../host/recipes.ts';
import { listFiles } from '../listFiles.ts';
import { runMocha } from '../runMocha.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { LaneContext, LaneResult } from './lane.ts';

const suffix = '.ui.ts';

/**
 * The tests of extension/test/ui: the packed extension in a real VS Code, by keyboard, mouse and screen alone.
 * `CODEGEN_LAB_UI_TESTS` (names with commas) runs only those.
 */
export async function run(context: LaneContext): Promise<LaneResult> {
  const chosen = process.env['CODEGEN_LAB_UI_TESTS']?.split(',');
  const files = listFiles(context.root, 'extension/test/ui', suffix);
  ensureSystemPackages(['git', 'bubblewrap']);
  await ensureHost(context.root, currentHost);
  process.env['CODEGEN_LAB_VSIX'] = (await createPackages(context.root)).vsix.path;
  const wanted = files.filter((path) => chosen?.includes(basename(path, suffix)) ?? true);
  // In one hand: two windows at work take all of two cores, and gain nothing.
  return runMocha(context, wanted, ['--timeout', String(5 * 60_000)]);
}
