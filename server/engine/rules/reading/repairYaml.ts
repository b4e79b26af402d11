import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findQuoteEnd } from './findQuoteEnd.ts';

export interface RepairedText {
  readonly text: string;
  readonly repairs: readonly Repair[];
  /** Offset in the text as it was written. */
  readonly toSource: (offset: number) => number;
}

export interface Repair {
  readonly message: string;
  /** In the text as it was written. */
  readonly span: Span;
  /** As it was written, it is no YAML for sure; otherwise a parser has to say so. */
  readonly certain: boolean;
}

export interface RepairedYaml extends RepairedText {
  /** Offset of the line with which damage becomes more than is mended; the text is then as it was written. */
  readonly tooMuchAt: number | undefined;
}

/** No author makes so many slips in a value, and each of them takes time in all that reads it. */
export const maxRepairs = 3000;

/**
 * Mends what authors of rules get wrong most: tabs for indentation, patterns in double quotes whose backslashes are
 * not doubled, lines of a long message that are not indented. Changes nothing else, and nothing at all where there are
 * more than `maxRepairs` of them.
 */
export function repairYaml(source: string): RepairedYaml {
  const repair = new Repairing(source);
  let scalar: OpenScalar | undefined;
  for (let at = 0; at < source.length;) {
    const line = readLine(source, at);
    const content = source.slice(line.start, line.end);
    scalar = scalar === undefined ? undefined : stayOpen(scalar, content);
    if (scalar !== undefined) {
      mendMessageLine(repair, { start: line.start, content, scalar });
    } else {
      mendTabs(repair, line.start, content);
      mendEscapes(repair, line.start, content);
      scalar = openScalar(content);
    }
    if (repair.count > maxRepairs) return { ...new Repairing(source).finish(), tooMuchAt: line.start };
    at = line.next;
  }
  return { ...repair.finish(), tooMuchAt: undefined };
}

/** A text after `key: |`, of which every line is indented. */
interface OpenScalar {
  readonly parentIndent: number;
  /** Indentation of its first line; undefined before that. */
  readonly indent: number | undefined;
  /** Columns by which all of it stands too far to the left, as formatters of Markdown leave it. */
  readonly shift: number;
}

