import { generateValidators } from '../generateValidators.ts';
import { listFiles } from '../listFiles.ts';
import { runInHands } from '../runInHands.ts';
import { ensureSystemPackages } from '../systemPackages.ts';
import type { LaneContext, LaneResult } from './lane.ts';

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
  return runInHands(context, unitTestFiles(context.root), { groups: 10 });
}
