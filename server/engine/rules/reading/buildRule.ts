import type { Located, Span } from '../../documents/span.ts';
import { allChecks } from '../checks/allChecks.ts';
import type { EventName, Filter, Rule, RuleKind, RuleProblem } from '../rule.ts';
import { neutralise } from '../../safety/neutralise.ts';
import { readRulePath } from '../rulePaths.ts';
import { parseEventPattern } from '../vocabulary/events.ts';
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
  /** Of this rule alone; those of the frontmatter are with the file. */
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

const defaultDebounceMs = 200;

export function buildFileRule({ reading, header, path, documentProblems }: FileRuleSource): BuiltRule {
  const { draft } = header;
  const { name, scope } = readRulePath(path);
  const globs = draft.globs ?? [];
  const rule: Rule = {
    ...sharedValues(draft),
    ...ownValues(draft),
    form: 'file',
    id: path,
    path,
    name: shownName(draft, name),
    kind: kindOf(draft),
    scope,
    extends: draft.extends ?? [],
    globs,
    alwaysApply: draft.alwaysApply ?? false,
    on: draft.on ?? [],
    priority: draft.priority ?? draft.metadataPriority ?? 0,
    body: reading.text.slice(header.body.start, header.body.end),
    source: reading.text,
    span: header.span,
    written: draft.written,
    active: true,
  };
  const problems = runChecks(reading.text, rule, draft);
  return { rule: settle(rule, draft, [...documentProblems, ...reading.problems, ...problems]), problems };
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
  const globs = shared.globs ?? [];
  const filters = draft.filters ?? [];
  const { text } = reading;
  const rule: Rule = {
    ...sharedValues(shared),
    ...ownValues(draft),
    form: 'block',
    id: `${path}#${source.number}`,
    path,
    name: shownName(draft, `${name}#${source.number}`),
    kind: globs.length > 0 ? 'autoAttached' : 'manual',
    scope,
    extends: [],
    globs,
    alwaysApply: false,
    on: eventsOf(filters) ?? shared.on ?? [],
    priority: shared.priority ?? draft.metadataPriority ?? 0,
    body: '',
    source: `${text.slice(header.span.start, header.span.end)}\n${text.slice(span.start, span.end)}`,
    span,
    written: draft.written,
    active: true,
  };
  const problems = [...reading.problems, ...runChecks(text, rule, draft)];
  const inherited = frontmatterFault(shared, source.documentProblems);
  return { rule: settle(rule, shared, [...inherited, ...problems]), problems };
}

function runChecks(text: string, rule: Rule, draft: Draft): readonly RuleProblem[] {
  return allChecks.flatMap((check) => check({ text, rule, draft }));
}

/** What a block takes from the frontmatter, with the defaults. */
function sharedValues(draft: Draft) {
  return {
    origin: draft.origin,
    debounceMs: draft.debounceMs ?? defaultDebounceMs,
    skipTrivial: draft.skipTrivial ?? false,
    model: draft.model,
    budget: draft.budget ?? {},
    approval: draft.approval,
    abstract: draft.abstract ?? false,
    enabled: draft.enabled ?? true,
  };
}

/** What a block never takes from the frontmatter. */
function ownValues(draft: Draft) {
  return {
    description: draft.description ?? '',
    filters: draft.filters ?? [],
    actions: draft.actions ?? [],
    version: draft.version ?? draft.metadataVersion,
    metadata: draft.metadata ?? {},
  };
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
  const reason = findInactiveReason(rule, switches, problems);
  return reason === undefined ? rule : { ...rule, active: false, inactiveReason: reason };
}

function findInactiveReason(
  rule: Rule,
  switches: Draft,
  problems: readonly RuleProblem[],
): string | undefined {
  const error = problems.find((problem) => problem.severity === 'error');
  if (error !== undefined) return `it has an error (${error.code}): ${error.message.replace(/\.$/, '')}`;
  if (switches.enabled === false) return 'it is switched off by `enabled: false`';
  if (switches.abstract === true) return 'it is abstract: it is there to be extended and never fires';
  const inherits = switches.extends !== undefined && switches.extends.length > 0;
  if (rule.form === 'file' && inherits && (rule.on.length > 0 || rule.actions.length > 0)) {
    return 'it extends another rule, and rules do not inherit yet';
  }
  return undefined;
}

/** One line without anything unseen: a name stands in questions to the person, where it must not say more than a name. */
function shownName(draft: Draft, fallback: string): string {
  const [own = '', other = ''] = [draft.name ?? '', fallback].map((name) =>
    neutralise(name).replace(/\s+/gu, ' ').trim(),
  );
  return own === '' ? other : own;
}
