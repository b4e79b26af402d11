import { ensureHost } from '../host/install.ts';
import { currentHost } from '../host/recipes.ts';
import { listFiles } from '../listFiles.ts';
import { runInHands } from '../runInHands.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Tests of the editor host itself, on a small extension of their own. */
export async function run(context: LaneContext): Promise<LaneResult> {
  await ensureHost(context.root, currentHost);
  const files = listFiles(context.root, 'scripts/host', '.test.ts');
  return runInHands(context, files, { groups: files.length, options: ['--timeout', String(5 * 60_000)] });
}
