import type { Span } from '../../documents/span.ts';
import type { Action, RuleDocument } from '../rule.ts';
import { readTextLines, type TextLine } from './findCode.ts';
import type { RuleReference } from './ruleReference.ts';

/** What may be a reference, by its text alone. */
export interface ReferenceCandidate {
  readonly reference: RuleReference;
  /** False: it is text like any other unless it names a file or rule that is there. */
  readonly isCertain: boolean;
}

/** All places of a rule file that may name another file or rule, in source order. Code is never one. */
export function findReferences(document: RuleDocument): readonly ReferenceCandidate[] {
  const { file, blocks, text } = document;
  const parents = file.extends.map(({ value, span }) => certain('parent', value, { span, whole: span }));
  const named = [file, ...blocks].flatMap((rule) =>
    rule.actions.flatMap((action) => findNamedRules(text, action)),
  );
  const body = { start: text.length - file.body.length, end: text.length };
  const outsideOfBlocks = (at: number): boolean =>
    !blocks.some(({ span }) => span.start <= at && at < span.end);
  const found = [...parents, ...named, ...findInBody(text, body, outsideOfBlocks)];
  return found.toSorted((left, right) => left.reference.span.start - right.reference.span.start);
}

/** The `@include` lines of a text; `outside` says whether one may stand at an offset. */
export function findIncludes(
  text: string,
  region: Span,
  outside: (at: number) => boolean = () => true,
): readonly RuleReference[] {
  if (text.indexOf('@include', region.start) < 0) return [];
  return readTextLines(text, region).flatMap((line) => {
    const include = outside(line.start) ? readInclude(line) : undefined;
    return include === undefined ? [] : [include];
  });
}

function findInBody(
  text: string,
  body: Span,
  outsideOfBlocks: (at: number) => boolean,
): readonly ReferenceCandidate[] {
  if (text.indexOf('@', body.start) < 0 && text.indexOf('](mdc:', body.start) < 0) return [];
  return readTextLines(text, body).flatMap((line) => {
    const include = outsideOfBlocks(line.start) ? readInclude(line) : undefined;
    if (include !== undefined) return [{ reference: include, isCertain: true }];
    return [...findLinks(line), ...findMentions(line)];
  });
}

const includeLine = /^([ \t]*)@include([ \t]+)([^\s#(){};$]+)(?:#([^\n\r]*?))?[ \t]*$/;

/** A target without a folder and an extension is none: `@include mobile` is a line of a style sheet. */
function readInclude({ start, content }: TextLine): RuleReference | undefined {
  if (!content.includes('@include')) return undefined;
  const [, indent = '', gap = '', target = '', heading] = includeLine.exec(content) ?? [];
  if (!/\/|\.\w+$|^builtin:/.test(target)) return undefined;
  const whole = { start: start + indent.length, end: start + content.trimEnd().length };
  const from = whole.start + '@include'.length + gap.length;
  const span = { start: from, end: from + target.length };
  const title = heading?.trim() ?? '';
  const include: RuleReference = { kind: 'include', target, heading: title || undefined, span, whole };
  if (title === '') return include;
  return { ...include, headingSpan: { start: whole.end - title.length, end: whole.end } };
}

const link = /\[[^\]\n]*\]\(mdc:([^)\s]+)\)/g;

function findLinks({ start, content }: TextLine): readonly ReferenceCandidate[] {
  if (!content.includes('](mdc:')) return [];
  return Array.from(content.matchAll(link)).flatMap((match) => {
    const [whole, written = ''] = match;
    const hash = written.indexOf('#');
    const target = hash < 0 ? written : written.slice(0, hash);
    // A heading of the same file, or the rest of a pattern that an editor took for a link.
    if (target === '' || /[*?|<>"\\^$!]/.test(target)) return [];
    const from = start + match.index + whole.length - 1 - written.length;
    return [
      certain('link', target, {
        heading: hash < 0 ? undefined : written.slice(hash + 1),
        span: { start: from, end: from + target.length },
        whole: { start: start + match.index, end: start + match.index + whole.length },
      }),
    ];
  });
}

// What stands before it would make it an address of mail, a path, or a part of a word.
const mention = /(?<![\w@./\\:-])@([\w~.][\w.~+/-]*)/g;

function findMentions({ start, content }: TextLine): readonly ReferenceCandidate[] {
  if (!content.includes('@')) return [];
  const alone = content.trim();
  return Array.from(content.matchAll(mention)).flatMap((match) => {
    const target = (match[1] ?? '').replace(/[./-]+$/, '');
    if (target === '') return [];
    const whole = { start: start + match.index, end: start + match.index + 1 + target.length };
    const reference: RuleReference = {
      kind: 'mention',
      target,
      heading: undefined,
      span: { start: whole.start + 1, end: whole.end },
      whole,
    };
    return [{ reference, isCertain: alone === `@${target}` && /\.(?:mdc|md)$/.test(target) }];
  });
}

/** Entries of `context` are globs unless they name a rule; an `@` may stand before either. */
function findNamedRules(text: string, action: Action): readonly ReferenceCandidate[] {
  const region = action.fields.get('context');
  if (region === undefined) return [];
  let from = region.start;
  return action.context.flatMap((entry) => {
    const target = entry.replace(/^@/, '');
    const at = text.indexOf(entry, from);
    if (target === '' || at < 0 || at + entry.length > region.end || /[*?{}!]/.test(target)) return [];
    from = at + entry.length;
    const whole = { start: at, end: from };
    const span = { start: from - target.length, end: from };
    const reference: RuleReference = { kind: 'rule', target, heading: undefined, span, whole };
    return [{ reference, isCertain: target.endsWith('.mdc') }];
  });
}

function certain(
  kind: RuleReference['kind'],
  target: string,
  rest: Pick<RuleReference, 'span' | 'whole'> & { readonly heading?: string | undefined },
): ReferenceCandidate {
  return {
    reference: { kind, target, heading: rest.heading, span: rest.span, whole: rest.whole },
    isCertain: true,
  };
}
