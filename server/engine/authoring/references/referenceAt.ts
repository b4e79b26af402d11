import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { AuthoringFile } from '../authoringFile.ts';

/** The reference that holds the offset. */
export function referenceAt({ document, catalog }: AuthoringFile, offset: number): RuleReference | undefined {
  return catalog
    .references(document.path)
    .find(({ whole }) => whole.start <= offset && offset <= whole.end && whole.end <= document.text.length);
}
