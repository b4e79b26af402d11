import { readLine } from '../../documents/readLine.ts';
import type { Located, Span } from '../../documents/span.ts';
import { fencedCode } from '../reading/fencedCode.ts';
import type { RuleDocument } from '../rule.ts';

/** A comment that silences problems of some codes. */
export interface Suppression {
  readonly codes: readonly Located<string>[];
  /** The line whose problems it silences; undefined for the whole file. */
  readonly line: Span | undefined;
  /** The comment, marks included. */
  readonly span: Span;
}

const marker = 'codegen-lab-ignore';
/** Nobody writes more of them, or longer ones. */
const maxSuppressions = 200;
const maxLine = 1000;
const yamlComment = /(?:^|[ \t])(#[ \t]*codegen-lab-ignore(-file)?(?![\w-])[ \t]*([\w.,\- \t]*)(?::.*)?)$/;
const htmlComment = /(<!--[ \t]*codegen-lab-ignore(-file)?(?![\w-])[ \t]*([\w.,\- \t]*?)[ \t]*(?::.*?)?-->)/g;

/**
 * Finds `# codegen-lab-ignore rule.x: reason` in frontmatter and `<rule>` blocks, above a line or at its end, and
 * `<!-- codegen-lab-ignore rule.x: reason -->` in the body, above a line. With `-file` they count for the whole file.
 * Several codes are separated by commas.
 */
export function findSuppressions(document: RuleDocument): readonly Suppression[] {
  const { text } = document;
  if (!text.includes(marker)) return [];
  const found: Suppression[] = [];
  const isFenced = fencedCode(text, document.file.span.end);
  for (let at = 0; at < text.length && found.length < maxSuppressions;) {
    const line = readLine(text, at);
    const content = text.slice(line.start, line.end);
    if (content.length <= maxLine && content.includes(marker)) {
      if (isKeyLine(document, line.start)) found.push(...readYamlComment(text, line));
      else if (!isFenced(line.start)) found.push(...readHtmlComments(text, line));
    }
    at = line.next;
  }
  return found;
}

interface SourceLine {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

function isKeyLine({ file, blocks }: RuleDocument, offset: number): boolean {
  return [file, ...blocks].some(({ span }) => offset >= span.start && offset < span.end);
}

function readYamlComment(text: string, line: SourceLine): readonly Suppression[] {
  const content = text.slice(line.start, line.end);
  const match = yamlComment.exec(content);
  const [, comment = '', wholeFile, codes = ''] = match ?? [];
  if (match === null) return [];
  const start = line.start + content.length - comment.length;
  const span = { start, end: start + comment.trimEnd().length };
  const isAlone = content.slice(0, content.length - comment.length).trim() === '';
  const below = isAlone
    ? nextWrittenLine(text, line.next, /^\s*(?:#.*)?$/)
    : { start: line.start, end: line.end };
  return [
    {
      codes: locate(codes, start + comment.indexOf(codes, commentWord(comment))),
      span,
      line: wholeFile ? undefined : below,
    },
  ];
}

function readHtmlComments(text: string, line: SourceLine): readonly Suppression[] {
  const content = text.slice(line.start, line.end);
  return Array.from(content.matchAll(htmlComment), (match) => {
    const [, comment = '', wholeFile, codes = ''] = match;
    const start = line.start + match.index;
    const span = { start, end: start + comment.length };
    const below = nextWrittenLine(text, line.next, /^\s*(?:<!--[ \t]*codegen-lab-ignore.*-->\s*)?$/);
    return {
      codes: locate(codes, start + comment.indexOf(codes, commentWord(comment))),
      span,
      line: wholeFile ? undefined : below,
    };
  });
}

/** Where the word that makes it a suppression ends. */
function commentWord(comment: string): number {
  return (/codegen-lab-ignore(?:-file)?/.exec(comment)?.index ?? 0) + marker.length;
}

function locate(codes: string, start: number): readonly Located<string>[] {
  return Array.from(codes.matchAll(/[^\s,]+/g), (match) => ({
    value: match[0],
    span: { start: start + match.index, end: start + match.index + match[0].length },
  }));
}

/** The first line from `from` on that `skipped` does not match; an empty span at the end when there is none. */
function nextWrittenLine(text: string, from: number, skipped: RegExp): Span {
  for (let at = from; at < text.length;) {
    const line = readLine(text, at);
    if (!skipped.test(text.slice(line.start, line.end))) return { start: line.start, end: line.end };
    at = line.next;
  }
  return { start: text.length, end: text.length };
}
