import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { TextEdit } from '../../rules/textEdit.ts';
import { relativePath } from './relativePath.ts';
import { writeTarget } from './writeTarget.ts';

/** A rule after it got another name. */
export interface RenamedRule {
  readonly name: string;
  readonly path: string;
  /** The file that refers to it. */
  readonly from: string;
}

/**
 * The edit by which a reference to a rule by its name names it still. In values a name is put in quotes where it needs
 * them; one that cannot be written there, such as one with blanks behind an `@` of the text, gives way to the path.
 */
export function renameReference(
  text: string,
  reference: RuleReference,
  { name, path, from }: RenamedRule,
): TextEdit {
  const { kind } = reference;
  const target = isWritable(kind, name) ? name : kind === 'parent' ? relativePath(from, path) : path;
  return writeTarget(text, reference, { target, path });
}

/** A list of texts is divided at commas within quotes too. */
function isWritable(kind: RuleReference['kind'], name: string): boolean {
  if (kind === 'mention') return /^\w[\w.-]*$/.test(name);
  return kind === 'parent' ? !name.includes(',') : !/["\\]/.test(name);
}
