import { generateValidators } from '../generateValidators.ts';
import { listFiles } from '../listFiles.ts';
import { runInHands } from '../runInHands.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** Every way of attack of docs/safety.md, tried once on the engine, the language server and the command line. */
export async function run(context: LaneContext): Promise<LaneResult> {
  ensureSystemPackages(['git', 'bubblewrap', 'python']);
  await generateValidators(context.root);
  const files = listFiles(context.root, 'server/test/adversarial', '.test.ts');
  return runInHands(context, files, { groups: files.length });
}
