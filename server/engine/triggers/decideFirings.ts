import type { Span } from '../documents/span.ts';
import { matchRuleGlobs, type GlobVerdict } from '../rules/globs/matchRuleGlobs.ts';
import { isCheckAction } from '../rules/modelActions.ts';
import type { Action, EventName, Origin, Rule } from '../rules/rule.ts';
import { resolveActionType } from '../rules/vocabulary/actions.ts';
import { createEventFile, maxFileLength, type EventFile, type FilterSources } from './filters/eventFile.ts';
import { decideFilters } from './filters/decideFilters.ts';
import type { FileEvent } from './fileEvent.ts';

/** Whether one rule acts on an event, and the first thing that decided. */
export interface Decision {
  readonly rule: Rule;
  readonly fires: boolean;
  /** Those that may act; empty when it does not fire. Actions with a model or a command may be barred by the origin. */
  readonly actions: readonly Action[];
  /** Goes on after "because", without a full stop. */
  readonly reason: string;
  readonly decidedBy: DecidedBy;
  /** What decided, in the rule's file; undefined when nothing in it did. */
  readonly span: Span | undefined;
}

/** The key of the rule that decided, or what beside its keys: the chain of runs, the file's path or size, a person. */
type DecidedBy = 'depth' | 'path' | 'size' | 'person' | 'actions' | 'on' | 'origin' | 'globs' | 'filters';

/** Why something is not so: goes on after "because", without a full stop. */
interface Refusal {
  readonly reason: string;
  readonly decidedBy: DecidedBy;
  readonly span?: Span | undefined;
}

export interface FiringContext extends FilterSources {
  /** Whether version control ignores the path; without it the usual dependency and build folders count as ignored. */
  readonly ignored?: (path: string) => boolean;
}

export interface FiringRequest {
  readonly event: FileEvent;
  readonly rules: readonly Rule[];
  readonly context: FiringContext;
  readonly signal: AbortSignal;
}

/** How many runs may cause one another. */
export const maxDepth = 3;

/** Decides rule by rule, higher priority first and then by id. After an abort the rest does not fire. */
export async function decideFirings({
  event,
  rules,
  context,
  signal,
}: FiringRequest): Promise<readonly Decision[]> {
  const file = createEventFile({ ...context, event, signal });
  const fault = findFileFault(event, context);
  const kind = `${event.origin} ${event.names?.join(' ') ?? event.name}`;
  const decisions: Decision[] = [];
  for (const rule of sortRules(rules)) {
    if (fault !== undefined) {
      decisions.push(refuse(rule, fault));
      continue;
    }
    // Most rules are decided without anything to wait for.
    const decided = decideRule(rule, file, kind);
    decisions.push('rule' in decided ? decided : await decided);
  }
  return decisions;
}

// Lists of rules are immutable, and the same is asked for with every event.
const sortedLists = new WeakMap<readonly Rule[], readonly Rule[]>();

export function sortRules(rules: readonly Rule[]): readonly Rule[] {
  const known = sortedLists.get(rules);
  if (known !== undefined) return known;
  const sorted = rules.toSorted(
    (left, right) => right.priority - left.priority || (left.id < right.id ? -1 : 1),
  );
  sortedLists.set(rules, sorted);
  return sorted;
}

/** Why no rule acts on the file of the event. */
function findFileFault(event: FileEvent, { ignored = isUsuallyIgnored }: FiringContext): Refusal | undefined {
  if (event.depth > maxDepth)
    return {
      reason: `more than ${maxDepth} runs caused one another${nameRules(event)}`,
      decidedBy: 'depth',
    };
  const pathFault = findPathFault(event.path, ignored);
  if (pathFault !== undefined) return { reason: pathFault, decidedBy: 'path' };
  const textFault = findTextFault(event.text);
  return textFault === undefined ? undefined : { reason: textFault, decidedBy: 'size' };
}

function nameRules({ causedBy }: FileEvent): string {
  return causedBy === undefined ? '' : `: ${causedBy.rules.join(' → ')}`;
}

/** Why a path is no file that rules look at; undefined when it is. */
export function findPathFault(
  path: string,
  ignored: (path: string) => boolean = isUsuallyIgnored,
): string | undefined {
  if (/(?:^|\/)(?:\.git|\.codegen-lab)(?:\/|$)/.test(path))
    return `no rule acts in \`${path.split('/', 1)[0]}\``;
  return ignored(path) ? `\`${path}\` is ignored` : undefined;
}

