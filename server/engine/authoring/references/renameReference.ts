import { quote } from '../../rules/editing/renderValue.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { TextEdit } from '../../rules/textEdit.ts';
import { relativePath } from './relativePath.ts';

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
  const { kind, span } = reference;
  if (kind === 'mention') return { span, newText: /^\w[\w.-]*$/.test(name) ? name : path };
  // A list of texts is divided at commas within quotes too.
  if (kind === 'parent' && name.includes(',')) return { span, newText: relativePath(from, path) };
  if (kind === 'rule' && /["\\]/.test(name)) return { span, newText: path };
  const mark = kind === 'rule' && text[span.start - 1] === '@' ? '@' : '';
  const [start, end] = [span.start - mark.length, span.end];
  const before = text[start - 1] ?? '';
  const isQuoted = /["']/.test(before) && text[end] === before;
  // Without anything that ends an entry, a key or a text in quotes, the name can stand as the one before it did.
  if (/^[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)*$/u.test(name) && !isWord.test(name))
    return { span, newText: name };
  const whole = isQuoted ? { start: start - 1, end: end + 1 } : { start, end };
  return { span: whole, newText: quote(`${mark}${name}`) };
}

/** What some reader of YAML takes for no text. */
const isWord = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
