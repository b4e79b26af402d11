import type { Captures } from './searchPattern.ts';

export interface ReplacedMatch extends Captures {
  readonly text: string;
  readonly start: number;
}

/**
 * What `String.prototype.replace` puts in the place of a match: `$$`, `$&`, `` $` ``, `$'`, `$1` to `$99` and `$<name>` are
 * replaced; a `$` that is none of these is text.
 */
export function expandReplacement(template: string, match: ReplacedMatch): string {
  // Without names `$<` is text, and what follows is read on its own.
  const references = match.named === undefined ? /\$(?:[$&`']|\d{1,2})/g : /\$(?:[$&`']|\d{1,2}|<[^>]*>)/g;
  return template.replaceAll(references, (written) => expandOne(written, match));
}

function expandOne(written: string, { groups, named, text, start }: ReplacedMatch): string {
  const whole = groups[0] ?? '';
  switch (written[1]) {
    case '$':
      return '$';
    case '&':
      return whole;
    case '`':
      return text.slice(0, start);
    case "'":
      return text.slice(start + whole.length);
    case '<':
      return named?.[written.slice(2, -1)] ?? '';
    default:
      return expandNumber(written, groups);
  }
}

/** Two digits where there are so many groups, else one digit and a text. */
function expandNumber(written: string, groups: readonly (string | undefined)[]): string {
  const isGroup = (index: number): boolean => index >= 1 && index < groups.length;
  const both = Number(written.slice(1));
  if (isGroup(both)) return groups[both] ?? '';
  const first = Number(written[1]);
  return written.length === 3 && isGroup(first) ? (groups[first] ?? '') + (written[2] ?? '') : written;
}

/** Whether a template asks for what a group matched. */
export function asksForGroups(template: string): boolean {
  return /\$[\d<]/.test(template);
}
