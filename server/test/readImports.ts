import { tokenizeTypeScript, type Token } from './tokenizeTypeScript.ts';

/** One module specifier in a source: of an import, a re-export, a dynamic import, an import type or a `require`. */
export interface ImportedModule {
  readonly specifier: string;
  /** From 1. */
  readonly line: number;
}

/** Everything that a TypeScript source imports, in source order. What stands in comments and strings is no import. */
export function readImports(source: string): readonly ImportedModule[] {
  const tokens = tokenizeTypeScript(source);
  return tokens.flatMap((token, index) => {
    const specifier =
      token.kind === 'word' && !isMember(tokens, index) ? findSpecifier(tokens, index) : undefined;
    return specifier ? [{ specifier: specifier.value, line: specifier.line }] : [];
  });
}

/** `rule.import` and `import: 1` are names, not statements. */
function isMember(tokens: readonly Token[], index: number): boolean {
  return tokens[index - 1]?.value === '.' || tokens[index + 1]?.value === ':';
}

function findSpecifier(tokens: readonly Token[], index: number): Token | undefined {
  const [keyword, next, afterNext] = tokens.slice(index, index + 3);
  const isCall = next?.value === '(' && afterNext?.kind === 'text';
  switch (keyword?.value) {
    case 'require':
      return isCall ? afterNext : undefined;
    case 'import':
      if (isCall) return afterNext;
      return next?.kind === 'text' ? next : findFromClause(tokens, index + 1);
    case 'export':
      return findFromClause(tokens, index + 1);
    default:
      return undefined;
  }
}

/** The names between `import` or `export` and `from` are words, commas, braces and a star; anything else is code. */
function findFromClause(tokens: readonly Token[], start: number): Token | undefined {
  for (let index = start; index < tokens.length; index += 1) {
    const [token, next] = [tokens[index], tokens[index + 1]];
    if (token?.value === 'from' && next?.kind === 'text') return next;
    if (token?.kind !== 'word' && !['{', '}', ',', '*'].includes(token?.value ?? '')) return undefined;
  }
  return undefined;
}
