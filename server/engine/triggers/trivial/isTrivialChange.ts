import { languageOf } from '../filters/languageOf.ts';
import { commentSyntaxOf, type CommentSyntax } from './commentSyntax.ts';

/**
 * Whether only comments and white space differ. What is not known to be so is not trivial: a language without a known
 * syntax, and code that was only moved to another line.
 */
export function isTrivialChange(path: string, before: string, after: string): boolean {
  if (before === after) return true;
  const syntax = commentSyntaxOf(languageOf(path));
  return syntax !== undefined && codeOf(before, syntax) === codeOf(after, syntax);
}

/** The text without comments, empty lines and white space that means nothing. */
function codeOf(text: string, syntax: CommentSyntax): string {
  const code = new CodeText(syntax.indented);
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    const comment = commentEnd(text, at, syntax, code.tail);
    const literal = comment === undefined ? literalEnd(text, at, syntax, code.tail) : undefined;
    if (comment !== undefined) {
      // A comment between two words parts them.
      code.addSpace(' ');
      if (/[\n\r]/.test(text.slice(at, comment))) code.endLine();
    } else if (literal !== undefined) {
      // Between marks that no code holds, so that white space in it is never mistaken for white space around it.
      code.add(`\u0001${text.slice(at, literal)}\u0002`);
    } else if (char === '\n' || char === '\r') code.endLine();
    else if (char === ' ' || char === '\t') code.addSpace(char);
    else code.add(char);
    at = comment ?? literal ?? at + 1;
  }
  code.endLine();
  return code.pieces.join('');
}

/** Code as it is written down again, line by line. */
class CodeText {
  readonly pieces: string[] = [];
  readonly #indented: boolean;
  /** The end of the line so far, as much as says what may follow. */
  tail = '';
  #space = '';

  constructor(indented: boolean) {
    this.#indented = indented;
  }

  add(piece: string): void {
    if (this.#space !== '') this.pieces.push(this.#space);
    this.pieces.push(piece);
    this.tail = `${this.tail}${this.#space}${piece}`.slice(-24);
    this.#space = '';
  }

  /** White space that ends a line means nothing, so it is held back. */
  addSpace(char: string): void {
    if (this.tail !== '') this.#space = ' ';
    else if (this.#indented) this.#space += char;
  }

  endLine(): void {
    if (this.tail !== '') this.pieces.push('\n');
    this.tail = '';
    this.#space = '';
  }
}

/** Where the comment that begins here ends; undefined: none begins here. */
function commentEnd(text: string, at: number, syntax: CommentSyntax, tail: string): number | undefined {
  for (const open of syntax.line) {
    // `#!` at the top names the program that runs the file; `://` belongs to an address.
    if (!text.startsWith(open, at) || text.startsWith('#!', at) || tail.endsWith(':')) continue;
    return endOfLine(text, at);
  }
  for (const [open, close] of syntax.block) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return end < 0 ? text.length : end + close.length;
  }
  return undefined;
}

/** Where the string or regular expression that begins here ends; undefined: none begins here. */
function literalEnd(text: string, at: number, syntax: CommentSyntax, tail: string): number | undefined {
  if (at === 0 && text.startsWith('#!')) return endOfLine(text, at);
  if (syntax.script && text[at] === '`') return templateEnd(text, at);
  if (syntax.script && text[at] === '/') return beginsExpression(tail) ? regexEnd(text, at) : undefined;
  const quote = syntax.quotes.find((each) => text.startsWith(each, at));
  if (quote === undefined) return undefined;
  return stringEnd(text, at, {
    quote,
    multiline: syntax.multiline.includes(quote),
    raw: syntax.raw.includes(quote),
  });
}

interface StringForm {
  readonly quote: string;
  readonly multiline: boolean;
  readonly raw: boolean;
}

/** One that is not closed ends with its line, or with the text. */
function stringEnd(text: string, from: number, { quote, multiline, raw }: StringForm): number {
  let at = from + quote.length;
  while (at < text.length) {
    if (text.startsWith(quote, at)) return at + quote.length;
    const char = text[at];
    if (!multiline && (char === '\n' || char === '\r')) return at;
    at += char === '\\' && !raw ? 2 : 1;
  }
  return text.length;
}

/** To its last backtick, with everything in it, so that code and comments in `${}` count as they are written. */
function templateEnd(text: string, from: number): number {
  const open: ('`' | '{')[] = ['`'];
  let at = from + 1;
  while (at < text.length) {
    const char = text[at];
    const inText = open.at(-1) === '`';
    if (char === '\\') at += 1;
    else if (char === '`' && inText) {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (char === '`') open.push('`');
    else if (inText && char === '$' && text[at + 1] === '{') {
      open.push('{');
      at += 1;
    } else if (!inText && char === '{') open.push('{');
    else if (!inText && char === '}') open.pop();
    else if (!inText && (char === '"' || char === "'"))
      at = stringEnd(text, at, { quote: char, multiline: false, raw: false }) - 1;
    at += 1;
  }
  return text.length;
}

/** Whether a value is due, so that `/` is no division. */
function beginsExpression(tail: string): boolean {
  return /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield))\s*$/.test(
    tail,
  );
}

/** undefined: it is not closed on its line, so it is a division after all. */
function regexEnd(text: string, from: number): number | undefined {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n' || char === '\r') return undefined;
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return undefined;
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return end;
}
