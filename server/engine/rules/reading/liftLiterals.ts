import { readLine } from '../../documents/readLine.ts';
import { Repairing, type RepairedText } from './repairYaml.ts';

/** A YAML text whose long texts were taken out. */
export interface LiftedText {
  readonly source: RepairedText;
  /** The text that stands for each placeholder. */
  readonly literals: ReadonlyMap<string, string>;
}

/** From a private range of Unicode: a text that holds it already is left alone. */
const mark = '\uE0F0';

/**
 * Takes the texts after `key: |` out of a YAML text and leaves a placeholder for each. Messages are most of a rule, and a
 * YAML parser looks at every character of them a dozen times. Undefined when there is none, or something about one is
 * unusual: then the parser has to read it.
 */
export function liftLiterals(source: string): LiftedText | undefined {
  if (!header.test(source) || source.includes(mark) || loneReturn.test(source)) return undefined;
  const literals = new Map<string, string>();
  const lifting = new Repairing(source);
  for (let at = 0; at < source.length;) {
    const line = readLine(source, at);
    at = line.next;
    const opening = headerLine.exec(source.slice(line.start, line.end));
    if (opening === null) continue;
    const [, prefix = '', , chomping = ''] = opening;
    const literal = readLiteral(source, line.next, { parent: prefix.length, chomping });
    if (literal === undefined) return undefined;
    const placeholder = `${mark}${literals.size}${mark}`;
    literals.set(placeholder, literal.text);
    const start = source.lastIndexOf('|', line.end);
    lifting.replace({ span: { start, end: literal.end }, with: placeholder, message: '', shown: line });
    at = literal.next;
  }
  return { source: lifting.finish(), literals };
}

const header = /:[ \t]+\|[+-]?[ \t]*\r?\n/;
const headerLine = /^( *(?:- +)*)([\w-]+):[ \t]+\|([+-]?)[ \t]*$/;
const loneReturn = /\r(?!\n)/;

interface Literal {
  readonly text: string;
  /** Of its last line, without the line break. */
  readonly end: number;
  /** Where the next line starts. */
  readonly next: number;
}

interface LiteralStyle {
  /** Columns of the key that it belongs to. */
  readonly parent: number;
  readonly chomping: string;
}

/** The lines of a literal text without their indentation; undefined when they need a parser. */
export function readLiteral(
  source: string,
  start: number,
  { parent, chomping }: LiteralStyle,
): Literal | undefined {
  const lines: string[] = [];
  let indent: number | undefined;
  let lastEnd: number | undefined;
  let kept = 0;
  let widestBlank = 0;
  let at = start;
  while (at < source.length) {
    const line = readLine(source, at);
    const content = source.slice(line.start, line.end);
    const width = content.length - content.replace(/^ +/, '').length;
    if (width === content.length) {
      if (indent === undefined) widestBlank = Math.max(widestBlank, width);
      // White space beyond the text's own column belongs to it.
      const beyond = indent === undefined ? '' : content.slice(indent);
      lines.push(beyond);
      if (beyond !== '') kept = lines.length;
    } else {
      if (width <= parent) break;
      if (width < (indent ?? widestBlank)) return undefined;
      if (content[width] === '\t') return undefined;
      indent ??= width;
      lines.push(content.slice(indent));
      kept = lines.length;
      lastEnd = line.start + content.trimEnd().length;
    }
    at = line.next;
  }
  if (lastEnd === undefined || chomping === '+') return undefined;
  const text = lines.slice(0, kept).join('\n');
  return { text: chomping === '-' ? text : `${text}\n`, end: lastEnd, next: at };
}
