import { encodePath } from '../../rules/references/escapedPath.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import { quote } from '../../rules/editing/renderValue.ts';
import type { TextEdit } from '../../rules/textEdit.ts';

/** What a reference names from now on. */
export interface NewTarget {
  /** As it is written where nothing hinders: a name or a path. */
  readonly target: string;
  /** From the workspace folder. */
  readonly path: string;
}

/**
 * The edit by which a reference names its new target: with escapes in links and includes, in quotes in values that need
 * them, and as a link where a mention would end too early.
 */
export function writeTarget(
  text: string,
  { kind, span, whole }: RuleReference,
  { target, path }: NewTarget,
): TextEdit {
  switch (kind) {
    case 'link':
    case 'include':
      return { span, newText: plainPath.test(target) ? target : encodePath(target) };
    case 'mention':
      return mentioned.test(target) ? { span, newText: target } : { span: whole, newText: writeLink(path) };
    case 'parent':
    case 'rule':
      return writeEntry(text, { kind, span }, target);
  }
}

const plainPath = /^[^\s(){}#?;$!*'"<>|\\^%]+$/;
/** A mention ends at anything else, and leaves a full stop to its sentence. */
const mentioned = /^[\w~.](?:[\w.~+/-]*\w)?$/;

/** To a file by its path, whatever its name holds. */
export function writeLink(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  return `[${base.replaceAll(/[[\]]/g, '')}](mdc:${encodePath(path)})`;
}

/** In a value of YAML. */
function writeEntry(
  text: string,
  { kind, span }: Pick<RuleReference, 'kind' | 'span'>,
  target: string,
): TextEdit {
  const mark = kind === 'rule' && text[span.start - 1] === '@' ? '@' : '';
  const [start, end] = [span.start - mark.length, span.end];
  const before = text[start - 1] ?? '';
  const isQuoted = /["']/.test(before) && text[end] === before;
  // Without anything that ends an entry, a key or a text in quotes, it can stand as the one before it did.
  if (plainEntry.test(target) && !isWord.test(target)) return { span, newText: target };
  const whole = isQuoted ? { start: start - 1, end: end + 1 } : { start, end };
  return { span: whole, newText: quote(`${mark}${target}`) };
}

const plainEntry = /^(?:\.{0,2}\/)*\.?[\p{L}_][\p{L}\p{N}_./-]*(?: [\p{L}\p{N}_./-]+)*$/u;

/** What some reader of YAML takes for no text. */
const isWord = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
