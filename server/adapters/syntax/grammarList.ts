import type { GrammarLanguage } from '../../engine/ports/syntax.ts';

/**
 * The grammars that are shipped, by the endings of the files that they read: those of `@vscode/tree-sitter-wasm` for
 * languages whose tests we run, and Java. Its grammar for CSS is left out, since it refuses what browsers read, such as
 * `@media (width > 1px)`; style sheets have a parser of their own.
 */
const endings: Readonly<Record<GrammarLanguage, RegExp>> = {
  go: /\.go$/i,
  java: /\.java$/i,
  javascript: /\.(?:[cm]?js|jsx)$/i,
  python: /\.pyi?$/i,
  rust: /\.rs$/i,
  tsx: /\.tsx$/i,
  typescript: /\.[cm]?ts$/i,
};

export const grammarLanguages = Object.keys(endings) as readonly GrammarLanguage[];

/** undefined: no grammar is at hand for files of this name. */
export function grammarOf(path: string): GrammarLanguage | undefined {
  return grammarLanguages.find((language) => endings[language].test(path));
}
