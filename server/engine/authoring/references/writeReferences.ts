import type { Span } from '../../documents/span.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { RuleDocument } from '../../rules/rule.ts';
import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import { isRulePath } from '../../rules/rulePaths.ts';
import { findListItem } from '../completion/listItem.ts';
import { findPlace } from '../outline/findPlace.ts';
import { valuePath } from '../ruleSchema.ts';
import { relativePath } from './relativePath.ts';
import { writeLink } from './writeTarget.ts';

export interface WrittenReferences {
  readonly document: RuleDocument;
  readonly catalog: RuleCatalog;
  readonly offset: number;
}

/**
 * What a person means who drops files there: an `@path` each in the text, parents after `extends`, globs after `globs`,
 * entries of a `context`. Paths are relative to the workspace folder, or `builtin:NAME`. undefined where none can stand.
 */
export function writeReferences(
  { document, catalog, offset }: WrittenReferences,
  paths: readonly string[],
): string | undefined {
  const others = paths.filter((path) => path !== document.path);
  const place = findPlace(document, offset);
  if (others.length === 0 || place.kind === 'none') return undefined;
  const context = { document, catalog };
  if (place.kind === 'body') {
    const names = others.filter((path) => !path.startsWith(builtin)).map((path) => mention(context, path));
    return names.length === 0 ? undefined : inText(names.join(' '), document.text, offset);
  }
  const { path, word } = place.place;
  const names = others.flatMap((other) => writeValue(context, valuePath(path), other) ?? []);
  if (place.place.kind !== 'value' || names.length === 0) return undefined;
  return inValue(names.join(', '), document.text, { word, offset });
}

const builtin = 'builtin:';

type Context = Pick<WrittenReferences, 'document' | 'catalog'>;

function writeValue({ document, catalog }: Context, key: string, path: string): string | undefined {
  switch (key) {
    case 'extends':
      if (path.startsWith(builtin)) return path;
      return isRulePath(path) ? nameParent({ document, catalog }, path) : undefined;
    case 'globs':
      return path.startsWith(builtin) ? undefined : scopedGlob(document, path);
    case 'actions.-.context':
      return path.startsWith(builtin) ? undefined : path;
    default:
      return undefined;
  }
}

/** By its name where that is enough, else by the way from this file. */
function nameParent({ document, catalog }: Context, path: string): string {
  const name = catalog.document(path)?.file.name ?? '';
  const isEnough =
    /^[\w.-]+$/.test(name) && names({ document, catalog }, { kind: 'parent', target: name, path });
  return isEnough ? name : relativePath(document.path, path);
}

/** Globs are relative to the folder of the rule, and some characters of paths mean something in them. */
function scopedGlob({ file: { scope } }: RuleDocument, path: string): string | undefined {
  const isBelow = scope === '' || path.startsWith(`${scope}/`);
  if (!isBelow || /[,"'\\\n]/.test(path)) return undefined;
  const own = scope === '' ? path : path.slice(scope.length + 1);
  return own.replaceAll(/[*?[\]{}()!@#]/g, '[$&]');
}

/** A rule by the name of its file where that is enough; a path with blanks as a link, since a mention ends at one. */
function mention(context: Context, path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const isEnough = isRulePath(path) && names(context, { kind: 'mention', target: base, path });
  const target = isEnough ? base : path;
  return /^[\w~.][\w.~+/-]*\w$/.test(target) ? `@${target}` : writeLink(path);
}

interface Naming {
  readonly kind: RuleReference['kind'];
  readonly target: string;
  readonly path: string;
}

function names({ document, catalog }: Context, { kind, target, path }: Naming): boolean {
  const span = { start: 0, end: 0 };
  const found = catalog.resolve({ kind, target, heading: undefined, span, whole: span }, document.path);
  return found.kind === 'rule' && found.path === path;
}

/** With a blank where words would grow together. */
function inText(written: string, text: string, offset: number): string {
  const before = /[^\s([]$/.test(text.slice(Math.max(0, offset - 1), offset)) ? ' ' : '';
  const after = /^[\w@/]/.test(text.slice(offset, offset + 1)) ? ' ' : '';
  return `${before}${written}${after}`;
}

/** With a comma beside the entry that stands there already, and a blank after the colon. */
function inValue(written: string, text: string, { word, offset }: ValuePlace): string | undefined {
  const item = word.start === word.end ? word : findListItem(text, word, offset);
  const before = text.slice(item.start, offset).trim();
  const after = text.slice(offset, Math.max(offset, item.end)).trim();
  if (before !== '' && after !== '') return undefined;
  const isTight = before === '' && /[:-]$/.test(text.slice(Math.max(0, offset - 1), offset));
  return `${before === '' ? (isTight ? ' ' : '') : ', '}${written}${after === '' ? '' : ', '}`;
}

interface ValuePlace {
  readonly word: Span;
  readonly offset: number;
}
