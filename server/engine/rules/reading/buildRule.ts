import type { Located, Span } from '../../documents/span.ts';
import { faultChecks } from '../checks/allChecks.ts';
import type { EventName, Filter, Rule, RuleKind, RuleProblem } from '../rule.ts';
import { neutralise } from '../../safety/neutralise.ts';
import { findFault, findSwitchedOff } from '../inheritance/inactiveReasons.ts';
import { readRulePath } from '../rulePaths.ts';
import { parseEventPattern } from '../vocabulary/events.ts';
import { createRule, type RuleIdentity } from './createRule.ts';
import type { Draft } from './draft.ts';
import type { Reading } from './reading.ts';

/** Frontmatter that was read, and the places of the file's parts. */
export interface Header {
  readonly draft: Draft;
  readonly span: Span;
  readonly body: Span;
  readonly isLegacy: boolean;
}

export interface BuiltRule {
  readonly rule: Rule;
  readonly draft: Draft;
  /** What was found so far of this rule alone; those of the frontmatter are with the file. */
  readonly problems: readonly RuleProblem[];
}

export interface FileRuleSource {
  /** Of the frontmatter. */
  readonly reading: Reading;
  readonly header: Header;
  readonly path: string;
  /** Faults of the file as a whole. */
  readonly documentProblems: readonly RuleProblem[];
}

const none: readonly never[] = [];

export function buildFileRule({ reading, header, path, documentProblems }: FileRuleSource): BuiltRule {
  const { draft } = header;
  const { name, scope } = readRulePath(path);
  const identity: RuleIdentity = {
    form: 'file',
    id: path,
    path,
    name: shownName(draft, name),
    kind: kindOf(draft),
    scope,
    extends: draft.extends ?? none,
    globs: draft.globs ?? none,
    alwaysApply: draft.alwaysApply ?? false,
    on: draft.on ?? none,
    priority: draft.priority ?? draft.metadataPriority ?? 0,
    body: reading.text.slice(header.body.start, header.body.end),
    span: header.span,
  };
  const rule = createRule(identity, draft, draft);
  const problems = findFaults(reading.text, rule, draft);
  const settled = settle(rule, draft, [...documentProblems, ...reading.problems, ...problems]);
  return { rule: settled, draft, problems };
}

export interface BlockRuleSource extends FileRuleSource {
  /** Of the block. */
  readonly reading: Reading;
  readonly draft: Draft;
  readonly span: Span;
  /** Counts from 1 in source order. */
  readonly number: number;
}

export function buildBlockRule(source: BlockRuleSource): BuiltRule {
  const { reading, header, draft, path, span } = source;
  const shared = header.draft;
  const { name, scope } = readRulePath(path);
  const globs = shared.globs ?? none;
  const filters = draft.filters ?? none;
  const { text } = reading;
  const identity: RuleIdentity = {
    form: 'block',
    id: `${path}#${source.number}`,
    path,
    name: shownName(draft, `${name}#${source.number}`),
    kind: globs.length > 0 ? 'autoAttached' : 'manual',
    scope,
    extends: none,
    globs,
    alwaysApply: false,
    on: eventsOf(filters) ?? shared.on ?? none,
    priority: shared.priority ?? draft.metadataPriority ?? 0,
    body: '',
    span,
  };
  const rule = createRule(identity, shared, draft);
  const problems = [...reading.problems, ...findFaults(text, rule, draft)];
  const inherited = frontmatterFault(shared, source.documentProblems);
  return { rule: settle(rule, shared, [...inherited, ...problems]), draft, problems };
}

/** What the checks find that makes the rule inactive. */
function findFaults(text: string, rule: Rule, draft: Draft): readonly RuleProblem[] {
  const checked = { text, rule, draft };
  return faultChecks.flatMap((check) => check(checked));
}

/** Cursor's kinds, decided in its order. */
function kindOf(draft: Draft): RuleKind {
  if (draft.alwaysApply === true) return 'always';
  if (draft.globs !== undefined && draft.globs.length > 0) return 'autoAttached';
  return draft.description ? 'agentRequested' : 'manual';
}

/** The events that a block's own filters name; undefined when it has no such filter. */
function eventsOf(filters: readonly Filter[]): readonly Located<EventName>[] | undefined {
  const named = filters.filter((filter) => filter.type === 'event' && !filter.negate);
  if (named.length === 0) return undefined;
  return named.flatMap(({ pattern, span }) =>
    parseEventPattern(pattern).events.map((value) => ({ value, span })),
  );
}

const blockKeys = [
  '*',
  'globs',
  'on',
  'origin',
  'debounce',
  'skip',
  'priority',
  'model',
  'budget',
  'approval',
  'enabled',
  'abstract',
];

/** A block stands on values of the frontmatter: with one of them broken it would fire elsewhere than meant. */
function frontmatterFault(shared: Draft, documentProblems: readonly RuleProblem[]): readonly RuleProblem[] {
  if (!blockKeys.some((key) => shared.failed.has(key))) return documentProblems;
  const message = 'The frontmatter, of which this block takes values, has an error.';
  return [
    ...documentProblems,
    { code: 'rule.bad-yaml', severity: 'error', message, span: { start: 0, end: 0 } },
  ];
}

/** `switches`: whose `enabled` and `abstract` count. */
function settle(rule: Rule, switches: Draft, problems: readonly RuleProblem[]): Rule {
  const fault = findFault(problems);
  const reason = fault ?? findSwitchedOff(switches);
  if (reason === undefined) return rule;
  return { ...rule, active: false, inactiveReason: reason, ...(fault === undefined ? {} : { fault }) };
}

/** One line without anything unseen: a name stands in questions to the person, where it must not say more than a name. */
function shownName(draft: Draft, fallback: string): string {
  const own = draft.name === undefined ? '' : oneLine(draft.name);
  return own === '' ? oneLine(fallback) : own;
}

function oneLine(name: string): string {
  return plainName.test(name) ? name : neutralise(name).replace(/\s+/gu, ' ').trim();
}

/** ASCII words with single spaces between them. */
const plainName = /^[\x21-\x7E]+(?: [\x21-\x7E]+)*$/;