function openScalar(content: string): OpenScalar | undefined {
  const header = /^([ \t]*(?:-[ \t]+)*)[\w-]+:[ \t]+[|>][+-]?\d?[ \t]*(?:#.*)?$/.exec(content);
  if (header === null) return undefined;
  // Dashes are columns too.
  return { parentIndent: widthOf((header[1] ?? '').replaceAll('-', ' ')), indent: undefined, shift: 0 };
}

/** The scalar goes on for indented and blank lines, and for prose that fell out of its column. */
function stayOpen(scalar: OpenScalar, content: string): OpenScalar | undefined {
  if (content.trim() === '') return scalar;
  const indent = widthOf(content);
  if (indent > scalar.parentIndent) return scalar.indent === undefined ? { ...scalar, indent } : scalar;
  const beginsAtKey = scalar.indent === undefined && indent === scalar.parentIndent;
  if (beginsAtKey && !isEntry.test(content)) return { ...scalar, indent: indent + 2, shift: 2 };
  return isStructure.test(content) || scalar.indent === undefined ? undefined : scalar;
}

/** A key or an entry of a rule, and no line of a message. */
const isStructure =
  /^[ \t]*(?:-[ \t]+(?:type|pattern|negative_pattern|input|output|id|name|message)[ \t]*:|[a-z_]+:(?:[ \t]|$))/;

/** A key or an entry of any kind: the text above it may be empty. */
const isEntry = /^[ \t]*(?:-(?:[ \t]|$)|[\w-]+:(?:[ \t]|$)|["'#])/;

/** Columns of the white space that a text begins with. */
function widthOf(content: string): number {
  let width = 0;
  for (let at = 0; at < content.length; at += 1) {
    const code = content.charCodeAt(at);
    if (code !== space && code !== tab) break;
    width += code === tab ? 2 : 1;
  }
  return width;
}

const space = 32;
const tab = 9;

interface MessageLine {
  readonly start: number;
  readonly content: string;
  readonly scalar: OpenScalar;
}

function mendMessageLine(repair: Repairing, { start, content, scalar }: MessageLine): void {
  mendTabs(repair, start, content);
  const missing = Math.max(scalar.shift, (scalar.indent ?? 0) - widthOf(content));
  if (missing <= 0 || content.trim() === '') return;
  const written = /^[ \t]*/.exec(content)?.[0] ?? '';
  repair.replace({
    span: { start, end: start },
    with: ' '.repeat(missing),
    message: 'This line of the text above is not indented; it was read as a part of that text.',
    shown: { start: start + written.length, end: start + content.trimEnd().length },
    // Words without a colon are no key, and nothing else may stand to the left of the text.
    certain: /^[ \t]*[A-Za-z][^:]*$/.test(content),
  });
}

function mendTabs(repair: Repairing, start: number, content: string): void {
  if (!content.includes('\t')) return;
  const indentation = /^[ \t]*/.exec(content)?.[0] ?? '';
  for (const { index, 0: tabs } of indentation.matchAll(/\t+/g)) {
    const at = start + index;
    repair.replace({
      span: { start: at, end: at + tabs.length },
      with: '  '.repeat(tabs.length),
      message: 'A tab indents this line; it was read as two spaces.',
      shown: { start: at, end: at + 1 },
    });
  }
}

const unknownEscape = /\\(?![0abtnvfre "/\\N_LPxuU])/;

function mendEscapes(repair: Repairing, start: number, content: string): void {
  if (!content.includes('\\')) return;
  for (let open = content.indexOf('"'); open >= 0;) {
    const close = findQuoteEnd(content, open);
    if (close === undefined) return;
    doubleBackslashes(repair, start + open, content.slice(open, close));
    open = content.indexOf('"', close + 1);
  }
}

/** One unknown escape shows that the author doubled no backslash in this text. */
function doubleBackslashes(repair: Repairing, start: number, quoted: string): void {
  const single = quoted.replaceAll(/\\\\|\\"/g, '  ');
  if (!unknownEscape.test(single)) return;
  for (let at = single.indexOf('\\'); at >= 0; at = single.indexOf('\\', at + 1)) {
    const offset = start + at;
    repair.replace({
      span: { start: offset, end: offset },
      with: '\\',
      message: 'A backslash in double quotes must be doubled; it was read as if it were.',
      shown: { start: offset, end: offset + 2 },
      certain: true,
    });
  }
}

interface Replacement {
  readonly span: Span;
  readonly with: string;
  readonly message: string;
  /** Where the problem is shown. */
  readonly shown: Span;
  readonly certain?: boolean;
}

/** Collects replacements from left to right and keeps the way back to the source. */
export class Repairing {
  readonly #source: string;
  readonly #replacements: Replacement[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  get count(): number {
    return this.#replacements.length;
  }

  replace(replacement: Replacement): void {
    this.#replacements.push(replacement);
  }

  /** Nearly always they are: a line is mended in one go. */
  #isInOrder(): boolean {
    return this.#replacements.every(
      ({ span }, at) => at === 0 || (this.#replacements[at - 1]?.span.start ?? 0) <= span.start,
    );
  }

  finish(): RepairedText {
    const sorted = this.#isInOrder()
      ? this.#replacements
      : this.#replacements.toSorted((left, right) => left.span.start - right.span.start);
    const pieces: string[] = [];
    // Where each unchanged stretch begins: in the mended text and in the source.
    const stretches: { readonly mended: number; readonly source: number }[] = [{ mended: 0, source: 0 }];
    let at = 0;
    let length = 0;
    for (const { span, with: replacement } of sorted) {
      pieces.push(this.#source.slice(at, span.start), replacement);
      length += span.start - at + replacement.length;
      at = span.end;
      stretches.push({ mended: length, source: at });
    }
    pieces.push(this.#source.slice(at));
    return {
      text: pieces.join(''),
      repairs: oncePerMessage(sorted),
      toSource: (offset) => findSource(stretches, offset),
    };
  }
}

/** A file that is indented by tabs throughout needs to hear it once. */
function oncePerMessage(replacements: readonly Replacement[]): readonly Repair[] {
  const seen = new Set<string>();
  return replacements
    .filter(({ message }) => !seen.has(message) && seen.add(message))
    .map(({ message, shown, certain = false }) => ({ message, span: shown, certain }));
}

function findSource(
  stretches: readonly { readonly mended: number; readonly source: number }[],
  offset: number,
): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.mended ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const stretch = stretches[low] ?? { mended: 0, source: 0 };
  const next = stretches[low + 1]?.source;
  const source = stretch.source + offset - stretch.mended;
  // Inside an insertion there is no place of its own.
  return next === undefined ? source : Math.min(source, next);
}
