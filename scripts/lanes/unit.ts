import { availableParallelism } from 'node:os';
import { generateValidators } from '../generateValidators.ts';
import { listFiles } from '../listFiles.ts';
import { runMocha } from '../runMocha.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import { sumResults, type LaneContext, type LaneResult } from './lane.ts';

/** They need a build, an editor, packages of a registry or time, and have lanes of their own. */
const elsewhere = [
  'extension/test/',
  'scripts/house/',
  'scripts/host/',
  'scripts/runners/',
  'server/test/adversarial/',
];

/** Tests that stand beside the sources. */
export function unitTestFiles(root: string): readonly string[] {
  return ['server', 'extension', 'scripts', 'bench']
    .flatMap((folder) => listFiles(root, folder, '.test.ts'))
    .filter((path) => !elsewhere.some((folder) => path.startsWith(folder)));
}

export async function run(context: LaneContext): Promise<LaneResult> {
  ensureSystemPackages(['git', 'bubblewrap', 'python', 'python-venv', 'pytest']);
  await generateValidators(context.root);
  const hands = deal(unitTestFiles(context.root), Math.min(availableParallelism(), maxHands));
  return sumResults(await Promise.all(hands.map((files) => runMocha(context, files))));
}

/** Many tests start processes of their own and wait for them. */
const maxHands = 2;

/** What stands side by side in a folder takes about as long, so neighbours go to different hands. */
function deal(files: readonly string[], hands: number): readonly (readonly string[])[] {
  return Array.from({ length: hands }, (_, hand) => files.filter((_file, at) => at % hands === hand));
}
