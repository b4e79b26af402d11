import { LayerCatalog } from '../engine/rules/catalog/layerCatalog.ts';
import { parseRuleDocument } from '../engine/rules/parseRuleDocument.ts';
import type { RuleDocument } from '../engine/rules/rule.ts';
import { builtinPath, isRulePath } from '../engine/rules/rulePaths.ts';

/** A catalog of files in memory; `builtin:NAME` is a bundled rule, and what is no rule file is there to be included. */
export function createTextCatalog(texts: Readonly<Record<string, string>>): LayerCatalog {
  const bundled = new Map<string, RuleDocument>();
  const files = new Map<string, string>();
  const own: RuleDocument[] = [];
  for (const [path, text] of Object.entries(texts)) {
    if (path.startsWith(builtinPath(''))) bundled.set(path, parseRuleDocument(path, text));
    else if (isRulePath(path)) own.push(parseRuleDocument(path, text));
    else files.set(path, text);
  }
  const catalog = new LayerCatalog({
    bundled,
    files: {
      exists: (path) => files.has(path),
      read: (path) => {
        const text = files.get(path);
        return text === undefined ? { kind: 'missing' } : { kind: 'text', text };
      },
    },
  });
  for (const document of own) catalog.set(document.path, document);
  return catalog;
}
