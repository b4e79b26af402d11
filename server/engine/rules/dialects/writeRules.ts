import type { DialectExport, Loss, PortableRule } from './dialect.ts';

/** What one rule came to: a file, or the reasons why there is none. */
export interface WrittenRule {
  readonly file?: { readonly path: string; readonly text: string };
  readonly losses: readonly Loss[];
}

/** One file a rule. Two that would be one file: the later one is not written. */
export function writeEach(
  rules: readonly PortableRule[],
  write: (rule: PortableRule) => WrittenRule,
): DialectExport {
  const files = new Map<string, { readonly path: string; readonly text: string }>();
  const losses: Loss[] = [];
  for (const rule of rules) {
    const written = write(rule);
    losses.push(...written.losses);
    if (written.file === undefined) continue;
    if (files.has(written.file.path)) {
      losses.push({
        rule: rule.file,
        message: `It is not written: ${written.file.path} is taken by another rule.`,
      });
    } else files.set(written.file.path, written.file);
  }
  return { files: [...files.values()], losses };
}
