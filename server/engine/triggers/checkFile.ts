import type { Finding, Severity } from '../../protocol/text.ts';
import { createLineMap, type LineMap } from '../documents/lineMap.ts';
import type { Span } from '../documents/span.ts';
import type { Files } from '../ports/files.ts';
import type { Git } from '../ports/git.ts';
import type { Patterns } from '../ports/patterns.ts';
import { isCheckAction } from '../rules/modelActions.ts';
import type { Action, Condition, Rule } from '../rules/rule.ts';
import type { TextEdit } from '../rules/textEdit.ts';
import {
  checksLive,
  findPathFault,
  findRuleFault,
  heldByHand,
  matchFile,
  sortRules,
} from './decideFirings.ts';
import { createEventFile } from './filters/eventFile.ts';
import { fixMatches } from './fixMatches.ts';
import { isSurelySilent, testCondition, type CheckedText } from './testCondition.ts';

export interface CheckRequest {
  readonly root: string;
  readonly path: string;
  readonly text: string;
  /** What it was before; undefined if that is not known. */
  readonly before?: string;
  readonly rules: readonly Rule[];
  readonly files: Files;
  readonly patterns: Patterns;
  readonly git?: Git;
  /** Whether version control ignores the path; without it the usual dependency and build folders count as ignored. */
  readonly ignored?: (path: string) => boolean;
  /** Rules that check only at this moment check too: what is about to be committed, or what a model wrote. */
  readonly moment?: CheckMoment;
}

export type CheckMoment = 'commit' | 'model-write';

/**
 * What the deterministic rules find in one file: rules by priority, their findings in source order. Rules that are not
 * about the file say nothing. A pattern that takes too long is a finding too, since then nobody knows.
 */
export async function checkFile(request: CheckRequest, signal: AbortSignal): Promise<readonly Finding[]> {
  const { root, path, text, before, files, patterns, git } = request;
  if (findPathFault(path, request.ignored) !== undefined) return [];
  const earlier = before === undefined ? {} : { before };
  const event = { root, path, text, ...earlier, name: 'save', origin: 'disk', depth: 0 } as const;
  const file = createEventFile({ event, files, patterns, ...(git === undefined ? {} : { git }), signal });
  const checked: CheckedText = { file, text, lines: createLineMap(text) };
  const findings: Finding[] = [];
  const { moment } = request;
  // Most rules find nothing in most files, and that shows before anything is waited for.
  const looking = request.rules.filter(
    (rule) => !checksOf(rule, moment).every((action) => findsNothing(rule, action, text)),
  );
  // A rule has the very actions of the one that it extends, and what they find is said once, by the first of the two.
  const checkedBefore = new Set<Action>();
  for (const rule of sortRules(looking)) {
    const actions = checksOf(rule, moment).filter((action) => !checkedBefore.has(action));
    if (actions.length === 0) continue;
    const match = await matchFile(rule, file, heldByHand);
    if (signal.aborted) return [];
    if (match.kind !== 'matched') continue;
    for (const action of actions) checkedBefore.add(action);
    findings.push(...(await checkRule(rule, actions, checked)));
  }
  return findings;
}

/** Whether a look at the text tells that none of the conditions of an action has anything to say. */
function findsNothing(rule: Rule, action: Action, text: string): boolean {
  const conditions = conditionsOf(rule, action);
  const isSilent = (condition: Condition): boolean => isSurelySilent(condition, text);
  const joined = conditions.filter(({ message }) => message === undefined);
  const alone = conditions.filter(({ message }) => message !== undefined);
  return (
    alone.every(isSilent) &&
    (joined.length === 0 || joined.some((condition) => !condition.negated && isSilent(condition)))
  );
}

const keptChecks = {
  commit: new WeakMap<Rule, readonly Action[]>(),
  'model-write': new WeakMap<Rule, readonly Action[]>(),
  live: new WeakMap<Rule, readonly Action[]>(),
};

/** The actions of a rule that look at text and say so in Problems; worked out once, since each file asks. */
function checksOf(rule: Rule, moment: CheckMoment | undefined): readonly Action[] {
  const kept = keptChecks[moment ?? 'live'];
  const known = kept.get(rule);
  if (known !== undefined) return known;
  const actions = findChecks(rule, moment);
  kept.set(rule, actions);
  return actions;
}

function findChecks(rule: Rule, moment: CheckMoment | undefined): readonly Action[] {
  if (findRuleFault(rule) !== undefined) return [];
  const isOfMoment = rule.on.some(({ value }) => value === moment);
  if (!checksLive(rule) && !isOfMoment) return [];
  return rule.actions.filter((action) => isCheckAction(action.type) && conditionsOf(rule, action).length > 0);
}

/** Public `<rule>` blocks praise what their `validate` matches as often as not, so there only `must` makes a check. */
function conditionsOf(rule: Rule, action: Action): readonly Condition[] {
  const isPraise = rule.form === 'block' && action.type === 'validate' && action.written !== 'enforce';
  return isPraise ? action.conditions.filter((condition) => condition.explicit) : action.conditions;
}

/** Something to say about the text, not yet as it is shown. */
interface Remark {
  readonly action: Action;
  /** undefined when the severity of the action counts. */
  readonly severity: Severity | undefined;
  readonly message: string;
  /** Empty for the file as a whole. */
  readonly spans: readonly Span[];
  /** Of the places in turn; of the file as a whole the first. */
  readonly fixes?: readonly (TextEdit | undefined)[];
  readonly learnMore?: string | undefined;
}

