import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from './listFiles.ts';
import { sumResults, type Lane, type LaneContext, type LaneResult } from './lanes/lane.ts';

/** Quick lanes first; lanes that are not named here come after them in alphabetical order. */
const laneOrder: readonly string[] = ['check', 'unit', 'adversarial', 'house', 'editor', 'runners'];
const usageError = 2;
const folder = 'scripts/lanes';

interface NamedLane {
  readonly name: string;
  readonly path: string;
}

/**
 * Runs the lanes with the given names, or all that do not wait to be named, one after the other. The last line printed
 * is `N passed, N failed`, with `, N skipped` if any were. Returns the exit code.
 */
export async function runLanes(root: string, names: readonly string[]): Promise<number> {
  const lanes = listLanes(root);
  const unknown = names.filter((name) => !lanes.some((lane) => lane.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no lane ${unknown.join(', ')}. The lanes: ${lanes.map((lane) => lane.name).join(', ')}.`,
    );
    return usageError;
  }
  const context: LaneContext = {
    root,
    systemNode: process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath,
  };
  const results: LaneResult[] = [];
  for (const lane of lanes) {
    if (names.length > 0 && !names.includes(lane.name)) continue;
    results.push(await runLane(lane, context, names));
  }
  const total = sumResults(results);
  console.log(renderTotal(total));
  return total.failed === 0 ? 0 : 1;
}

/** All lanes in the order in which they run. */
function listLanes(root: string): readonly NamedLane[] {
  const rank = (name: string) => (laneOrder.includes(name) ? laneOrder.indexOf(name) : laneOrder.length);
  return listFiles(root, folder, '.ts')
    .filter((path) => !path.endsWith('.test.ts') && basename(path) !== 'lane.ts')
    .map((path) => ({ name: basename(path, '.ts'), path }))
    .toSorted((a, b) => rank(a.name) - rank(b.name));
}

async function runLane(lane: NamedLane, context: LaneContext, names: readonly string[]): Promise<LaneResult> {
  const started = performance.now();
  try {
    const module = (await import(pathToFileURL(join(context.root, lane.path)).href)) as Lane;
    if (module.onlyWhenNamed && !names.includes(lane.name)) return { passed: 0, failed: 0, skipped: 0 };
    console.log(`\n--- ${lane.name} ---`);
    const result = await module.run(context);
    console.log(
      `${lane.name}: ${renderTotal(result)} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
    );
    return result;
  } catch (error) {
    console.error(`The lane ${lane.name} broke off:`, error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function renderTotal({ passed, failed, skipped }: LaneResult): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
