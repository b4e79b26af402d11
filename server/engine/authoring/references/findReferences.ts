import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { outlineOf } from '../outline/documentOutline.ts';
import { referenceAt } from './referenceAt.ts';

export interface FoundReference {
  /** Where it stands. */
  readonly path: string;
  readonly reference: RuleReference;
}

/** All references to the file or rule at the offset: to what a reference there names, else to this file. */
export function findReferencesTo(file: AuthoringFile, offset: number): readonly FoundReference[] {
  const path = targetAt(file, offset);
  return path === undefined ? [] : file.catalog.referrers(path);
}

/** The path of what is meant at the offset; of this file on its fence and its name. */
export function targetAt(file: AuthoringFile, offset: number): string | undefined {
  const { document, catalog } = file;
  const reference = referenceAt(file, offset);
  if (reference === undefined) return isOwnName(file, offset) ? document.path : undefined;
  const target = catalog.resolve(reference, document.path);
  return target.kind === 'rule' || target.kind === 'file' ? target.path : undefined;
}

function isOwnName({ document }: AuthoringFile, offset: number): boolean {
  const { frontmatter } = outlineOf(document);
  const name = document.file.written.get('name');
  const onFence =
    frontmatter !== undefined && offset >= frontmatter.whole.start && offset <= frontmatter.whole.start + 3;
  return onFence || (name !== undefined && offset >= name.start && offset <= name.end);
}
