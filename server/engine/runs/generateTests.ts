import { buildTestTask } from './buildTestTask.ts';
import { offerProposal } from './offerProposal.ts';
import { planTests, type TestPlan } from './planTests.ts';
import { proveTests } from './proveTests.ts';
import { cancelled, failed, type RunEnd, type RunScope } from './runScope.ts';

/** A model writes tests for a file; they are kept only if they pass in a copy of the workspace. undefined: a person decides. */
export async function generateTests(scope: RunScope): Promise<RunEnd | undefined> {
  const { deps, root, file, settings, signal } = scope;
  const plan = await planTests({ deps, root, settings }, file, signal);
  if ('message' in plan) return failed('tests.no-runner', plan.message);
  if (plan.runner.isTestFile(file))
    return { outcome: 'unchanged', code: 'ok', message: `${file} is a test itself; there is nothing to do.` };
  return inScratch(scope, plan);
}

async function inScratch(scope: RunScope, plan: TestPlan): Promise<RunEnd | undefined> {
  const { deps, root, recorder, signal } = scope;
  const started = deps.clock.now();
  const confinement = await deps.processes.confinement(signal);
  const mounts = confinement.kind === 'ready' && confinement.mountsTree;
  const made = await deps.scratch.create(
    {
      run: recorder.run,
      root,
      unsaved: deps.edits.unsaved(root),
      dependencies: mounts ? 'mounted' : 'linked',
    },
    signal,
  );
  if (made.kind === 'cancelled') return cancelled;
  if (made.kind === 'failed') return failed('scratch.failed', made.message);
  try {
    await recorder.record({ type: 'scratch.ready', files: made.files, ms: deps.clock.now() - started });
    const task = await buildTestTask({
      ...scope,
      plan,
      read: (path) => made.tree.original(path),
      committed: (path) => deps.git.committed(root, path, signal),
    });
    if ('outcome' in task) return task;
    const link = await deps.files.linkTo(root, task.target, signal);
    if (link !== undefined)
      return failed(
        'action.bad-target',
        `The tests would be written to ${task.target}, but ${link} is a link, and no edit is written through a link. Give the rule another target.`,
      );
    const proof = await proveTests(scope, { plan, tree: made.tree, task, confinement });
    return 'outcome' in proof ? proof : await offerProposal(scope, proof.files, proof.summary);
  } finally {
    await made.tree.dispose();
  }
}
