import type { FolderCheck } from './folderCheck.ts';

/** `rule.no-actions`: events fire the rule, and there is nothing that it would do, by itself or by what it inherits. */
export const missingActions: FolderCheck = ({ document: { path, file }, catalog }) => {
  if (!file.active || (file.on.length === 0 && file.extends.length === 0)) return [];
  const rules = catalog.effectiveRules(path).map(({ rule }) => rule);
  const [own, ...blocks] = rules;
  // A block takes its events from the frontmatter.
  if (own === undefined || own.on.length === 0 || own.actions.length > 0 || blocks.length > 0) return [];
  // With a parent missing nobody knows what actions there are; and what is extended may leave them to its children.
  const problems = catalog.effective(file.id)?.problems ?? [];
  if (problems.some(({ severity }) => severity === 'error')) return [];
  if (catalog.referrers(path).some(({ reference }) => reference.kind === 'parent')) return [];
  const events = own.on.map(({ value }) => `\`${value}\``).join(', ');
  const message = `Nothing happens on ${events}: this rule has no \`actions\`. Write one, or drop \`on\` if the rule only guides; its text is in prompts without it too.`;
  const span = file.written.get('on') ?? file.extends[0]?.span ?? file.span;
  return [{ code: 'rule.no-actions', severity: 'hint', message, span }];
};
