import type { LayerCatalog } from './catalog/layerCatalog.ts';
import type { Rule } from './rule.ts';
import { builtinPath } from './rulePaths.ts';

export type RuleLookup =
  | { readonly kind: 'found'; readonly rule: Rule }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'ambiguous'; readonly rules: readonly Rule[]; readonly message: string };

export interface RulesByName {
  readonly catalog: LayerCatalog;
  /** Names of the bundled rules that act here. */
  readonly used: readonly string[];
  readonly isLive: (path: string) => boolean;
}

/** By id, or by name: live rules of the folder first, then its others, then bundled ones. */
export function findRuleNamed(idOrName: string, { catalog, used, isLive }: RulesByName): RuleLookup {
  const own = catalog.documents().flatMap(({ path }) => catalog.rulesOf(path));
  const bundled = used.flatMap((name) => catalog.rulesOf(builtinPath(name)));
  const byId = [...own, ...bundled].find((rule) => rule.id === idOrName);
  if (byId !== undefined) return { kind: 'found', rule: byId };
  for (const rules of [own.filter(({ path }) => isLive(path)), own, bundled]) {
    const named = rules.filter((rule) => rule.name === idOrName);
    if (named.length > 0) return choose(idOrName, named);
  }
  return { kind: 'missing', message: explainMissing(idOrName, catalog) };
}

function explainMissing(name: string, catalog: LayerCatalog): string {
  const inLibrary = catalog.document(builtinPath(name.replace(/^builtin:/, ''))) !== undefined;
  const hint = inLibrary
    ? ' A bundled rule has this name: switch it on in the setting codegenLab.rules.builtin.'
    : '';
  return `No rule of this folder is called “${name}”.${hint}`;
}

/** A file and a block in it often share a name; the one that does something is meant then, and not one that is only extended. */
function choose(name: string, named: readonly Rule[]): RuleLookup {
  const concrete = prefer(named, ({ abstract }) => !abstract);
  const acting = prefer(concrete, (rule) => rule.actions.length > 0);
  const [only, ...others] = acting;
  if (only !== undefined && others.length === 0) return { kind: 'found', rule: only };
  const ids = named.map((rule) => rule.id).join(', ');
  return {
    kind: 'ambiguous',
    rules: named,
    message: `Several rules are called “${name}”: use one of the ids ${ids}.`,
  };
}

function prefer(rules: readonly Rule[], isBetter: (rule: Rule) => boolean): readonly Rule[] {
  const better = rules.filter(isBetter);
  return better.length > 0 ? better : rules;
}
