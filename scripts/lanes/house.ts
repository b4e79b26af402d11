import { listFiles } from '../listFiles.ts';
import { runInHands } from '../runInHands.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Tests about the project itself: its bundles, its packages, its lint zones and its tasks. */
export function run(context: LaneContext): Promise<LaneResult> {
  const files = listFiles(context.root, 'scripts/house', '.test.ts');
  return runInHands(context, files, { groups: files.length });
}
