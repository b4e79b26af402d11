import { readRulePath } from '../rulePaths.ts';
import type { Dialect, Loss, PortableRule } from './dialect.ts';
import { renderPortable } from './portableRule.ts';
import { readDialectRule, type DialectRule } from './readDialectRule.ts';
import { atTheTop } from './writeDialectFile.ts';

/** The rule files of another tool as files of ours; nothing is written. */
export interface ProposedImport {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** What does not come over. */
  readonly losses: readonly Loss[];
}

/** A file of another tool; no text when it cannot be read. */
export interface DialectFile {
  readonly path: string;
  readonly text: string | undefined;
}

/** What importing these files of a tool would write. */
export function proposeImport(dialect: Dialect, given: readonly DialectFile[]): ProposedImport {
  const proposed = new Map<string, { readonly path: string; readonly text: string }>();
  const losses: Loss[] = [];
  for (const { path, text } of given) {
    const rule = text === undefined ? undefined : readDialectRule(dialect, path, text);
    if (rule === undefined)
      losses.push({ rule: path, message: 'It cannot be read: it is no UTF-8 text below 1 MB.' });
    else losses.push(...takeRule(rule, proposed));
  }
  return { files: [...proposed.values()], losses };
}

/** Puts the rule among those that are proposed; returns what is lost of it. */
function takeRule(
  { document, portable, losses }: DialectRule,
  proposed: Map<string, { readonly path: string; readonly text: string }>,
): readonly Loss[] {
  const { path } = document;
  const error = document.problems.find(({ severity }) => severity === 'error');
  if (error !== undefined)
    return [{ rule: path, message: `It is left out, since it has an error: ${error.message}` }];
  const file = renderInPlace(portable);
  if (proposed.has(file.path))
    return [{ rule: path, message: `It is left out: ${file.path} is taken by another one.` }];
  proposed.set(file.path, file);
  const isHidden = portable.kind === 'manual' && portable.description !== '';
  const hidden: readonly Loss[] = isHidden
    ? [{ rule: path, message: 'Its description is lost: with one, an agent would ask for it.' }]
    : [];
  return [...losses, ...hidden];
}

/** Below a `.cursor` folder there is no place for rules that are about its files alone; at the top globs can say so. */
function renderInPlace(rule: PortableRule): ReturnType<typeof renderPortable> {
  const file = renderPortable(rule);
  return readRulePath(file.path).scope === rule.scope ? file : renderPortable(atTheTop(rule));
}
