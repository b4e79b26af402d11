import type { SearchReplace } from '../formats/parsedAnswer.ts';
import { diffLines } from '../../documents/diffLines.ts';
import type { BlockPlace } from './locateBlock.ts';

export type BlockReplaced =
  | { readonly kind: 'replaced'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What comes in the place of a found block. Lines that the block keeps stay as the file has them, byte for byte; new
 * lines take the place's indentation and line endings.
 */
export function replaceBlock(text: string, place: BlockPlace, block: SearchReplace): BlockReplaced {
  if (block.replace === '') return deletion(text, place);
  if (place.trust === 'exact') {
    return { kind: 'replaced', start: place.start, end: place.end, text: block.replace.slice(0, -1) };
  }
  const lines = weave(text, place, block);
  if (lines === undefined) {
    return {
      kind: 'refused',
      reason: 'a new line has less indentation than the place that was found, so its depth is unknown',
    };
  }
  const last = lines.length - 1;
  const joined = lines.map((line, index) => (index < last ? line.text + line.ending : line.text)).join('');
  return { kind: 'replaced', start: place.start, end: place.end, text: joined };
}

/** Takes a line break with the lines, so that no empty line is left. */
function deletion(text: string, place: BlockPlace): BlockReplaced {
  const after = /^\r?\n/.exec(text.slice(place.end, place.end + 2))?.[0].length ?? 0;
  if (after > 0) return { kind: 'replaced', start: place.start, end: place.end + after, text: '' };
  const before = /\r?\n$/.exec(text.slice(Math.max(0, place.start - 2), place.start))?.[0].length ?? 0;
  return { kind: 'replaced', start: place.start - before, end: place.end, text: '' };
}

interface Line {
  readonly text: string;
  readonly ending: string;
}

/** A line with words, and the blank lines above it. */
interface Stanza {
  readonly line: Line;
  readonly gap: readonly Line[];
}

interface Stanzas {
  readonly stanzas: readonly Stanza[];
  /** Blank lines at the end. */
  readonly tail: readonly Line[];
}

function weave(text: string, place: BlockPlace, block: SearchReplace): readonly Line[] | undefined {
  const ending = endingAt(text, place);
  const search = readStanzas(newLines(block.search, ending));
  const replace = readStanzas(newLines(block.replace, ending));
  const found = readStanzas(ownLines(text.slice(place.start, place.end), ending));
  const matches = matchStanzas(search.stanzas, replace.stanzas);
  const edge = (wanted: readonly Line[], searched: readonly Line[]): readonly Line[] =>
    place.withEdges ? wanted : wanted.slice(Math.min(wanted.length, searched.length));

  const woven: Line[] = [];
  for (const [index, stanza] of replace.stanzas.entries()) {
    const match = matches[index];
    const own = match === undefined ? undefined : found.stanzas[match.from];
    const searched = match === undefined ? undefined : search.stanzas[match.from];
    const isFirst = index === 0;
    // Blank lines that the block does not change stay as many as the file has.
    const keepsGap = searched?.gap.length === stanza.gap.length && (!isFirst || match?.from === 0);
    if (own !== undefined && keepsGap) woven.push(...own.gap);
    else woven.push(...(isFirst ? edge(stanza.gap, search.stanzas[0]?.gap ?? []) : stanza.gap));
    const line = own !== undefined && match?.kept === true ? own.line : reindented(stanza.line, place);
    if (line === undefined) return undefined;
    woven.push(line);
  }
  const sameTail = search.tail.length === replace.tail.length;
  return [...woven, ...(sameTail && place.withEdges ? found.tail : edge(replace.tail, search.tail))];
}

function reindented(line: Line, place: BlockPlace): Line | undefined {
  const written = /^[ \t]*/.exec(line.text)?.[0] ?? '';
  const indent = place.reindent(written);
  return indent === undefined ? undefined : { ...line, text: indent + line.text.slice(written.length) };
}

interface Match {
  /** Index of the searched line. */
  readonly from: number;
  /** Whether it stays; else a new line takes its place. */
  readonly kept: boolean;
}

/** For each line of the replacement the searched line that it keeps or takes the place of; undefined if it comes between. */
function matchStanzas(search: readonly Stanza[], replace: readonly Stanza[]): readonly (Match | undefined)[] {
  const texts = (stanzas: readonly Stanza[]): string[] => stanzas.map(({ line }) => line.text.trimEnd());
  const matches: (Match | undefined)[] = [];
  let at = 0;
  for (const run of diffLines(texts(search), texts(replace))) {
    for (let index = 0; index < run.after; index += 1) {
      matches.push(index < run.before ? { from: at + index, kept: run.same } : undefined);
    }
    at += run.before;
  }
  return matches;
}

function readStanzas(lines: readonly Line[]): Stanzas {
  const stanzas: Stanza[] = [];
  let gap: Line[] = [];
  for (const line of lines) {
    if (line.text.trim() === '') gap.push(line);
    else {
      stanzas.push({ line, gap });
      gap = [];
    }
  }
  return { stanzas, tail: gap };
}

function newLines(text: string, ending: string): readonly Line[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => ({ text: line, ending }));
}

/** Lines of the file with the endings that they have; the last one's is not in the text. */
function ownLines(text: string, ending: string): readonly Line[] {
  const raw = text.split('\n');
  return raw.map((line, index) => {
    if (index === raw.length - 1) return { text: line, ending };
    return line.endsWith('\r') ? { text: line.slice(0, -1), ending: '\r\n' } : { text: line, ending: '\n' };
  });
}

/** The line ending that is used at a place: of its first line, else of the line above. */
function endingAt(text: string, place: BlockPlace): string {
  const after = text.indexOf('\n', place.start);
  const at = after >= 0 ? after : text.lastIndexOf('\n', place.start);
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}
