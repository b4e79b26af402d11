import { generateValidators } from '../generateValidators.ts';
import { listFiles } from '../listFiles.ts';
import { runMocha } from '../runMocha.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import { sumResults, type LaneContext, type LaneResult } from './lane.ts';

/** Every way of attack of docs/safety.md, tried once on the engine, the language server and the command line. */
export async function run(context: LaneContext): Promise<LaneResult> {
  ensureSystemPackages(['git', 'bubblewrap', 'python']);
  await generateValidators(context.root);
  const files = listFiles(context.root, 'server/test/adversarial', '.test.ts');
  const hands = [0, 1].map((hand) => files.filter((_file, at) => at % 2 === hand));
  return sumResults(await Promise.all(hands.map((part) => runMocha(context, part))));
}
