/** A line that stands for code which was left out. */
export interface Elision {
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
}

/**
 * The first line that says "the rest stays as it is" instead of being the rest. Lines that also stand in `known`
 * (the text that is replaced) are the file's own and are no elision.
 */
export function findElision(text: string, known = ''): Elision | undefined {
  if (!mayElide.test(text)) return undefined;
  const own = new Set(known.split('\n').map((line) => line.trim()));
  const lines = text.split('\n');
  for (const [line, content] of lines.entries()) {
    const trimmed = content.trim();
    if (trimmed.length > 0 && trimmed.length <= maxLineChars && !own.has(trimmed) && isElision(trimmed)) {
      return { line, text: trimmed };
    }
  }
  return undefined;
}

const maxLineChars = 240;
const mayElide =
  /\.\.\.|…|unchanged|same|as before|omitted|elided|not shown|truncated|goes here|for brevity/i;
const opener = /^\{?\s?(?:\/\/+|#+|\/\*+|<!--|--|;+|%+|\*|"""|'''|\(\*|REM\b)\s*(.*)$/i;
const placeholder = /^[[<{(]\s?(?:\.{3}|…).*[\]>})]$/;
const dots = '(?:\\.{3,}|…)';
const rest = '(?:rest|remaining|remainder|existing|other|previous|original|unchanged|more|your)';
const thing = '(?:code|tests?|imports?|methods?|functions?|implementation|class|setup|content|file|same|etc)';
const verdict =
  '(?:(?:unchanged|(?:remains?|stays?|is|are|keeps?)\\s(?:the\\s)?(?:same|unchanged|as before|as is|as it was)|as before|omitted|elided|not shown|truncated|goes here)(?:\\s?(?:here|for brevity))?|for brevity)[.)\\]]*$';
const says: readonly RegExp[] = [
  new RegExp(`^${dots}$`),
  new RegExp(`^${dots}\\s?[([]?(?:(?:the|all|your|keep|and)\\s){0,3}(?:${rest}|${thing})\\b`, 'i'),
  new RegExp(`^[([]?(?:(?:the|all|keep)\\s){0,2}${rest}\\b.{0,60}${dots}[)\\]]?$`, 'i'),
  new RegExp(`^[([]?(?:${thing}|and so on)\\s?${dots}[)\\]]?$`, 'i'),
  new RegExp(`^[([]?(?:the\\s)?${rest}\\b[\\w\\s/-]{0,60}[(,]?\\s?${verdict}`, 'i'),
  new RegExp(
    `^[([]?${thing}\\b[\\w\\s]{0,20}\\b(?:omitted|elided|unchanged|truncated|not shown)(?: for brevity)?[.)\\]]*$`,
    'i',
  ),
  /^(?:omitted|elided|truncated|snipped?)(?: for brevity)?$/i,
];

function isElision(line: string): boolean {
  const comment = opener.exec(line)?.[1];
  if (comment === undefined)
    return placeholder.test(line) && says.some((pattern) => pattern.test(line.slice(1, -1).trim()));
  const words = comment.replace(/\s*(?:\*+\/|-->|"""|'''|\*\))?\}?\s*$/, '').trim();
  return says.some((pattern) => pattern.test(words));
}
