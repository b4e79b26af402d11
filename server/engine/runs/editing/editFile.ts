import { mayHoldSecrets } from '../../safety/protectedPaths.ts';
import type { SharedCopy } from '../actions/runCopy.ts';
import { failed, refused, type RunEnd } from '../runScope.ts';
import { buildEditTask } from './buildEditTask.ts';
import { canCompare, inspectDocumented } from './inspectDocumented.ts';
import { chooseTarget } from './chooseTarget.ts';
import type { EditScope, Proven } from './editScope.ts';
import { findTargetLink } from './findTargetLink.ts';
import { fitTask } from './fitTask.ts';
import { judgeKept } from './judgeEdit.ts';
import { planAround } from './planAround.ts';
import { proveEdits } from './proveEdits.ts';
import { testBaseline } from './testBaseline.ts';

/**
 * A model writes or changes one file. `generate`: the tests around it stay as green as before. `refactor`: the same, and
 * there are such tests. `document`: nothing but comments and docstrings changes.
 */
export async function editFile(
  scope: EditScope,
  copy: SharedCopy,
  kind: 'generate' | 'refactor' | 'document',
): Promise<Proven | RunEnd> {
  const { deps, root, file, signal } = scope;
  const target = chooseTarget(scope);
  if (typeof target === 'object') return target;
  if (mayHoldSecrets(file))
    return refused(
      'source.secret',
      `${file} may hold secrets, so no model is shown it. Exclude it by a glob.`,
    );
  const unreadable = await findUnreadable(scope, target);
  if (unreadable !== undefined) return unreadable;
  const link = await findTargetLink(scope, [target]);
  if (link !== undefined) return link;
  const found = await planAround(scope, target, kind === 'generate');
  const plan = 'message' in found ? undefined : found;
  if (kind === 'refactor' && 'message' in found) return failed('tests.no-runner', found.message);
  const open = await copy.open();
  if ('outcome' in open) return open;
  const { tree, confinement } = open;
  const before = await tree.original(target);
  if (before === undefined && kind !== 'generate')
    return failed('source.missing', `${target} is not there, or it is no text.`);
  if (kind === 'document' && !(await canCompare(deps.syntax, { path: target, text: before ?? '' }, signal)))
    return refused(
      'document.not-comparable',
      `Nothing here can tell comments of ${target} from its code, so it could not be shown that an edit changes only comments. Nothing was asked of a model.`,
    );
  const baseline =
    plan === undefined
      ? { tests: [] }
      : await testBaseline(scope, { plan, tree, confinement, isEdited: copy.isEdited });
  if ('outcome' in baseline) return baseline;
  if (kind === 'refactor' && !baseline.tests.some(({ status }) => status === 'passed'))
    return refused(
      'proof.no-tests',
      `No test that concerns ${target} passes, so nothing would show that it does the same afterwards. Write tests first, as with \`generate_tests\`. Nothing was asked of a model.`,
    );
  const files = plan?.files ?? new Set(await deps.files.list(root, signal));
  const task = await fitTask(scope, (maxInputTokens) =>
    buildEditTask({
      ...scope,
      kind,
      targets: [target],
      plan,
      files,
      failures: [],
      read: (path) => tree.original(path),
      committed: (path) => deps.git.committed(root, path, signal),
      maxInputTokens,
    }),
  );
  if ('outcome' in task) return task;
  return proveEdits(scope, {
    plan,
    ...('message' in found ? { untested: found.message } : {}),
    tree,
    task,
    confinement,
    baseline: baseline.tests,
    judge: judgeKept,
    wrote: 'code',
    ...(kind === 'document' && {
      inspect: (edited) => inspectDocumented(deps.syntax, edited, signal),
    }),
  });
}

/** A file that is there and no text must not be taken for one that is to be created. */
async function findUnreadable({ deps, root, signal }: EditScope, path: string): Promise<RunEnd | undefined> {
  const { kind } = await deps.files.read(root, path, signal);
  if (kind !== 'binary') return undefined;
  return refused(
    'source.not-text',
    `${path} is not UTF-8 text, so it cannot be edited byte for byte. Save it as UTF-8, or exclude it by a glob. Nothing was asked of a model.`,
  );
}
