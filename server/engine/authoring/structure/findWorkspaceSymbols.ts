import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import type { Rule } from '../../rules/rule.ts';
import type { RuleDocument } from '../../rules/rule.ts';

export interface NamedRule {
  readonly document: RuleDocument;
  readonly rule: Rule;
}

const maxSymbols = 500;

/** Rules whose name holds the letters of the query in their order. */
export function findWorkspaceSymbols(catalog: RuleCatalog, query: string): readonly NamedRule[] {
  const letters = query.toLowerCase();
  const found: NamedRule[] = [];
  for (const document of catalog.documents()) {
    for (const rule of [document.file, ...document.blocks]) {
      if (holdsInOrder(rule.name.toLowerCase(), letters)) found.push({ document, rule });
      if (found.length >= maxSymbols) return found;
    }
  }
  return found;
}

function holdsInOrder(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + letter.length;
    if (at < letter.length) return false;
  }
  return true;
}
