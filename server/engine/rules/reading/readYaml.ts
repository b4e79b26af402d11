import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import type { KeyEntry } from './scanKeys.ts';
import { liftLiterals } from './liftLiterals.ts';
import { readSimpleYaml } from './readSimpleYaml.ts';
import { maxRepairs, repairYaml, type RepairedText } from './repairYaml.ts';
import type { YamlEntry, YamlValue } from './yamlValue.ts';

export interface YamlFault {
  readonly message: string;
  readonly span: Span;
  /** It was understood nevertheless, as `message` says. */
  readonly recovered: boolean;
}

export interface YamlReading {
  /** undefined when nothing could be read. */
  readonly value: YamlValue | undefined;
  readonly faults: readonly YamlFault[];
}

/**
 * Reads the value of a key as YAML. Depth is bounded before the parser starts, aliases and tags are never followed,
 * slight damage (tabs, unknown escapes, text that left its column) is mended with a fault that says so.
 */
export function readYaml(text: string, entry: KeyEntry): YamlReading {
  const start = entry.below ? lineStart(text, entry.value.start) : entry.value.start;
  const source = text.slice(start, entry.value.end);
  const whole = { start: entry.value.start, end: entry.value.end };
  const simple = entry.below ? readSimpleYaml(source, (offset) => start + offset) : undefined;
  if (simple !== undefined) return { value: simple, faults: [] };
  const tooDeep = findDepth(source);
  if (tooDeep !== undefined) {
    const span = { start: start + tooDeep, end: start + tooDeep + 1 };
    return {
      value: undefined,
      faults: [{ message: `nests deeper than ${maxDepth} levels`, span, recovered: false }],
    };
  }
  const repaired = repairYaml(source);
  if (repaired.tooMuchAt !== undefined) return readUnmended(source, { start, whole, at: repaired.tooMuchAt });
  const isRepaired = repaired.repairs.length > 0;
  const mended =
    entry.below && isRepaired
      ? readSimpleYaml(repaired.text, (offset) => Math.min(start + repaired.toSource(offset), whole.end))
      : undefined;
  // What a parser says of a text that is no YAML for sure need not be heard.
  if (mended === undefined || !repaired.repairs.every(({ certain }) => certain)) {
    const asWritten: RepairedText = { text: source, repairs: [], toSource: (offset) => offset };
    const first = parseLifted(asWritten, start, whole);
    if (first.faults.length === 0 || !isRepaired) return first;
    if (mended === undefined && !isQuick(liftLiterals(repaired.text)?.source.text ?? repaired.text))
      return first;
  }
  const second = mended === undefined ? parseLifted(repaired, start, whole) : { value: mended, faults: [] };
  const recovered = second.faults.length === 0;
  const repairs = repaired.repairs.map((repair): YamlFault => {
    const span = { start: start + repair.span.start, end: start + repair.span.end };
    return { message: repair.message, span, recovered };
  });
  return { value: second.value, faults: [...repairs, ...second.faults] };
}

interface DamagedPlace {
  /** Of the source in its file. */
  readonly start: number;
  readonly whole: Span;
  /** In the source: the line with which damage becomes more than is mended. */
  readonly at: number;
}

/** Tabs may stand in a long text that is valid YAML; where it is none, one fault says enough. */
function readUnmended(source: string, { start, whole, at }: DamagedPlace): YamlReading {
  const written = parseLifted({ text: source, repairs: [], toSource: (offset) => offset }, start, whole);
  if (written.faults.length === 0) return written;
  const message = `has more than ${maxRepairs} slips in tabs, backslashes and indentation up to this line: mend them`;
  const { end } = readLine(source, at);
  const span = { start: start + at, end: Math.min(start + end, whole.end) };
  return { value: undefined, faults: [{ message, span, recovered: false }] };
}

/**
 * Whether the parser takes so little of the time that there is for 64 KB that it can read the text once more. Damage in
 * what is larger is not mended.
 */
function isQuick(text: string): boolean {
  return text.length <= quickLength && findDensity(text, quickMarks) === undefined;
}

const quickLength = 24_576;

