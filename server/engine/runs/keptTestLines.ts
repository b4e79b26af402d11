import type { FileCoverage, TestLines } from '../../protocol/tests.ts';
import type { CoveredChange } from '../testing/affected/selectTests.ts';
import {
  parseTestLines,
  renderTestLines,
  testsOfChange,
  type KeptTestLines,
} from '../testing/affected/testLines.ts';
import type { ImportGraph } from '../testing/imports/importGraph.ts';
import { runnerOfTestFile } from '../testing/runners/runnerList.ts';
import type { RunDeps } from './runScope.ts';

type KeepDeps = Pick<RunDeps, 'files' | 'kept' | 'clock'>;

interface Measured {
  readonly coverage: readonly FileCoverage[];
  readonly perTest: readonly TestLines[];
}

/** Keeps which test ran which lines of a run of all tests, for the choice of affected tests. */
export async function keepTestLines(
  { deps, root }: { readonly deps: KeepDeps; readonly root: string },
  { coverage, perTest }: Measured,
  signal: AbortSignal,
): Promise<void> {
  const listed = await deps.files.list(root, signal);
  const tests = listed.filter((path) => runnerOfTestFile(path) !== undefined);
  const texts = new Map<string, string>();
  for (const path of new Set([...tests, ...coverage.map((file) => file.path)])) {
    const read = await deps.files.read(root, path, signal);
    if (read.kind === 'text') texts.set(path, read.text);
  }
  const kept = renderTestLines({ coverage, perTest, at: deps.clock.now() }, texts);
  if (kept !== undefined) await deps.kept.write(root, 'test-lines.json', kept);
}

interface LinesParts {
  readonly deps: KeepDeps;
  readonly root: string;
  readonly graph: Pick<ImportGraph, 'printOf' | 'dependents'>;
}

/** What is known of the lines that tests ran in changed files, and whether that still holds. */
export async function coveredChanges(
  { deps, root, graph }: LinesParts,
  changed: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, CoveredChange>> {
  const changes = new Map<string, CoveredChange>();
  const text = changed.length === 0 ? undefined : await deps.kept.read(root, 'test-lines.json');
  const kept = text === undefined ? undefined : parseTestLines(text);
  if (kept === undefined) return changes;
  const stale = staleFiles(kept, graph, changed);
  const counts = countByFile(kept);
  const countOf = (test: string): number => counts.get(test) ?? 0;
  const when = describeAge(deps.clock.now() - kept.at);
  for (const path of changed) {
    if (!kept.files.has(path) || runnerOfTestFile(path) !== undefined) continue;
    const read = await deps.files.read(root, path, signal);
    const tests = read.kind === 'text' ? testsOfChange(kept, path, read.text) : undefined;
    const holds = (test: string): boolean => kept.texts.has(test) && !stale.has(test);
    const note = `What was measured ${when} does not tell which tests ran the changed lines of ${path}, so imports decide.`;
    changes.set(
      path,
      tests === undefined ? { kind: 'unusable', note } : { kind: 'fresh', tests, when, holds, countOf },
    );
  }
  return changes;
}

/** Files that are other than when they were measured, and all that load one of them; the changed ones are asked by their lines. */
function staleFiles(
  kept: KeptTestLines,
  graph: LinesParts['graph'],
  changed: readonly string[],
): ReadonlySet<string> {
  const asked = new Set(changed);
  const isOther = (path: string, print: string): boolean => !asked.has(path) && graph.printOf(path) !== print;
  const others = [...kept.texts].flatMap(([path, print]) => (isOther(path, print) ? [path] : []));
  return new Set([...others, ...graph.dependents(others).keys()]);
}

function countByFile({ files }: KeptTestLines): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of new Set([...files.values()].flatMap(({ tests }) => [...tests.keys()]))) {
    const file = id.slice(0, Math.max(0, id.indexOf('::')));
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return counts;
}

const hourMs = 3_600_000;

function describeAge(ms: number): string {
  if (ms < hourMs) return 'within the last hour';
  if (ms < 24 * hourMs) return 'within the last day';
  const days = Math.floor(ms / (24 * hourMs));
  return days === 1 ? 'a day ago' : `${days} days ago`;
}
