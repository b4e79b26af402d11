import type { Span } from '../../documents/span.ts';
import type { Condition, Rule, RuleDocument } from '../rule.ts';
import { isCheckAction } from '../modelActions.ts';

/** A rule, or a part of it, that stands under a key in the index of the folder. */
export interface PeerEntry {
  readonly rule: Rule;
  readonly span: Span;
}

/** Shorter texts are alike by chance: a heading, or nothing but a reference. */
const minBodyLength = 60;

// Asked for whenever problems are, and a text is long.
const bodyKeys = new WeakMap<Rule, string | undefined>();

/** Rules with one text share it, and hardly others; undefined for a text that is too short to say much. */
export function bodyKey(rule: Rule): string | undefined {
  if (rule.form === 'block' || rule.body.length < minBodyLength) return undefined;
  if (bodyKeys.has(rule)) return bodyKeys.get(rule);
  const body = rule.body.trim();
  const key = body.length < minBodyLength ? undefined : `body ${body.length} ${hashText(body)}`;
  bodyKeys.set(rule, key);
  return key;
}

/** Whether two rules with one body key have the same text. */
export function isSameBody(left: Rule, right: Rule): boolean {
  return left.body.trim() === right.body.trim();
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Rules of one scope with one name share it. */
export function nameKey(rule: Rule): string {
  return `name ${rule.scope}\n${rule.name}`;
}

/** Conditions that look for one pattern in the same files share it. */
export function conditionKey(
  rule: Rule,
  { pattern, target }: Condition,
  side: 'demanded' | 'rejected',
): string {
  const globs = rule.globs
    .map(({ value }) => value)
    .toSorted()
    .join('\n');
  return `condition ${side} ${target} ${rule.scope}\n${globs}\n\n${pattern ?? ''}`;
}

/** The conditions of a rule that say something alone, each with what it asks for. */
export function standingConditions(
  rule: Rule,
): readonly { readonly condition: Condition; readonly side: 'demanded' | 'rejected' }[] {
  return rule.actions
    .filter(({ type }) => isCheckAction(type))
    .flatMap(({ conditions }) =>
      conditions.filter(({ message }) => message !== undefined || conditions.length === 1),
    )
    .filter(({ explicit, pattern }) => pattern !== undefined && (explicit || rule.form === 'file'))
    .map((condition) => ({ condition, side: condition.must === 'present' ? 'demanded' : 'rejected' }));
}

/** The entries of a file in the index, drafts included: which files are live is a setting. */
export function peerEntries({ file, blocks }: RuleDocument): readonly (readonly [string, PeerEntry])[] {
  const entries: (readonly [string, PeerEntry])[] = [];
  const body = bodyKey(file);
  if (body !== undefined && file.active) entries.push([body, { rule: file, span: file.span }]);
  for (const rule of [file, ...blocks]) {
    entries.push([nameKey(rule), { rule, span: rule.written.get('name') ?? rule.span }]);
    if (!rule.active) continue;
    for (const { condition, side } of standingConditions(rule)) {
      entries.push([conditionKey(rule, condition, side), { rule, span: condition.span }]);
    }
  }
  return entries;
}
