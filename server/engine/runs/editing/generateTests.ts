import type { SharedCopy } from '../actions/runCopy.ts';
import { buildTestTask } from './buildTestTask.ts';
import { findTargetLink } from './findTargetLink.ts';
import { fitTask } from './fitTask.ts';
import { judgeProof } from './judgeProof.ts';
import { planTests } from '../planTests.ts';
import { proveEdits } from './proveEdits.ts';
import type { EditScope, Proven } from './editScope.ts';
import { failed, type RunEnd } from '../runScope.ts';
import { testBaseline } from './testBaseline.ts';

/** A model writes tests for a file; they are kept only if they pass in the run's copy of the workspace. */
export async function generateTests(scope: EditScope, copy: SharedCopy): Promise<Proven | RunEnd> {
  const { deps, root, file, settings, signal } = scope;
  const plan = await planTests({ deps, root, settings }, file, signal);
  if ('message' in plan) return failed('tests.no-runner', plan.message);
  if (plan.runner.isTestFile(file))
    return { outcome: 'unchanged', code: 'ok', message: `${file} is a test itself; there is nothing to do.` };
  const open = await copy.open();
  if ('outcome' in open) return open;
  const { tree, confinement } = open;
  const task = await fitTask(scope, (maxInputTokens) =>
    buildTestTask({
      ...scope,
      plan,
      read: (path) => tree.original(path),
      committed: (path) => deps.git.committed(root, path, signal),
      maxInputTokens,
    }),
  );
  if ('outcome' in task) return task;
  const link = await findTargetLink(scope, task.targets);
  if (link !== undefined) return link;
  const baseline = await testBaseline(scope, { plan, tree, confinement, isEdited: copy.isEdited });
  if ('outcome' in baseline) return baseline;
  return proveEdits(scope, {
    plan,
    tree,
    task,
    confinement,
    baseline: baseline.tests,
    judge: judgeProof,
    wrote: 'tests',
  });
}