const maxFindings = 200;

async function checkRule(
  rule: Rule,
  actions: readonly Action[],
  checked: CheckedText,
): Promise<readonly Finding[]> {
  const remarks: Remark[] = [];
  for (const action of actions) remarks.push(...(await checkAction(rule, action, checked)));
  const counted = remarks.filter((remark) => isCounted(rule, remark));
  const single = remarks.filter((remark) => !isCounted(rule, remark));
  const findings = [
    ...single.flatMap((remark) => toFindings(rule, remark, checked)),
    ...count(rule, counted, checked),
  ];
  return findings.toSorted((left, right) => compare(left, right)).slice(0, maxFindings);
}

async function checkAction(rule: Rule, action: Action, checked: CheckedText): Promise<readonly Remark[]> {
  const conditions = conditionsOf(rule, action);
  const remarks: Remark[] = [];
  for (const condition of conditions.filter(({ message }) => message !== undefined)) {
    const test = await testCondition(condition, checked);
    const message = condition.message ?? '';
    if (test.kind === 'unknown') remarks.push(unknownRemark(action, test.reason));
    if (test.kind !== 'holds') continue;
    const learnMore = condition.learnMoreUrl?.value;
    const fixes = await fixMatches(condition, test.spans, checked);
    remarks.push({ action, severity: condition.severity, message, spans: test.spans, fixes, learnMore });
  }
  const joined = conditions.filter(({ message }) => message === undefined);
  const remark = joined.length === 0 ? undefined : await joinConditions(rule, { action, joined }, checked);
  return remark === undefined ? remarks : [...remarks, remark];
}

function unknownRemark(action: Action, reason: string): Remark {
  const message = `Nobody knows whether this file breaks the rule: ${reason}. Make the pattern simpler.`;
  return { action, severity: action.type === 'reject' ? 'error' : 'warning', message, spans: [] };
}

interface JoinedConditions {
  readonly action: Action;
  readonly joined: readonly Condition[];
}

/** All must hold; the places are those of the first that has any. */
async function joinConditions(
  rule: Rule,
  { action, joined }: JoinedConditions,
  checked: CheckedText,
): Promise<Remark | undefined> {
  let spans: readonly Span[] = [];
  for (const condition of joined) {
    const test = await testCondition(condition, checked);
    if (test.kind === 'unknown') return unknownRemark(action, test.reason);
    if ((test.kind === 'holds') === condition.negated) return undefined;
    if (test.kind === 'holds' && spans.length === 0) spans = test.spans;
  }
  const severity = joined.find((condition) => condition.severity !== undefined)?.severity;
  const message = action.message === '' ? `The rule “${rule.name}” finds this.` : action.message;
  const learnMore = joined.find((condition) => condition.learnMoreUrl !== undefined)?.learnMoreUrl?.value;
  return { action, severity, message, spans, learnMore };
}

/** `enforce` in a block: one entry for the whole file, unless its author gave a severity. */
function isCounted(rule: Rule, { action, severity }: Remark): boolean {
  const isHint = rule.form === 'block' && action.written === 'enforce';
  return isHint && severity === undefined && action.severity === undefined;
}

function count(rule: Rule, remarks: readonly Remark[], checked: CheckedText): readonly Finding[] {
  const [first] = remarks;
  if (first === undefined) return [];
  const places = remarks.reduce((sum, { spans }) => sum + Math.max(spans.length, 1), 0);
  const message = places === 1 ? first.message : `${first.message} (${places} places in this file)`;
  const [finding] = toFindings(
    rule,
    { ...first, severity: 'hint', message, spans: first.spans.slice(0, 1) },
    checked,
  );
  return finding === undefined ? [] : [finding];
}

const severities: Readonly<Record<string, Severity>> = {
  reject: 'error',
  validate: 'warning',
  suggest: 'information',
};

function toFindings(
  rule: Rule,
  { action, severity, message, spans, fixes = [], learnMore }: Remark,
  { file, text, lines }: CheckedText,
): readonly Finding[] {
  const usual = severities[action.type] ?? 'warning';
  const shown = action.type === 'reject' ? 'error' : (severity ?? action.severity ?? usual);
  const places = spans.length === 0 ? [lines.lineSpan(0)] : spans.slice(0, maxFindings);
  return places.map((span, index) => ({
    path: file.event.path,
    range: lines.toRange(visible(span, text)),
    severity: shown,
    code: `check.${action.type}`,
    message,
    rule: rule.name,
    ...(learnMore === undefined ? {} : { learnMore }),
    ...fixAt(fixes[index], lines),
  }));
}

function fixAt(edit: TextEdit | undefined, lines: LineMap): Pick<Finding, 'fix'> {
  return edit === undefined ? {} : { fix: { range: lines.toRange(edit.span), newText: edit.newText } };
}

/** A pattern may match between two characters; the one after that place is shown. */
function visible(span: Span, text: string): Span {
  if (span.end > span.start || /[\n\r]/.test(text[span.start] ?? '\n')) return span;
  return { start: span.start, end: span.start + 1 };
}

function compare(left: Finding, right: Finding): number {
  const [one, other] = [left.range.start, right.range.start];
  return one.line - other.line || one.character - other.character;
}
