import { planTests, type PlanParts, type TestPlan } from '../planTests.ts';

interface PlanScope extends PlanParts {
  /** The file that the work starts from. */
  readonly file: string;
  readonly signal: AbortSignal;
}

/** The tests that concern what is written; `withSource`: and those of the file that the work starts from. */
export async function planAround(
  { deps, root, settings, file, signal }: PlanScope,
  target: string,
  withSource: boolean,
): Promise<TestPlan | { readonly message: string }> {
  const parts = { deps, root, settings };
  const own = await planTests(parts, target, signal);
  const source = target === file || !withSource ? own : await planTests(parts, file, signal);
  if ('message' in own) return 'message' in source ? own : withThere(source);
  const isSame = !('message' in source) && source.runner.id === own.runner.id && source.base === own.base;
  const concerned = isSame ? [...new Set([...own.concerned, ...source.concerned])] : own.concerned;
  return withThere({ ...own, concerned });
}

/** A test file that is still to be written cannot be run. */
function withThere(plan: TestPlan): TestPlan {
  return { ...plan, concerned: plan.concerned.filter((path) => plan.files.has(path)) };
}
