import type { DialectExport, Loss, PortableRule } from './dialect.ts';
import { joinPath } from './dialectPaths.ts';
import { loss, lostLabels } from './writeDialectFile.ts';

/**
 * Rules as one text a folder, for files that have no keys: only rules that always apply can be said so. Several rules of a
 * folder stand one below the other, each behind a comment that names it.
 */
export function writeTextFiles(rules: readonly PortableRule[], name: string, label: string): DialectExport {
  const losses: Loss[] = [];
  const byScope = new Map<string, PortableRule[]>();
  for (const rule of rules) {
    if (rule.kind === 'always') byScope.set(rule.scope, [...(byScope.get(rule.scope) ?? []), rule]);
    else losses.push(loss(rule, `It is not written: in ${label} it would apply to every file.`));
  }
  const files = [...byScope].map(([scope, found]) => {
    losses.push(...found.flatMap((rule) => lostLabels(rule, { description: false, label: false })));
    if (found.length > 1)
      losses.push(
        ...found.slice(1).map((rule) => loss(rule, 'It becomes a part of one text with the others.')),
      );
    return { path: joinPath(scope, name), text: joinTexts(found) };
  });
  return { files, losses };
}

function joinTexts(rules: readonly PortableRule[]): string {
  const [only, ...others] = rules;
  if (others.length === 0) return only?.body ?? '';
  return rules.map(({ file, body }) => `<!-- ${file} -->\n\n${body.trim()}\n`).join('\n');
}
