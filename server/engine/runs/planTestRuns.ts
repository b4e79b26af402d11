import type { TestsNotRun } from '../../protocol/tests.ts';
import type { Settings } from '../settings.ts';
import { isOfWholeRun, runnerOfTestFile, runners } from '../testing/runners/runnerList.ts';
import { planTests, type TestPlan } from './planTests.ts';
import type { RunDeps } from './runScope.ts';

export interface PlanRunsParts {
  readonly deps: Pick<RunDeps, 'files' | 'interpreters' | 'imports'>;
  readonly root: string;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

export interface PlannedFiles {
  readonly plan: TestPlan;
  /** Test files, relative to the workspace folder. */
  readonly files: readonly string[];
}

export interface PlannedRuns {
  /** At least one. */
  readonly plans: readonly PlannedFiles[];
  /** What cannot run beside them, by what is missing. */
  readonly notRun: readonly TestsNotRun[];
}

export interface NothingPlanned {
  /** Why nothing can run. */
  readonly message: string;
  /** Something is not there that would be needed. */
  readonly isMissing: boolean;
  readonly notRun: readonly TestsNotRun[];
}

/** One plan per runner and package. Without paths: every package that has tests. */
export async function planTestRuns(
  { deps, root, settings, signal }: PlanRunsParts,
  paths: readonly string[],
): Promise<PlannedRuns | NothingPlanned> {
  const all = paths.length > 0 ? paths : (await deps.files.list(root, signal)).filter(isOfWholeRun);
  const groups = new Map<string, { plan: TestPlan; files: Set<string> }>();
  const missing = new Map<string, { readonly why: TestsNotRun['why']; readonly paths: string[] }>();
  for (const [path, ...others] of paths.length > 0 ? all.map((path) => [path] as const) : byFolder(all)) {
    const plan = await planTests({ deps, root, settings }, path, signal);
    if ('message' in plan) {
      const known = missing.get(plan.message) ?? { why: plan.why, paths: [] };
      missing.set(plan.message, known);
      known.paths.push(path, ...others);
      continue;
    }
    const key = `${plan.runner.id}\n${plan.base}`;
    const group = groups.get(key) ?? { plan, files: new Set() };
    groups.set(key, group);
    const { isTestFile, isRootOfTests } = plan.runner;
    const isTaken = (file: string): boolean => isTestFile(file) || isRootOfTests?.(file) === true;
    const tests = paths.length > 0 ? plan.concerned : [path, ...others].filter(isTaken);
    for (const test of tests) group.files.add(test);
  }
  const plans = [...groups.values()]
    .map(({ plan, files }) => ({ plan, files: [...files].sort() }))
    .filter(({ files }) => files.length > 0);
  if (plans.length > 0) return { plans, notRun: toldOf(missing) };
  const notRun = toldOf(missing);
  const message = notRun.map((each) => each.message).join(' ') || [...missing.keys()].at(-1);
  return {
    isMissing: message !== undefined,
    notRun,
    message:
      message ??
      (paths.length > 0
        ? `No test concerns ${paths.join(', ')}.`
        : `This folder has no tests that a known runner would find (${runners.map(({ title }) => title).join(', ')}).`),
  };
}

/** That a file which is no test by its name has no runner is no news. */
function toldOf(
  missing: ReadonlyMap<string, { readonly why: TestsNotRun['why']; readonly paths: readonly string[] }>,
): readonly TestsNotRun[] {
  return [...missing].flatMap(([message, { why, paths }]) => {
    const told = why === 'noProgram' ? paths : paths.filter(isOfWholeRun);
    return told.length === 0 ? [] : [{ why, paths: told, message }];
  });
}

/** Files of one folder and kind share runner and package, so that the first is enough to plan by. */
function byFolder(paths: readonly string[]): readonly (readonly [string, ...string[]])[] {
  const groups = new Map<string, [string, ...string[]]>();
  for (const path of paths) {
    const key = `${path.slice(0, Math.max(0, path.lastIndexOf('/')))}\n${runnerOfTestFile(path)?.id ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [path]);
    else group.push(path);
  }
  return [...groups.values()];
}
