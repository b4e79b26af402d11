import { generateValidators } from '../generateValidators.ts';
import { listFiles } from '../listFiles.ts';
import { runInHands } from '../runInHands.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Real projects with their real test runners, installed from committed lock files: whole runs, single tests, coverage. */
export async function run(context: LaneContext): Promise<LaneResult> {
  ensureSystemPackages(['git', 'bubblewrap', 'python', 'python-venv', 'pytest']);
  await generateValidators(context.root);
  const files = listFiles(context.root, 'scripts/runners', '.test.ts');
  return runInHands(context, files, { groups: files.length });
}
