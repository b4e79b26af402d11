import type { FolderCheck } from './folderCheck.ts';

/** `rule.long-body`: the text of the rule alone takes more tokens than the rule may spend in all. */
export const longBody: FolderCheck = ({ document: { file }, catalog }) => {
  if (!file.written.has('budget') && file.extends.length === 0) return [];
  const { budget, body } = catalog.effective(file.id)?.rule ?? file;
  const tokens = Math.ceil(body.length / charactersPerToken);
  if (budget.tokens === undefined || budget.tokens === 0 || tokens <= budget.tokens) return [];
  const message = `The text of this rule takes about ${tokens} tokens, and its budget allows ${budget.tokens} for the whole run: shorten it, or raise \`tokens\`.`;
  const span = file.written.get('budget') ?? { start: file.span.start, end: file.span.start + 3 };
  return [{ code: 'rule.long-body', severity: 'warning', message, span }];
};

/** Prose in English has four to five. */
const charactersPerToken = 4;
