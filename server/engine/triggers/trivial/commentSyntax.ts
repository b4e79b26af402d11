/** How comments and strings are written in a language: just enough to tell code from what is none. */
export interface CommentSyntax {
  /** Begins a comment that ends with the line. */
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Of strings, longer ones first: those in `multiline` may hold line breaks, the others end with the line. */
  readonly quotes: readonly string[];
  readonly multiline: readonly string[];
  /** Strings without `\` as an escape. */
  readonly raw: readonly string[];
  /** Whether the depth of a line says what it belongs to. */
  readonly indented: boolean;
  /** Whether `/` may begin a regular expression, and a backtick a text with code in `${}`. */
  readonly script: boolean;
}

const curly: CommentSyntax = {
  line: ['//'],
  block: [['/*', '*/']],
  quotes: ['"', "'"],
  multiline: [],
  raw: [],
  indented: false,
  script: false,
};

const script: CommentSyntax = { ...curly, quotes: ['"', "'", '`'], multiline: ['`'], script: true };

/**
 * By language id. A language whose strings or comments need more than this is not here: JSX and HTML hold texts without
 * quotes, YAML and Ruby texts that only their depth or a word ends, Rust and C++ strings with chosen ends.
 */
const syntaxes: Readonly<Record<string, CommentSyntax>> = {
  c: curly,
  javascript: script,
  typescript: script,
  java: { ...curly, quotes: ['"""', '"', "'"], multiline: ['"""'] },
  go: { ...curly, quotes: ['"', "'", '`'], multiline: ['`'], raw: ['`'] },
  css: { ...curly, line: [] },
  jsonc: { ...curly, quotes: ['"'] },
  json: { ...curly, line: [], block: [], quotes: ['"'] },
  python: {
    line: ['#'],
    block: [],
    quotes: ['"""', "'''", '"', "'"],
    multiline: ['"""', "'''"],
    raw: [],
    indented: true,
    script: false,
  },
  toml: {
    line: ['#'],
    block: [],
    quotes: ['"""', "'''", '"', "'"],
    multiline: ['"""', "'''"],
    raw: ["'''", "'"],
    indented: false,
    script: false,
  },
};

export function commentSyntaxOf(language: string | undefined): CommentSyntax | undefined {
  return language === undefined || !Object.hasOwn(syntaxes, language) ? undefined : syntaxes[language];
}