/** The parser reads the text without its long texts, which are put back. */
function parseLifted(source: RepairedText, start: number, whole: Span): YamlReading {
  const lifted = liftLiterals(source.text);
  // It may have to read the whole text after all.
  if (lifted === undefined || (!isQuick(source.text) && !isQuick(lifted.source.text)))
    return parse(source, start, whole);
  const toSource = (offset: number): number => source.toSource(lifted.source.toSource(offset));
  const { value, faults } = parse({ ...lifted.source, toSource }, start, whole);
  const put = new Set<string>();
  const restored = value === undefined ? undefined : putBack(value, lifted.literals, put);
  // One that is no value by itself stood inside another text: then the parser has to see all of it.
  return put.size === lifted.literals.size ? { value: restored, faults } : parse(source, start, whole);
}

function putBack(value: YamlValue, literals: ReadonlyMap<string, string>, put: Set<string>): YamlValue {
  switch (value.kind) {
    case 'scalar': {
      const text = literals.get(value.text);
      if (text === undefined) return value;
      put.add(value.text);
      return { kind: 'scalar', value: text, text, span: value.span };
    }
    case 'list':
      return { ...value, items: value.items.map((item) => putBack(item, literals, put)) };
    case 'map':
      return {
        ...value,
        entries: value.entries.map((entry) => ({ ...entry, value: putBack(entry.value, literals, put) })),
      };
  }
}

const maxDepth = 64;
/** Line breaks, brackets, colons and the like, each of which costs the parser some microseconds. */
const maxMarks = 5000;
const quickMarks = 2000;

/** Offset of the mark that is one too many. */
function findDensity(source: string, most: number = maxMarks): number | undefined {
  if (source.length <= most) return undefined;
  let count = 0;
  for (let at = 0; at < source.length; at += 1) {
    if (isMark(source.charCodeAt(at))) count += 1;
    if (count > most) return at;
  }
  return undefined;
}

const marks: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  '\n\r[]{},:-?&*!"\'#'.includes(String.fromCharCode(code)),
);

function isMark(code: number): boolean {
  return marks[code] ?? false;
}

/** Offset of the bracket or dash at which nesting passes the limit; brackets in texts count too, which is harmless. */
function findDepth(source: string): number | undefined {
  let depth = 0;
  let dashes = 0;
  let colons = 0;
  let atLineStart = true;
  for (let at = 0; at < source.length; at += 1) {
    switch (source.charCodeAt(at)) {
      case 91: // [
        depth += 1;
        atLineStart = false;
        break;
      case 123: // {
        depth += 1;
        colons = 0;
        atLineStart = false;
        break;
      case 93: // ]
      case 125: // }
        depth = Math.max(0, depth - 1);
        atLineStart = false;
        break;
      case 10:
      case 13:
        [atLineStart, dashes, colons] = [true, 0, 0];
        break;
      case 32:
      case 9:
        break;
      case 44: // ,
        colons = 0;
        atLineStart = false;
        break;
      case 45: // -
      case 63: // ?
        if (atLineStart) dashes += 1;
        break;
      case 58: // `a: b: c: …` is a map in a map in a map.
        if (source.charCodeAt(at + 1) === 32) colons += 1;
        atLineStart = false;
        break;
      default:
        atLineStart = false;
    }
    if (depth > maxDepth || dashes > maxDepth * 2 || colons > maxDepth * 2) return at;
  }
  return undefined;
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at -= 1;
  return at;
}

function parse(source: RepairedText, start: number, whole: Span): YamlReading {
  const dense = findDensity(source.text);
  if (dense !== undefined) {
    const at = Math.min(start + source.toSource(dense), whole.end);
    const message = `holds more than ${maxMarks} keys, entries, lines and marks: divide the rule`;
    return {
      value: undefined,
      faults: [{ message, span: { start: at, end: Math.min(at + 1, whole.end) }, recovered: false }],
    };
  }
  const document = parseSafely(source.text);
  if (document === undefined) {
    return {
      value: undefined,
      faults: [{ message: 'could not be read as YAML', span: whole, recovered: false }],
    };
  }
  const faults: YamlFault[] = [];
  // The parser may point at the place after the last character.
  const place = (offset: number): number => Math.min(start + source.toSource(offset), whole.end);
  const toSpan = (from: number, to: number): Span => ({
    start: place(from),
    end: Math.max(place(to), place(from)),
  });
  for (const error of document.errors.slice(0, 5)) {
    const [first = ''] = error.message.split('\n', 1);
    const message = `This is no valid YAML: ${first.replace(/\.$/, '')}. Quote a text that holds special characters.`;
    faults.push({ message, span: toSpan(...error.pos), recovered: false });
  }
  const value =
    document.contents === null
      ? undefined
      : convert(document.contents, { text: source.text, toSpan, faults, depth: 0 });
  return { value, faults };
}

