/** What parsers say about a text; the text is never imported or run. */
export interface Syntax {
  /** Whether a text parses. Never rejects; a text whose check was aborted is `notChecked`. */
  check(file: SyntaxFile, signal: AbortSignal): Promise<SyntaxCheck>;
  /** The syntax tree of a text. Never rejects; after an abort there is no tree. */
  parse(file: Pick<SyntaxFile, 'path' | 'text'>, signal: AbortSignal): Promise<SyntaxParse>;
}

export interface SyntaxFile {
  /** Its extension chooses the parser. */
  readonly path: string;
  readonly text: string;
  /** How a `.js` file is read; undefined: nobody knows, and the text must parse as one of both. */
  readonly moduleType?: 'module' | 'commonjs';
}

export type SyntaxCheck =
  | { readonly kind: 'parsed' }
  /** In source order; at most some dozens. */
  | { readonly kind: 'broken'; readonly faults: readonly [SyntaxFault, ...SyntaxFault[]] }
  /** No parser is at hand; `reason` names it. */
  | { readonly kind: 'notChecked'; readonly reason: string };

/** A place where a text does not parse. */
export interface SyntaxFault {
  /** Zero-based. */
  readonly line: number;
  readonly message: string;
  /** Offsets in UTF-16 units; undefined: the parser only tells the line. */
  readonly span?: { readonly start: number; readonly end: number };
}

export type SyntaxParse =
  | { readonly kind: 'tree'; readonly root: SyntaxNode; readonly language: GrammarLanguage }
  /** No grammar is at hand, or the text is larger than trees are made for; `reason` says which. */
  | { readonly kind: 'none'; readonly reason: string };

/** Languages whose grammar is shipped. */
export type GrammarLanguage = 'go' | 'java' | 'javascript' | 'python' | 'rust' | 'tsx' | 'typescript';

/** A node of a syntax tree, in the words of the language's tree-sitter grammar. */
export interface SyntaxNode {
  /** `ERROR` where the text does not parse. */
  readonly type: string;
  /** Whether it is a construct of the language; otherwise a word or sign that is written as `type` says. */
  readonly isNamed: boolean;
  /** Its part in the node above, such as `name` or `body`. */
  readonly field: string | undefined;
  /** Offsets in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}
