import type { RunCopy } from './actions/runCopy.ts';
import type { Variables } from './actions/expandCommand.ts';
import { fitTask } from './fitTask.ts';
import { planTests } from './planTests.ts';
import { proveTests, type Proven } from './proveTests.ts';
import type { AskingScope } from './routeOf.ts';
import { failed, type RunEnd } from './runScope.ts';

/** A model writes tests for a file; they are kept only if they pass in the run's copy of the workspace. */
export async function generateTests(
  scope: AskingScope & { readonly variables: Variables },
  copy: RunCopy,
): Promise<Proven | RunEnd> {
  const { deps, root, file, settings, signal } = scope;
  const plan = await planTests({ deps, root, settings }, file, signal);
  if ('message' in plan) return failed('tests.no-runner', plan.message);
  if (plan.runner.isTestFile(file))
    return { outcome: 'unchanged', code: 'ok', message: `${file} is a test itself; there is nothing to do.` };
  const open = await copy.open();
  if ('outcome' in open) return open;
  const { tree, confinement } = open;
  const task = await fitTask(scope, {
    ...scope,
    plan,
    read: (path) => tree.original(path),
    committed: (path) => deps.git.committed(root, path, signal),
  });
  if ('outcome' in task) return task;
  const link = await deps.files.linkTo(root, task.target, signal);
  if (link !== undefined)
    return failed(
      'action.bad-target',
      `The tests would be written to ${task.target}, but ${link} is a link, and no edit is written through a link. Give the rule another target.`,
    );
  return proveTests(scope, { plan, tree, task, confinement });
}
