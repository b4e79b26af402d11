/** A command line as arguments, or why it is none: goes on after "the command", without a full stop. */
export type SplitCommand =
  | { readonly kind: 'split'; readonly words: readonly string[] }
  | { readonly kind: 'invalid'; readonly reason: string };

/** What only a shell understands, where it stands alone or leads a word. */
const operators = /^(?:&&|\|\|?|;|&|[12]?>{1,2}|<|`|\$\()/u;

/**
 * Splits a line at white space. Quotes of both kinds hold a word together; a backslash keeps its meaning only before a
 * space, a quote, a semicolon and a backslash, so that paths of Windows stay what they are. What asks for a shell is refused rather
 * than handed to the program as a word.
 */
export function splitCommand(line: string): SplitCommand {
  const words: string[] = [];
  for (let at = skipSpace(line, 0); at < line.length; at = skipSpace(line, at)) {
    const operator = operators.exec(line.slice(at))?.[0];
    if (operator !== undefined)
      return invalid(
        `holds \`${operator}\`, which only a shell understands; write two actions, or set \`shell: true\``,
      );
    const word = readWord(line, at);
    if (word === undefined) return invalid('holds a quote that is not closed');
    words.push(word.text);
    at = word.end;
    if (line[at] === ';')
      return invalid('holds `;`, which only a shell understands; write two actions, or set `shell: true`');
  }
  return words.length === 0 ? invalid('is empty') : { kind: 'split', words };
}

function readWord(line: string, start: number): { readonly text: string; readonly end: number } | undefined {
  let text = '';
  let quote: string | undefined;
  let at = start;
  for (; at < line.length; at += 1) {
    const char = line[at] ?? '';
    const next = line[at + 1] ?? '';
    if (char === '\\' && quote !== "'" && isEscapable(next, quote)) {
      text += next;
      at += 1;
    } else if (char === quote) quote = undefined;
    else if (quote === undefined && (char === '"' || char === "'")) quote = char;
    else if (quote === undefined && (/\s/u.test(char) || (char === ';' && !/\S/u.test(next)))) break;
    else text += char;
  }
  return quote === undefined ? { text, end: at } : undefined;
}

function isEscapable(char: string, quote: string | undefined): boolean {
  return char === '\\' || char === '"' || (quote === undefined && /[' ;]/u.test(char));
}

function skipSpace(line: string, from: number): number {
  let at = from;
  while (at < line.length && /\s/u.test(line[at] ?? '')) at += 1;
  return at;
}

function invalid(reason: string): SplitCommand {
  return { kind: 'invalid', reason };
}