function findTextFault(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= maxFileLength) return undefined;
  return 'the file is larger than 1 MB';
}

function isUsuallyIgnored(path: string): boolean {
  return /(?:^|\/)(?:node_modules|\.venv|dist|build|target)\//.test(path);
}

function decideRule(rule: Rule, file: EventFile, kind: string): Decision | Promise<Decision> {
  const asked = decideEvent(rule, file.event, kind);
  if (asked.refusal !== undefined) return asked.refusal;
  const matched = matchPath(rule, file.event.path);
  if (matched.kind === 'refused' || rule.filters.length === 0) return conclude(rule, asked, matched);
  const held = file.event.name === 'manual' ? heldByHand : heldByNothing;
  return matchFilters(rule, file, held).then((fault) => conclude(rule, asked, fault ?? matched));
}

function conclude(rule: Rule, asked: EventDecision, matched: FileMatch): Decision {
  if (matched.kind === 'refused') return refuse(rule, matched);
  const { actions, decidedBy, span } = asked;
  if (matched.by === undefined) return { rule, fires: true, actions, reason: asked.reason, decidedBy, span };
  const reason = `${asked.reason}, and its globs match`;
  if (span !== undefined) return { rule, fires: true, actions, reason, decidedBy, span };
  return { rule, fires: true, actions, reason, decidedBy: 'globs', span: matched.by };
}

function refuse(rule: Rule, { reason, decidedBy, span }: Refusal): Decision {
  return { rule, fires: false, actions: [], reason, decidedBy, span };
}

/** Who runs a rule by hand has chosen the moment; what the rule says about events and messages then holds. */
export const heldByHand: ReadonlySet<string> = new Set(['event', 'message']);
const heldByNothing: ReadonlySet<string> = new Set();

export type FileMatch =
  /** `by`: the glob that matched, if there was one. */
  | { readonly kind: 'matched'; readonly by: Span | undefined }
  | {
      readonly kind: 'refused';
      readonly decidedBy: 'globs' | 'filters';
      readonly reason: string;
      readonly span: Span | undefined;
    };

/** Whether a rule is about a file: folder, globs and filters. */
export async function matchFile(rule: Rule, file: EventFile, held: ReadonlySet<string>): Promise<FileMatch> {
  const matched = matchPath(rule, file.event.path);
  return matched.kind === 'refused' ? matched : ((await matchFilters(rule, file, held)) ?? matched);
}

function matchPath(rule: Rule, path: string): FileMatch {
  const verdict = matchRuleGlobs(rule, path);
  return verdict.kind === 'matches'
    ? { kind: 'matched', by: verdict.by?.span }
    : { kind: 'refused', decidedBy: 'globs', ...explainNoMatch(rule, verdict, path) };
}

/** undefined when they hold. */
async function matchFilters(
  rule: Rule,
  file: EventFile,
  held: ReadonlySet<string>,
): Promise<FileMatch | undefined> {
  const fault = await decideFilters(rule.filters, file, held);
  return fault && { kind: 'refused', decidedBy: 'filters', ...fault };
}

/** Why a path is no file of the rule. */
export function explainNoMatch(
  rule: Rule,
  verdict: Exclude<GlobVerdict, { kind: 'matches' }>,
  path: string,
): { readonly reason: string; readonly span: Span | undefined } {
  switch (verdict.kind) {
    case 'outOfScope':
      return { reason: `it sees only files under \`${rule.scope}\``, span: undefined };
    case 'excluded':
      return { reason: `its glob \`${verdict.by.value}\` excludes \`${path}\``, span: verdict.by.span };
    case 'noneMatches':
      return {
        reason: `none of its globs matches \`${path}\``,
        span: rule.written.get('globs') ?? rule.globs[0]?.span,
      };
  }
}

interface EventDecision extends Refusal {
  /** Empty when the event does not concern the rule. */
  readonly actions: readonly Action[];
}

interface KeptDecision extends EventDecision {
  /** What is said of the rule when the event does not concern it. */
  readonly refusal: Decision | undefined;
}

/** What a rule is, whatever happens. */
interface RuleNature {
  readonly fault: ReturnType<typeof findRuleFault>;
  readonly live: boolean;
  readonly checks: readonly Action[];
  /** What was said of events before, by their names and their origin. */
  readonly said: Map<string, KeptDecision>;
}

