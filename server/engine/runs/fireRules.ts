import type { Firing } from '../engine.ts';
import type { FiringLog } from '../ports/firingLog.ts';
import type { Patterns } from '../ports/patterns.ts';
import { isModelAction } from '../rules/modelActions.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { decideFirings, type Decision } from '../triggers/decideFirings.ts';
import { burstMs } from '../triggers/diskBursts.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import type { RecentEvents } from '../triggers/recentEvents.ts';
import { isTrivialChange } from '../triggers/trivial/isTrivialChange.ts';
import { causeOf } from './causeOf.ts';
import { explainNoModel } from './explainNoModel.ts';
import { findObstacle } from './findObstacle.ts';
import { createFiringContext } from './firingContext.ts';
import { findUnavailable } from './findUnavailable.ts';
import { fileKey, firingKey } from './firingKey.ts';
import { superseded, type FiringQueue } from './firingQueue.ts';
import type { FolderState } from './folderState.ts';
import type { RunSubject } from './runScope.ts';
import { actingActions, startRun, type RunStarter } from './startRun.ts';
import { firingPlaces, groupByQuiet } from './quietGroups.ts';
import { isSwitchedOff } from './isSwitchedOff.ts';
import { withdrawProposals } from './withdrawProposals.ts';

export interface FireParts extends RunStarter {
  readonly patterns: Patterns;
  readonly queue: FiringQueue;
  readonly recent: RecentEvents;
  readonly folder: FolderState;
  readonly settings: Settings;
  readonly firings: FiringLog;
  /** A firing that an earlier process left: this rule alone is decided. `run`: the run that it was to become. */
  readonly left?: { readonly ruleId: string; readonly run?: string };
}

/**
 * Decides which rules an event concerns and queues their runs. Says for every rule what decided. `event.text` is its text
 * now; without one the file was deleted, or is none that rules look at.
 */
