import type { CodeOrigin } from '../../protocol/audit.ts';
import type { TestPhase } from '../../protocol/runEvents.ts';
import type { TestRunOutcome } from '../../protocol/tests.ts';
import type { RunRecorder } from '../journal/recordRun.ts';
import type { Confinement, ConfinementStatus } from '../ports/processes.ts';
import type { ScratchTree } from '../ports/scratch.ts';
import type { Settings } from '../settings.ts';
import type { CoverageWish } from '../testing/runners/runner.ts';
import { runTests, type TestRunResult } from '../testing/runTests.ts';
import type { RunPlace, TestSource } from '../testing/testRun.ts';
import { maskOutcome } from '../testing/maskOutcome.ts';
import { isRed } from './editing/judgeProof.ts';
import { retryRed } from './retryRed.ts';
import type { TestPlan } from './planTests.ts';
import { maskTerminal } from './maskTerminal.ts';
import { actorOf } from './ruleActor.ts';
import type { RunDeps, RunScope } from './runScope.ts';
import { withNetwork } from './sandboxNetwork.ts';

export interface TestRunScope extends Partial<Pick<RunScope, 'rule' | 'ruleHash'>> {
  readonly deps: RunDeps;
  readonly root: string;
  readonly settings: Settings;
  readonly recorder: RunRecorder;
  readonly signal: AbortSignal;
}

export interface TestOrder {
  readonly phase: TestPhase;
  readonly attempt: number;
  readonly plan: TestPlan;
  /** Relative to the workspace folder; empty: all. */
  readonly files: readonly string[];
  readonly ids: readonly string[];
  readonly coverage: CoverageWish;
  /** Where it is not green with coverage, it runs again without: to measure may be what fails. */
  readonly coverageIsOptional?: boolean;
  /** Asks for a random order; the same seed gives the same one. */
  readonly seed?: number;
  /** How often red tests run again on the same text, so that flaky ones are told; undefined: they do not. */
  readonly retries?: number;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly where: Where;
}

export type Where =
  /** In the copy. `mounted`: the sandbox shows it at the workspace's own path; otherwise it runs where it lies. */
  | {
      readonly kind: 'scratch';
      readonly tree: ScratchTree;
      readonly confined: boolean;
      readonly mounted: boolean;
    }
  /** In the user's own tree; confined: in the sandbox, with the tree read-only. */
  | { readonly kind: 'inPlace'; readonly confined: boolean };

/** In the copy, confined wherever this machine can. */
export function scratchPlace(tree: ScratchTree, confinement: ConfinementStatus): Where {
  const confined = confinement.kind === 'ready';
  return { kind: 'scratch', tree, confined, mounted: confined && confinement.mountsTree };
}

/** Runs test files, red tests again where that is wished, and journals what came of it. */
export async function testFiles(scope: TestRunScope, order: TestOrder): Promise<TestRunResult> {
  const { recorder, signal } = scope;
  const { phase, attempt, plan, files, ids, where } = order;
  const names = ids.length > 0 ? ids : files;
  const command = `${plan.runner.title} ${names.join(' ')}`.trim();
  await recorder.record({
    type: 'test.started',
    phase,
    attempt,
    runner: plan.runner.id,
    command,
    confined: where.confined,
  });
  const denied = await takeRight(scope, order);
  const first = denied ?? (await runFirst(scope, order, titles[phase]));
  const all = await retryRed(first, signal.aborted ? 0 : (order.retries ?? 0), (again) =>
    runOnce(scope, { ...order, ...again, coverage: 'none' }, `${titles[phase]}, red ones again`),
  );
  const result = { ...all, outcome: maskOutcome(all.outcome) };
  await recorder.record({
    type: 'test.finished',
    phase,
    attempt,
    runner: plan.runner.id,
    outcome: result.outcome,
  });
  return result;
}

async function runFirst(scope: TestRunScope, order: TestOrder, title: string): Promise<TestRunResult> {
  const result = await runOnce(scope, order, title);
  const { outcome } = result;
  const isGreen = outcome.kind === 'finished' && !outcome.tests.some(isRed);
  const isFinal = isGreen || outcome.kind === 'cancelled' || scope.signal.aborted;
  if (isFinal || order.coverage === 'none' || order.coverageIsOptional !== true) return result;
  return runOnce(scope, { ...order, coverage: 'none' }, `${title}, without coverage`);
}

