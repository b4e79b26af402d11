import { renderFailures, renderOutput } from '../../generation/renderFailures.ts';
import { mayHoldSecrets } from '../../safety/protectedPaths.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import type { SharedCopy } from '../actions/runCopy.ts';
import { planTests, type TestPlan } from '../planTests.ts';
import { failed, refused, type RunEnd } from '../runScope.ts';
import { buildEditTask } from './buildEditTask.ts';
import type { EditScope, Proven } from './editScope.ts';
import { findTargetLink } from './findTargetLink.ts';
import { fitTask } from './fitTask.ts';
import { isOfTests } from './isOfTests.ts';
import { judgeKept, judgeMended } from './judgeEdit.ts';
import { isRed } from './judgeProof.ts';
import { proveEdits } from './proveEdits.ts';
import { testBaseline, type Baseline } from './testBaseline.ts';

/**
 * A model mends what fails: the tests that concern the file, or the problems that earlier actions of the run left. Tests are
 * locked meanwhile, unless the rule lets them be changed.
 */
export async function mendFiles(scope: EditScope, copy: SharedCopy): Promise<Proven | RunEnd> {
  const { deps, root, file, signal } = scope;
  if (mayHoldSecrets(file))
    return refused(
      'source.secret',
      `${file} may hold secrets, so no model is shown it. Exclude it by a glob.`,
    );
  const found = await planFailing(scope, copy.editedPaths);
  const told = renderTold(scope);
  if ('message' in found && told.length === 0) return failed('tests.no-runner', found.message);
  const plan = 'message' in found ? undefined : found;
  const open = await copy.open();
  if ('outcome' in open) return open;
  const { tree, confinement } = open;
  const baseline: Baseline | RunEnd =
    plan === undefined
      ? { tests: [] }
      : await testBaseline(scope, { plan, tree, confinement, isEdited: copy.isEdited, mayFail: true });
  if ('outcome' in baseline) return baseline;
  const red = [...renderRed(scope, baseline, tree.location)];
  if (red.length === 0 && scope.action.switches.redFirst)
    return refused(
      'proof.not-red',
      `No test that concerns ${file} fails, and rule ${scope.rule.name} wants a red one before code is changed (\`red_first\`). Write a test that shows the bug first, as with \`generate_tests\` and \`red_first: true\`. Nothing was asked of a model.`,
    );
  if (red.length === 0 && told.length === 0)
    return {
      outcome: 'unchanged',
      code: 'ok',
      message: `Nothing that concerns ${file} fails; there is nothing to mend.`,
    };
  const files = plan?.files ?? new Set(await deps.files.list(root, signal));
  const read = (path: string): Promise<string | undefined> => tree.original(path);
  const targets = await findTargets(scope, { plan, files, baseline });
  if (targets.length === 0)
    return failed(
      'fix.no-target',
      `What fails names no file that may be changed: tests are locked while the code is mended. Let the rule fire on the code, or set \`may_change_tests: true\`.`,
    );
  const link = await findTargetLink(scope, targets);
  if (link !== undefined) return link;
  const task = await fitTask(scope, (maxInputTokens) =>
    buildEditTask({
      ...scope,
      kind: 'fix',
      targets,
      plan,
      files,
      failures: [...red, ...told],
      read,
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
    judge: red.length > 0 ? judgeMended : judgeKept,
    wrote: 'code',
    ...(told.length > 0 && { recheck: scope.recheck }),
  });
}

/** The tests that concern the file, those of the event where it concerns several, and those that the run wrote. */
async function planFailing(
  { deps, root, settings, file, cause, signal }: EditScope,
  editedPaths: readonly string[],
): Promise<TestPlan | { readonly message: string }> {
  const plan = await planTests({ deps, root, settings }, file, signal);
  if ('message' in plan) return plan;
  const { runner, base } = plan;
  // A test that an action of this run wrote is in its copy alone.
  const files = new Set([...plan.files, ...editedPaths]);
  const others = [...(cause.files ?? []), ...editedPaths].filter(
    (path) => runner.isTestFile(path) && (base === '' || path.startsWith(`${base}/`)),
  );
  const concerned = [...new Set([...plan.concerned, ...others])].filter((path) => files.has(path));
  return { ...plan, concerned, files };
}

function renderRed(
  { root }: EditScope,
  { tests, unfinished }: Baseline,
  location: string,
): readonly string[] {
  const roots = [root, location];
  const failing = tests.filter(isRed);
  if (unfinished !== undefined)
    return [
      `The tests came to no result: ${unfinished.message}`,
      ...(unfinished.kind === 'noReport' ? renderOutput(unfinished.output, roots) : []),
    ];
  if (failing.length === 0) return [];
  return [`The tests ran: ${failing.length} of ${tests.length} failed.`, ...renderFailures(failing, roots)];
}

/** What earlier actions of the run left: problems; and the output of a command, where the rule hands it on. */
function renderTold({ action, variables, root }: EditScope): readonly string[] {
  const { problems = '', testOutput = '' } = variables;
  const isHandedOn = action.when !== 'success' || action.message.includes('{testOutput}');
  return [
    ...(problems === '' ? [] : ['Problems that were found:', ...renderOutput(problems, [root])]),
    ...(testOutput.trim() === '' || !isHandedOn || problems !== ''
      ? []
      : ['What was printed:', ...renderOutput(testOutput, [root])]),
  ];
}

const maxTargets = 6;

interface TargetSearch {
  readonly plan: TestPlan | undefined;
  readonly files: ReadonlySet<string>;
  readonly baseline: Baseline;
}

/** The file, what its failures lead through, and, where it is a test, what it imports; tests only where the rule lets them be changed. */
async function findTargets(
  { deps, root, file, action, signal }: EditScope,
  { plan, files, baseline }: TargetSearch,
): Promise<readonly string[]> {
  const failing = baseline.tests.filter(isRed);
  const frames = failing.flatMap(({ failure }) => failure?.frames.map(({ path }) => path) ?? []);
  const tests = plan === undefined || !isOfTests(file) ? [] : plan.concerned;
  const graph = tests.length === 0 ? undefined : await deps.imports.graph(root, [...files], signal);
  const imported = tests.flatMap((test) => graph?.importsOf(test) ?? []);
  const wanted = [
    ...new Set([file, ...frames, ...imported, ...(action.switches.mayChangeTests ? tests : [])]),
  ];
  const mayChange = (path: string): boolean =>
    files.has(path) &&
    findProtected(path) === undefined &&
    !mayHoldSecrets(path) &&
    (action.switches.mayChangeTests || !isOfTests(path));
  return wanted.filter(mayChange).slice(0, maxTargets);
}
