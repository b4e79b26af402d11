import type { RuleCatalog } from '../ruleCatalog.ts';
import type { Rule, RuleProblem } from '../rule.ts';
import type { FolderCheck, FolderView } from './folderCheck.ts';
import { nameKey } from './peerKeys.ts';

/** `rule.duplicate-name`: another rule of the same scope has the name too; a reference to it would be ambiguous. */
export const duplicateName: FolderCheck = (view) => {
  const { document, isLive } = view;
  if (!isLive(document.path)) return [];
  return [document.file, ...document.blocks].flatMap((rule) => checkOne(view, rule));
};

function checkOne({ peers, catalog }: FolderView, rule: Rule): readonly RuleProblem[] {
  const others = peers
    .find(nameKey(rule))
    .filter((entry) => isRival(rule, entry.rule) && !replaces(catalog, rule, entry.rule));
  const [other] = others;
  if (other === undefined) return [];
  const message = `${others.length === 1 ? 'Another rule is' : `${others.length} other rules are`} called \`${rule.name}\` too, such as ${other.rule.id}: give this one a \`name\` of its own before it is referred to.`;
  const related = others
    .slice(0, 5)
    .map(({ rule: { path }, span }) => ({ path, span, message: 'Has the same name.' }));
  const span = rule.written.get('name') ?? firstLine(rule);
  return [{ code: 'rule.duplicate-name', severity: 'hint', message, span, related }];
}

/** A file and its first block often share a name, and the block is meant by it. */
function isRival(rule: Rule, other: Rule): boolean {
  return other.id !== rule.id && (other.path !== rule.path || other.form === rule.form);
}

/** A block takes the place of an inherited one by having its name. */
function replaces(catalog: RuleCatalog, rule: Rule, other: Rule): boolean {
  const inherits = (from: Rule, to: Rule) => catalog.effective(from.path)?.lineage.includes(to.path) ?? false;
  return rule.form === 'block' && other.form === 'block' && (inherits(rule, other) || inherits(other, rule));
}

function firstLine({ span: { start, end } }: Rule) {
  return { start, end: Math.min(end, start + 3) };
}
