import { ensureHost } from '../host/install.ts';
import { currentHost } from '../host/recipes.ts';
import { listFiles } from '../listFiles.ts';
import { runMocha } from '../runMocha.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Tests of the editor host itself, on a small extension of their own. */
export async function run(context: LaneContext): Promise<LaneResult> {
  await ensureHost(context.root, currentHost);
  return runMocha(context, listFiles(context.root, 'scripts/host', '.test.ts'), [
    '--timeout',
    String(5 * 60_000),
  ]);
}
