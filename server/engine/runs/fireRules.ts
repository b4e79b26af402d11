import type { Firing } from '../engine.ts';
import { isModelAction } from '../rules/modelActions.ts';
import type { Action, EventName, Rule } from '../rules/rule.ts';
import {
  decideFirings,
  findRuleFault,
  type Decision,
  type FiringContext,
} from '../triggers/decideFirings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { isTrivialSave } from '../triggers/trivial/isTrivialSave.ts';
import { explainNoModel } from './explainNoModel.ts';
import { findObstacle } from './findObstacle.ts';
import { createFiringContext } from './firingContext.ts';
import { findUnavailable } from './findUnavailable.ts';
import { enqueueFiring, type DecidedFiring } from './enqueueFiring.ts';
import { fileKey, firingKey } from './firingKey.ts';
import type { FolderState } from './folderState.ts';
import { actingActions } from './startRun.ts';
import type { FireParts } from './fireParts.ts';
import { firingPlaces, groupByQuiet } from './quietGroups.ts';
import { isSwitchedOff } from './isSwitchedOff.ts';

/**
 * Decides which rules an event concerns and queues their runs. Says for every rule what decided. `event.text` is its text
 * now; without one the file was deleted, or is none that rules look at.
 */
export async function fireRules(
  parts: FireParts,
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Firing[]> {
  const { acting, idle } = splitFor(event, concernedRules(parts, event));
  const judged = await judgeRules(parts, acting, event, signal);
  await lookForQuiet(parts, event.root, judged);
  const stale = new Set(judged.filter((each) => each.isStale).map(({ rule }) => rule.id));
  parts.queue.dropOf(fileKey(event), ({ ruleId }) => stale.has(ruleId) || idle.has(ruleId));
  const fired = judged.map(({ rule, reason, firing }) => ({
    ruleId: rule.id,
    rule: rule.name,
    fires: firing !== undefined,
    reason,
    ...(firing === undefined ? {} : { run: enqueueFiring(parts, firing) }),
  }));
  return [...fired, ...idle.values()];
}

interface SplitRules {
  readonly acting: readonly Rule[];
  /** What is said of those that start nothing whatever happens, by their ids. */
  readonly idle: ReadonlyMap<string, Firing>;
}

/** Where runs caused one another, that is what is said of every rule. */
function splitFor({ depth }: FileEvent, rules: readonly Rule[]): SplitRules {
  return depth === 0 ? splitRules(rules) : { acting: rules, idle: new Map() };
}

// Lists of rules are immutable, and of thousands most only check or guide.
const knownSplits = new WeakMap<readonly Rule[], SplitRules>();

function splitRules(rules: readonly Rule[]): SplitRules {
  const known = knownSplits.get(rules);
  if (known !== undefined) return known;
  const acting: Rule[] = [];
  const idle = new Map<string, Firing>();
  for (const rule of rules) {
    const fault = findRuleFault(rule);
    if (fault === undefined && actingActions(rule.actions).length > 0) {
      acting.push(rule);
      continue;
    }
    const reason = fault?.reason ?? onlyChecks;
    idle.set(rule.id, { ruleId: rule.id, rule: rule.name, fires: false, reason });
  }
  const split = { acting, idle };
  knownSplits.set(rules, split);
  return split;
}

const onlyChecks = 'it only checks; its findings are live';

function concernedRules({ folder, left }: FireParts, { only }: FileEvent): readonly Rule[] {
  const live = folder.rules.liveRules();
  if (left === undefined && only === undefined) return live;
  return live.filter(({ id, name }) => (left?.ruleId ?? id) === id && only?.includes(name) !== false);
}

/**
 * The same for what concerns several files at once, such as a test run: each rule fires once, on the first of its files,
 * and holds all of them.
 */
export async function fireTogether(
  parts: FireParts,
  events: readonly FileEvent[],
  signal: AbortSignal,
): Promise<readonly Firing[]> {
  const byRule = new Map<Rule, Judged[]>();
  for (const event of events)
    for (const judged of await judgeRules(
      parts,
      splitFor(event, concernedRules(parts, event)).acting,
      event,
      signal,
    )) {
      const others = byRule.get(judged.rule);
      if (others) others.push(judged);
      else byRule.set(judged.rule, [judged]);
    }
  await lookForQuiet(parts, events[0]?.root ?? '', [...byRule.values()].flat());
  return [...byRule].map(([rule, judged]) => {
    const base = { ruleId: rule.id, rule: rule.name };
    const firing = judged.flatMap((each) => each.firing ?? []);
    const [first] = firing;
    if (first === undefined) return { ...base, fires: false, reason: judged[0]?.reason ?? '' };
    const files = firing.map(({ event }) => event.path);
    const run = enqueueFiring(parts, { ...first, event: { ...first.event, files } });
    return { ...base, fires: true, reason: first.decision.reason, run };
  });
}

async function lookForQuiet({ quiet }: FireParts, root: string, judged: readonly Judged[]): Promise<void> {
  if (judged.some(({ firing }) => firing !== undefined)) await quiet.look(root);
}

interface Judged {
  readonly rule: Rule;
  readonly reason: string;
  /** undefined: it does not fire. */
  readonly firing?: DecidedFiring;
  /** What waits from earlier in the same quiet period was decided on what is not so any more. */
  readonly isStale?: boolean;
}

async function judgeRules(
  parts: FireParts,
  rules: readonly Rule[],
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Judged[]> {
  const decisions = await decide(parts, rules, event, signal);
  const isAny = decisions.some(({ decision }) => actingActions(decision.actions).length > 0);
  const obstacle = isAny ? await findObstacle(parts, event, signal) : undefined;
  const fileDigest = isAny ? parts.deps.digest(event.text ?? '') : '';
  const trivial = await findTrivial(parts, decisions, signal);
  return decisions.map(({ decision, merged }): Judged => {
    const { rule } = decision;
    const isStale = merged !== event || event.name === 'delete';
    if (!decision.fires) return { rule, reason: decision.reason, isStale };
    const actions = actingActions(decision.actions);
    const unavailable = findUnavailable(decision.actions);
    if (unavailable !== undefined) return { rule, reason: unavailable, isStale };
    if (actions.length === 0) return { rule, reason: onlyChecks, isStale };
    const barred =
      obstacle ??
      (rule.skipTrivial && trivial.has(merged) ? isTrivial : undefined) ??
      barredReason(parts, { rule, actions }, { event: merged, fileDigest });
    if (barred !== undefined) return { rule, reason: barred };
    return { rule, reason: decision.reason, firing: { decision, actions, event: merged, fileDigest } };
  });
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
  { deps, folder, patterns, ledger, recent }: FireParts,
  concerned: readonly Rule[],
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Decided[]> {
  const groups = groupByQuiet(concerned);
  const ignored = await findIgnored(folder, event, signal);
  const context = createFiringContext({ ...deps, patterns, ledger, ...ignored });
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

/** What version control ignores, where its listing is at hand; a new file may come before the news of it. */
async function findIgnored(
  { paths }: FolderState,
  { path, name, text }: FileEvent,
  signal: AbortSignal,
): Promise<Pick<FiringContext, 'ignored'>> {
  const known = paths.known();
  // Of a file that is gone, or is no text, its listing says nothing.
  if (known === undefined || name === 'delete' || text === undefined) return {};
  if (!known.has(path)) await paths.follow({ created: [path], deleted: [] }, signal);
  // Where the files cannot be listed any more, nobody knows.
  const now = paths.known();
  if (now === undefined) return {};
  const isIgnored = !now.has(path);
  return { ignored: () => isIgnored };
}

const isTrivial = 'only comments and white space changed, and its `skip` leaves that out';

/** The events in which only comments and white space changed, of those that a rule asks it of. */
async function findTrivial(
  { deps }: FireParts,
  decided: readonly Decided[],
  signal: AbortSignal,
): Promise<ReadonlySet<FileEvent>> {
  const asked = decided.filter(({ decision }) => decision.fires && decision.rule.skipTrivial);
  const trivial = new Set<FileEvent>();
  for (const event of new Set(asked.map(({ merged }) => merged)))
    if (await isTrivialSave(deps.syntax, event, signal)) trivial.add(event);
  return trivial;
}

/** Events that are news although the file is as it was. */
const newsOfTheirOwn: ReadonlySet<EventName> = new Set(['test-fail', 'test-pass', 'problems']);

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
  if (newsOfTheirOwn.has(name)) return undefined;
  const seen = folder.lastSeen.get(firingKey(folder.root, rule, path));
  if (text !== undefined && seen === fileDigest) return 'nothing has changed since it last ran on this file';
  return undefined;
}
