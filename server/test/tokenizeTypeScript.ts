export interface Token {
  readonly kind: 'word' | 'text' | 'sign';
  /** Of a text: what stands between its quotes. */
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

const patterns = {
  space: /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)+/y,
  text: /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"/y,
  word: /[\p{L}\p{N}_$#]+/uy,
  regex: /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
  templateText: /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y,
};

/** Splits a source into words, texts and signs; comments, template texts and regular expressions are left out. */
export function tokenizeTypeScript(source: string): readonly Token[] {
  return new Tokenizer(source).run();
}

class Tokenizer {
  readonly #source: string;
  readonly #tokens: Token[] = [];
  /** For each open template literal, how many braces are open inside its current `${`. */
  readonly #templates: number[] = [];
  #at = 0;
  #line = 1;

  constructor(source: string) {
    this.#source = source;
  }

  run(): readonly Token[] {
    for (;;) {
      this.#skip(this.#match(patterns.space) ?? '');
      if (this.#at >= this.#source.length) return this.#tokens;
      this.#readToken();
    }
  }

  #readToken(): void {
    const text = this.#match(patterns.text);
    if (text !== undefined) return this.#push('text', text, text.slice(1, -1));
    const word = this.#match(patterns.word);
    if (word !== undefined) return this.#push('word', word, word);
    const regex = mayStartRegex(this.#tokens.at(-1)) ? this.#match(patterns.regex) : undefined;
    if (regex !== undefined) return this.#push('sign', regex, '/');
    return this.#readSign(this.#source.charAt(this.#at));
  }

  #readSign(sign: string): void {
    const depth = this.#templates.at(-1);
    if (sign === '`') return this.#skipTemplateText();
    if (sign === '}' && depth === 0) {
      this.#templates.pop();
      return this.#skipTemplateText();
    }
    if (depth !== undefined && sign === '{') this.#templates[this.#templates.length - 1] = depth + 1;
    if (depth !== undefined && sign === '}') this.#templates[this.#templates.length - 1] = depth - 1;
    return this.#push('sign', sign, sign);
  }

  /** Goes to the template's end or to the code inside its next `${`. */
  #skipTemplateText(): void {
    this.#skip(this.#source.charAt(this.#at));
    const text = this.#match(patterns.templateText) ?? '';
    if (text.endsWith('${')) this.#templates.push(0);
    this.#push('sign', text, '`');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#source)?.[0];
  }

  #push(kind: Token['kind'], text: string, value: string): void {
    this.#tokens.push({ kind, value, line: this.#line });
    this.#skip(text);
  }

  #skip(text: string): void {
    this.#at += text.length;
    this.#line += text.split('\n').length - 1;
  }
}

/** After a value a slash divides; after an operator or a keyword such as `return` it starts a regular expression. */
function mayStartRegex(previous: Token | undefined): boolean {
  if (!previous) return true;
  if (previous.kind === 'word')
    return ['return', 'typeof', 'case', 'of', 'in', 'await'].includes(previous.value);
  return previous.kind === 'sign' && !['`', ')', ']', '}', '/'].includes(previous.value);
}
