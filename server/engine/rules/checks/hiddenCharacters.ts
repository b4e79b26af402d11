import { findHiddenText, type HiddenText } from '../../safety/hiddenText.ts';
import type { RuleProblem } from '../rule.ts';

/** `rule.hidden-characters`: text that a model reads and a person does not see; the whole file is blocked. */
export function hiddenCharacters(text: string): readonly RuleProblem[] {
  const found = findHiddenText(text);
  const shown = found.slice(0, maxReports).map(toProblem);
  const rest = found.slice(maxReports).filter((each) => !each.onlySpace);
  const [first] = rest;
  if (first === undefined) return shown;
  const message = `${rest.length} more places in this file hold characters that nobody sees.`;
  return [...shown, { code: 'rule.hidden-characters', severity: 'error', message, span: first.span }];
}

const maxReports = 50;

function toProblem({ span, codePoints, decoded, onlySpace }: HiddenText): RuleProblem {
  const names = codePoints.slice(0, 4).map(renderCodePoint).join(' ');
  const more = codePoints.length > 4 ? ` and ${codePoints.length - 4} more` : '';
  const spelled = decoded === undefined ? '' : ` They spell “${decoded}”.`;
  const message = onlySpace
    ? `Unusual white space (${names}${more}); a plain space is probably meant.`
    : `Characters that nobody sees (${names}${more}).${spelled} The rule is blocked until they are removed.`;
  return { code: 'rule.hidden-characters', severity: onlySpace ? 'warning' : 'error', message, span };
}

function renderCodePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