// Rules are immutable, and each is asked with every event.
const natures = new WeakMap<Rule, RuleNature>();

function natureOf(rule: Rule): RuleNature {
  const known = natures.get(rule);
  if (known !== undefined) return known;
  const checks = rule.actions.filter(({ type }) => isCheckAction(type));
  const nature: RuleNature = { fault: findRuleFault(rule), live: checksLive(rule), checks, said: new Map() };
  natures.set(rule, nature);
  return nature;
}

/** Thousands of rules are asked about one event, and events differ in few ways. */
function decideEvent(rule: Rule, event: FileEvent, kind: string): KeptDecision {
  const { said } = natureOf(rule);
  const known = said.get(kind);
  if (known !== undefined) return known;
  const decided = decideKind(rule, event);
  const refusal = decided.actions.length === 0 ? refuse(rule, decided) : undefined;
  const decision = { ...decided, refusal };
  // What happens in one quiet period may come in any order.
  if (said.size >= maxSaid) said.clear();
  said.set(kind, decision);
  return decision;
}

const maxSaid = 16;

function decideKind(rule: Rule, event: FileEvent): EventDecision {
  const { fault: refusal, live: isLiveRule, checks } = natureOf(rule);
  if (refusal !== undefined) return { actions: [], decidedBy: 'actions', ...refusal };
  if (event.name === 'manual')
    return { actions: rule.actions, reason: 'it was run by hand', decidedBy: 'person' };
  const { name, names = [name] } = event;
  const named = rule.on.find(({ value }) => names.includes(value));
  const isLive = isLiveRule && names.some((each) => liveEvents.has(each));
  const concerned = named === undefined ? (isLive ? checks : []) : rule.actions;
  if (concerned.length === 0) return { actions: [], decidedBy: 'on', ...explainOtherEvent(rule, names) };
  const allowed = concerned.filter((action) => allowsOrigin(rule, action, event.origin));
  if (allowed.length === 0) return { actions: [], decidedBy: 'origin', ...explainOrigin(rule, event) };
  const reason = named === undefined ? 'it checks live' : `it fires on \`${named.value}\``;
  return { actions: allowed, reason, decidedBy: 'on', span: named?.span };
}

/** What keeps a rule from acting whatever happens; undefined when nothing does. */
export function findRuleFault(
  rule: Rule,
): { readonly reason: string; readonly span: Span | undefined } | undefined {
  if (!rule.active) return { reason: rule.inactiveReason ?? 'it is not active', span: rule.span };
  if (rule.actions.length === 0) return { reason: 'it has no actions and only guides', span: undefined };
  const unknown = rule.actions.find(({ type }) => resolveActionType(type) === undefined);
  if (unknown === undefined) return undefined;
  return { reason: `\`${unknown.written}\` is no known type of action`, span: unknown.span };
}

const liveEvents: ReadonlySet<EventName> = new Set(['save', 'change', 'open', 'create']);

/** Whether the rule's checks are live: they are, unless `on` names none of the events of a file at work. */
export function checksLive(rule: Rule): boolean {
  return rule.on.length === 0 || rule.on.some(({ value }) => liveEvents.has(value));
}

function explainOtherEvent(rule: Rule, names: readonly EventName[]) {
  if (rule.on.length === 0)
    return { reason: 'it has no `on`, so it fires only when it is run by hand', span: rule.span };
  const quote = (words: readonly EventName[]): string => words.map((word) => `\`${word}\``).join(', ');
  return {
    reason: `it fires on ${quote(rule.on.map(({ value }) => value))} and not on ${quote(names)}`,
    span: rule.written.get('on') ?? rule.on[0]?.span,
  };
}

const checkOrigins: readonly Origin[] = ['user', 'auto', 'disk'];

/** A model or a command is started by a person only, unless the rule's `origin` says more. */
function allowsOrigin(rule: Rule, { type }: Action, origin: Origin): boolean {
  const usual: readonly Origin[] = isCheckAction(type) ? checkOrigins : ['user'];
  return usual.includes(origin) || (rule.origin ?? []).includes(origin);
}

const originWords: Readonly<Record<Origin, string>> = {
  user: 'a person',
  auto: 'an automatic save',
  disk: 'another program',
  self: 'a rule',
};

function explainOrigin(rule: Rule, event: FileEvent) {
  const reason = `${originWords[event.origin]} caused this, and only a person may start a model or a command; the key \`origin\` widens that`;
  return { reason, span: rule.written.get('origin') };
}