async function takeRight(scope: TestRunScope, order: TestOrder): Promise<TestRunResult | undefined> {
  const { deps, root, recorder } = scope;
  const { plan, files, ids, where } = order;
  const denied = await deps.rights.take(root, {
    run: recorder.run,
    who: actorOf(scope),
    right: {
      kind: 'tests',
      runner: plan.runner.id,
      paths: ids.length > 0 ? ids : files,
      code: codeOf(order),
      sandbox: where.confined,
    },
    by: scope.rule === undefined ? { kind: 'person' } : { kind: 'approval' },
  });
  return denied && { outcome: { kind: 'notConfined', ...denied } };
}

/** Before an edit, and after a person has accepted it, tests are the user's own. */
function codeOf({ phase, where }: TestOrder): CodeOrigin {
  const isUsers = phase === 'user' || phase === 'baseline' || (phase === 'inPlace' && !where.confined);
  return isUsers ? 'user' : 'model';
}

async function runOnce(scope: TestRunScope, order: TestOrder, title: string): Promise<TestRunResult> {
  const { deps, recorder, settings, signal } = scope;
  const { plan, files, ids, coverage, seed, env = {}, where } = order;
  const place = placeOf(scope.root, plan, where);
  const confinement = await withNetwork(scope, place.confinement, {
    who: actorOf(scope),
    code: codeOf(order),
  });
  return runTests(
    {
      processes: deps.processes,
      reports: deps.reports,
      terminal: maskTerminal(deps.terminal),
      run: recorder.run,
      title,
      runner: plan.runner,
      choice: `${plan.why} (${plan.interpreter})`,
      program: plan.program,
      files,
      ids,
      coverage,
      ...(seed === undefined ? {} : { seed }),
      source: sourceOf(scope, order),
      timeoutMs: settings.tests.timeoutSeconds * 1_000,
      place: { ...place, confinement, env: { ...place.env, ...env } },
    },
    signal,
  );
}

/** Texts as the run sees them: of the copy, or of the user's tree. */
function sourceOf({ deps, root, signal }: TestRunScope, { plan, where }: TestOrder): TestSource {
  const { files } = plan;
  if (where.kind === 'scratch') return { files, read: (path) => where.tree.read(path) };
  return {
    files,
    async read(path) {
      const read = await deps.files.read(root, path, signal);
      return read.kind === 'text' ? read.text : undefined;
    },
  };
}

const titles: Readonly<Record<TestPhase, string>> = {
  baseline: 'Tests before the edit',
  proof: 'Tests with the edit',
  inPlace: 'Tests in place',
  user: 'Tests',
};

/** A confined run sees the copy at the workspace's own path, so that links and reports name what the user knows. */
export function placeOf(root: string, plan: Pick<TestPlan, 'runner' | 'base'>, where: Where): RunPlace {
  const ownPlace = where.kind === 'scratch' && !where.mounted;
  const seenAs = ownPlace ? where.tree.location : root;
  const cwd = plan.base === '' ? seenAs : `${seenAs}/${plan.base}`;
  return {
    cwd,
    base: plan.base,
    prefixes: where.kind === 'scratch' ? [root, where.tree.location] : [root],
    confinement: confinementOf(root, where),
    // Without the mount, an editable install would lead Python back into the user's tree.
    env: ownPlace && plan.runner.language === 'python' ? { PYTHONPATH: [cwd, `${cwd}/src`].join(':') } : {},
  };
}

function confinementOf(root: string, where: Where): Confinement {
  if (!where.confined) return { kind: 'none' };
  if (where.kind === 'inPlace')
    return { kind: 'sandbox', tree: root, mountAt: root, treeAccess: 'read', dependencies: [], writable: [] };
  const { location, dependencies } = where.tree;
  return {
    kind: 'sandbox',
    tree: location,
    mountAt: where.mounted ? root : location,
    treeAccess: 'write',
    dependencies,
    writable: [],
  };
}

/** Tests of an outcome; none unless it finished. */
export function testsOf(
  outcome: TestRunOutcome,
): Extract<TestRunOutcome, { readonly kind: 'finished' }>['tests'] {
  return outcome.kind === 'finished' ? outcome.tests : [];
}
