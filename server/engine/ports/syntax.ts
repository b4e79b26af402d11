/** Asks a language's own parser whether a text parses; the text is never imported or run. */
export interface Syntax {
  /** Never rejects; a text whose check was aborted is `notChecked`. */
  check(file: SyntaxFile, signal: AbortSignal): Promise<SyntaxCheck>;
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
  /** `line` is zero-based. */
  | { readonly kind: 'broken'; readonly line: number; readonly message: string }
  /** No parser is at hand; `reason` names it. */
  | { readonly kind: 'notChecked'; readonly reason: string };
