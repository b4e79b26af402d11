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

/** One plan per runner and package. Without paths: every package that has tests. */
export async function planTestRuns(
  { deps, root, settings, signal }: PlanRunsParts,
  paths: readonly string[],
): Promise<readonly PlannedFiles[] | { readonly message: string; readonly isMissing: boolean }> {
  const all = paths.length > 0 ? paths : (await deps.files.list(root, signal)).filter(isOfWholeRun);
  const groups = new Map<string, { plan: TestPlan; files: Set<string> }>();
  let missing: string | undefined;
  for (const [path, ...others] of paths.length > 0 ? all.map((path) => [path] as const) : byFolder(all)) {
    const plan = await planTests({ deps, root, settings }, path, signal);
    if ('message' in plan) {
      missing = plan.message;
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
  if (plans.length > 0) return plans;
  return {
    isMissing: missing !== undefined,
    message:
      missing ??
      (paths.length > 0
        ? `No test concerns ${paths.join(', ')}.`
        : `This folder has no tests that a known runner would find (${runners.map(({ title }) => title).join(', ')}).`),
  };
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