export async function fireRules(
  parts: FireParts,
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Firing[]> {
  const decisions = await decide(parts, event, signal);
  const isAny = decisions.some(({ decision }) => actingActions(decision.actions).length > 0);
  const obstacle = isAny ? await findObstacle(parts, event, signal) : undefined;
  const fileDigest = isAny ? parts.deps.digest(event.text ?? '') : '';
  const stale = new Set<string>();
  const firings = decisions.map(({ decision, merged }) => {
    const { rule } = decision;
    const base = { ruleId: rule.id, rule: rule.name };
    const refuse = (reason: string): Firing => {
      // What waits from earlier in the same quiet period was decided on what is not so any more.
      if (merged !== event || event.name === 'delete') stale.add(rule.id);
      return { ...base, fires: false, reason };
    };
    if (!decision.fires) return refuse(decision.reason);
    const actions = actingActions(decision.actions);
    const unavailable = findUnavailable(decision.actions);
    if (unavailable !== undefined) return refuse(unavailable);
    if (actions.length === 0) return refuse('it only checks; its findings are live');
    const barred =
      obstacle ??
      findTrivial(rule, merged) ??
      barredReason(parts, { rule, actions }, { event: merged, fileDigest });
    if (barred !== undefined) return { ...base, fires: false, reason: barred };
    return {
      ...base,
      fires: true,
      reason: decision.reason,
      run: enqueue(parts, { decision, actions }, { event: merged, fileDigest }),
    };
  });
  parts.queue.dropOf(fileKey(event), ({ ruleId }) => stale.has(ruleId));
  return firings;
}

interface Decided {
  readonly decision: Decision;
  /** The event with all that happened in the rule's quiet period; the event itself if that is all. */
  readonly merged: FileEvent;
}

interface Digested {
  readonly event: FileEvent;
  /** Of the event's text. */
  readonly fileDigest: string;
}

/** Rules that wait for the same time see the same event. */
async function decide(
  { deps, folder, patterns, ledger, recent, left }: FireParts,
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Decided[]> {
  const live = folder.rules.liveRules();
  const concerned = left === undefined ? live : live.filter(({ id }) => id === left.ruleId);
  const groups = groupByQuiet(concerned);
  const context = createFiringContext({ ...deps, patterns, ledger });
  const decided: Decided[] = [];
  for (const { quietMs, rules } of groups) {
    const merged = recent.merge(event, quietMs);
    const decisions = await decideFirings({ event: merged, rules, context, signal });
    decided.push(...decisions.map((decision) => ({ decision, merged })));
  }
  if (groups.length < 2) return decided;
  const places = firingPlaces(concerned);
  const placeOf = ({ decision }: Decided): number => places.get(decision.rule) ?? 0;
  return decided.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function findTrivial({ skipTrivial }: Rule, { path, before, text }: FileEvent): string | undefined {
  if (!skipTrivial || before === undefined || text === undefined) return undefined;
  return isTrivialChange(path, before, text)
    ? 'only comments and white space changed, and its `skip` leaves that out'
    : undefined;
}

/** What keeps a matching rule from acting now; nothing here nags, it is only said when asked. */
function barredReason(
  { deps, folder, settings }: FireParts,
  { rule, actions }: { readonly rule: Rule; readonly actions: readonly Action[] },
  { event, fileDigest }: Digested,
): string | undefined {
  const { name, path, text } = event;
  if (isSwitchedOff(event, settings))
    return 'events of this kind are switched off (`codegenLab.rules.eventsOff`)';
  if (name === 'change') return 'only checks look at a text that is still being typed';
  if (!deps.consent.isTrusted(folder.root)) return 'the workspace is not trusted';
  const asksModel = actions.some(({ type }) => isModelAction(type));
  const noModel = asksModel ? explainNoModel(settings.ai) : undefined;
  if (noModel !== undefined) return noModel;
  const seen = folder.lastSeen.get(firingKey(folder.root, rule, path));
  if (text !== undefined && seen === fileDigest) return 'nothing has changed since it last ran on this file';
  return undefined;
}

/** What the event tells of the file, for the variables of actions. */
function subjectOf({ oldPath, before, text, language }: FileEvent): RunSubject {
  return {
    ...(oldPath === undefined ? {} : { oldFile: oldPath }),
    ...(before === undefined ? {} : { before }),
    ...(text === undefined ? {} : { text }),
    ...(language === undefined ? {} : { language }),
  };
}

function enqueue(
  parts: FireParts,
  { decision, actions }: { readonly decision: Decision; readonly actions: readonly Action[] },
  { event, fileDigest }: Digested,
): string {
  const { rule } = decision;
  const { deps, folder, settings, open, queue, firings, left } = parts;
  const { root, path, name, origin, depth, oldPath } = event;
  const run = open.begin(left?.run ?? deps.random.id(), root);
  const key = firingKey(event.root, rule, event.path);
  const cause = causeOf(event, decision, folder.rules.saved);
  let started = false;
  folder.lastSeen.set(key, fileDigest);
  // What came to nothing may be tried again by saving once more.
  const forgetText = (): void => {
    if (folder.lastSeen.get(key) === fileDigest) folder.lastSeen.delete(key);
  };
  const keep = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      deps.log.warn(`What waits cannot be kept over a restart: ${String(error)}`);
    });
  const drop = (): void => {
    open.end(run.run);
    forgetText();
    void keep(firings.remove(root, run.run));
  };
  const logged = { run: run.run, ruleId: rule.id, path, event: name, origin, depth };
  void keep(firings.add(root, { ...logged, ...(oldPath === undefined ? {} : { oldPath }) }));
  queue.add({
    key,
    ruleId: rule.id,
    file: fileKey(event),
    shown: { run: run.run, folder: root, rule: rule.name, file: path, event: name },
    origin: event.origin,
    priority: rule.priority,
    // Before that nobody knows whether the change is one of many at once.
    debounceMs: event.origin === 'disk' ? Math.max(rule.debounceMs, burstMs) : rule.debounceMs,
    supersede: () => {
      run.abort.abort(superseded);
      if (!started) drop();
    },
    start: async (place) => {
      started = true;
      // Only what is known to have begun begins, so that no crash lets it begin twice.
      await keep(firings.claim(root, run.run));
      if (run.abort.signal.aborted) return drop();
      await withdrawProposals(parts, event.root, rule.id, event.path);
      const end = await startRun(parts, {
        run,
        rules: folder.rules,
        rule,
        actions,
        file: event.path,
        fileDigest,
        subject: subjectOf(event),
        cause,
        settings,
        place,
      });
      await keep(firings.remove(root, run.run));
      if (end && end.outcome !== 'landed' && end.outcome !== 'rejected') forgetText();
    },
  });
  return run.run;
}
