import type { RunCause } from '../../protocol/runEvents.ts';
import { recordRun } from '../journal/recordRun.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import type { Spending } from '../llm/spending.ts';
import type { JournalStore } from '../ports/journal.ts';
import { ruleHash } from '../rules/effectiveHash.ts';
import { isCheckAction } from '../rules/modelActions.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { RuleStore } from '../rules/ruleStore.ts';
import type { Settings } from '../settings.ts';
import { effectiveApproval, effectiveBudget } from './effectiveLimits.ts';
import type { DoneActions } from './actions/runChain.ts';
import { executeRun } from './executeRun.ts';
import type { Place } from './firingQueue.ts';
import type { OpenRun, OpenRuns } from './openRuns.ts';
import { meterRun } from './meterRun.ts';
import { readRouting } from './readRouting.ts';
import type { RunBudgets } from './runBudgets.ts';
import { taskReader, withTaskTexts } from './tasks/taskTexts.ts';
import { cancelled, failed, type RunDeps, type RunEnd, type RunSubject } from './runScope.ts';

export interface RunStarter {
  readonly deps: RunDeps;
  readonly journal: JournalStore;
  readonly ledger: RunLedger;
  readonly spending: Spending;
  readonly budgets: RunBudgets;
  readonly open: OpenRuns;
}

export interface RunOrder {
  readonly run: OpenRun;
  readonly rules: RuleStore;
  readonly rule: Rule;
  /** Those that act, in the order written; at least one. */
  readonly actions: readonly Action[];
  /** Relative to the folder. */
  readonly file: string;
  readonly fileDigest: string;
  readonly subject: RunSubject;
  readonly cause: RunCause;
  readonly settings: Settings;
  /** What an earlier run of the same did already; undefined: nothing. */
  readonly done?: DoneActions;
  /** Of the queue that holds it back; undefined: it runs at once, because a person asked. */
  readonly place?: Place;
}

/** The actions of a rule that a run carries out: those that do not only check. */
export function actingActions(actions: readonly Action[]): readonly Action[] {
  return actions.filter(({ type }) => !isCheckAction(type));
}

/** Opens the journal and carries a firing out. Never rejects. undefined: the run waits for a person's decision. */
export function startRun(starter: RunStarter, order: RunOrder): Promise<RunEnd | undefined> {
  const work = carryOut(starter, order);
  order.run.settled = work;
  return work;
}

async function carryOut(starter: RunStarter, order: RunOrder): Promise<RunEnd | undefined> {
  const { deps, ledger, open } = starter;
  const { run, settings } = order;
  try {
    const routing = await readRouting({ files: deps.files, root: run.root, settings }, run.abort.signal);
    const { sources } = routing;
    const { rule, actions } = await withTasks(order, deps);
    // From here on the run has an end in its journal, also when it is stopped.
    const writer = await starter.journal.open(run.root, run.run);
    const recorder = recordRun({ root: run.root, writer, ledger, clock: deps.clock });
    run.recorder = recorder;
    const budget = effectiveBudget(settings, rule, sources);
    const meter = meterRun(
      { spending: starter.spending, budgets: starter.budgets, clock: deps.clock, digest: deps.digest },
      { run: run.run, root: run.root, cause: order.cause, budget, settings, sources },
    );
    const scope = {
      ...order,
      rule,
      actions,
      deps,
      root: run.root,
      ruleHash: ruleHash(rule, deps.digest),
      budget,
      routing,
      approval: effectiveApproval(settings, rule, actions),
      meter,
      recorder,
      signal: run.abort.signal,
    };
    const end = await executeRun(scope, order.fileDigest, order.done);
    if (end) open.end(run.run);
    return end;
  } catch (error) {
    open.end(run.run);
    if (run.abort.signal.aborted) return cancelled;
    const message = error instanceof Error ? error.message : String(error);
    deps.log.error(`Run ${run.run} could not begin: ${message}`);
    return failed(
      'journal.unwritable',
      `The run could not begin, since its journal cannot be written: ${message}`,
    );
  }
}

/** The rule and its actions with what their tasks run now: what a person approves, and what is run, is that. */
async function withTasks(
  { rule, actions, run }: RunOrder,
  { files }: RunDeps,
): Promise<Pick<RunOrder, 'rule' | 'actions'>> {
  const whole = await withTaskTexts(rule, taskReader(files, run.root, run.abort.signal));
  const known = new Map(rule.actions.map((action, at) => [action, whole.actions[at]]));
  return { rule: whole, actions: actions.map((action) => known.get(action) ?? action) };
}
