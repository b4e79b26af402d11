import { listFiles } from '../listFiles.ts';
import { runMocha } from '../runMocha.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Tests about the project itself: its bundles, its packages, its lint zones and its tasks. */
export function run(context: LaneContext): Promise<LaneResult> {
  return runMocha(context, listFiles(context.root, 'scripts/house', '.test.ts'));
}