/** The parser reports what is wrong as data; that it does so for every text is not ours to promise. */
function parseSafely(text: string): Document.Parsed | undefined {
  const { stackTraceLimit } = Error;
  // Each of its complaints is an error, and where in the parser it was made interests nobody: a text full of faults is
  // read several times as fast.
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
  } catch {
    // Nothing is known about the text then: the caller reports the whole of it.
    return undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

interface Conversion {
  /** What was parsed. */
  readonly text: string;
  readonly toSpan: (from: number, to: number) => Span;
  readonly faults: YamlFault[];
  readonly depth: number;
}

function convert(node: Node, conversion: Conversion): YamlValue | undefined {
  const [from, to] = node.range ?? [0, 0];
  const span = conversion.toSpan(from, isBlockText(node) ? endOfText(conversion.text, from, to) : to);
  const fault = (message: string): undefined => {
    conversion.faults.push({ message, span, recovered: false });
    return undefined;
  };
  if (isAlias(node))
    return fault(`is an alias (\`*${node.source}\`), and aliases are not read: quote it if it is text`);
  if (conversion.depth > maxDepth) return fault(`nests deeper than ${maxDepth} levels`);
  const inner = { ...conversion, depth: conversion.depth + 1 };
  // By its tag, such as `!!binary`, the value is another thing than what is written.
  if (isScalar(node) && typeof node.value === 'object' && node.value !== null)
    return fault('is of a kind that is not read');
  if (isScalar(node)) return { kind: 'scalar', ...scalarParts(node.value, node.source), span };
  if (isSeq<Node>(node)) {
    const items = node.items.map((item) => convert(item, inner)).filter((item) => item !== undefined);
    return {
      kind: 'list',
      items,
      span: node.flow ? span : { ...span, end: items.at(-1)?.span.end ?? span.end },
    };
  }
  if (isMap<Node, Node | null>(node)) {
    const entries = convertPairs(node, inner);
    // The parser counts white space and comments behind the last value to the map.
    return {
      kind: 'map',
      entries,
      span: node.flow ? span : { ...span, end: entries.at(-1)?.value.span.end ?? span.end },
    };
  }
  return fault('is of a kind that is not read');
}

function isBlockText(node: Node): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}

/** Without the line breaks behind it. */
function endOfText(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function scalarParts(value: unknown, source: string | undefined) {
  if (typeof value === 'string') return { value, text: value };
  if (typeof value === 'number') return { value, text: source ?? String(value) };
  if (typeof value === 'boolean') return { value, text: source ?? String(value) };
  return { value: null, text: '' };
}

function convertPairs(
  node: { readonly items: readonly { readonly key: Node; readonly value: Node | null }[] },
  conversion: Conversion,
): readonly YamlEntry[] {
  const entries: YamlEntry[] = [];
  for (const { key, value } of node.items) {
    const readKey = convert(key, conversion);
    if (readKey?.kind !== 'scalar') {
      if (readKey !== undefined)
        conversion.faults.push({ message: 'is no plain key', span: readKey.span, recovered: false });
      continue;
    }
    const none: YamlValue = {
      kind: 'scalar',
      value: null,
      text: '',
      span: { start: readKey.span.end, end: readKey.span.end },
    };
    const converted = value === null ? none : convert(value, conversion);
    if (converted !== undefined) entries.push({ key: readKey.text, keySpan: readKey.span, value: converted });
  }
  return entries;
}

/** The value as plain data; keys such as `__proto__` are plain keys. */
export function toPlain(value: YamlValue): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toPlain);
    case 'map':
      return Object.fromEntries(value.entries.map((entry) => [entry.key, toPlain(entry.value)]));
  }
}
