import { foldersUpwards } from '../../rules/references/resolveReference.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import { builtinPath } from '../../rules/rulePaths.ts';

/**
 * Why the rule of a file cannot be called so, as a whole sentence: a reference by name, to it or to another rule, would
 * name two rules or another one than before. undefined where all references stay right.
 */
export function findNameClash(
  catalog: RuleCatalog,
  { path, file }: RuleDocument,
  name: string,
): string | undefined {
  const unclear = mistaken(catalog, path, { from: file.name, to: name }) ?? misled(catalog, path, name);
  return unclear === undefined
    ? undefined
    : `Another rule or file is called ${name} already, and ${unclear} would no longer name the one it means: take another name.`;
}

/** A file that would find another rule by the new name. */
function mistaken(
  catalog: RuleCatalog,
  path: string,
  names: { readonly from: string; readonly to: string },
): string | undefined {
  return catalog.referrers(path).find((referrer) => {
    if (!isByName(referrer.reference, names.from)) return false;
    const found = catalog.resolve({ ...referrer.reference, target: names.to }, referrer.path);
    return found.kind !== 'missing' && !('path' in found && found.path === path);
  })?.path;
}

/** A file that names another rule so, and would find this one at the same distance or nearer. */
function misled(catalog: RuleCatalog, path: string, name: string): string | undefined {
  const scope = catalog.document(path)?.file.scope ?? '';
  const namesakes = catalog
    .documents()
    .filter(
      (other) => other.path !== path && other.file.name === name && other.file.scope.length <= scope.length,
    );
  return [...namesakes.map((other) => other.path), builtinPath(name)]
    .flatMap((other) => catalog.referrers(other))
    .find(
      (referrer) =>
        isByName(referrer.reference, name) &&
        referrer.path !== path &&
        foldersUpwards(referrer.path.slice(0, Math.max(0, referrer.path.lastIndexOf('/')))).includes(scope),
    )?.path;
}

function isByName({ kind, target }: RuleReference, name: string): boolean {
  return target === name && (kind === 'parent' || kind === 'rule' || kind === 'mention');
}
