import type { SearchReplace } from '../formats/parsedAnswer.ts';
import { diffLines } from '../../documents/diffLines.ts';
import type { BlockPlace } from './locateBlock.ts';
import { mergeBlock } from './mergeBlock.ts';
import {
  endingAt,
  joinLines,
  newLines,
  ownLines,
  readStanzas,
  reindentLine,
  type Line,
  type Stanza,
} from './stanzas.ts';

export type BlockReplaced =
  | { readonly kind: 'replaced'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What comes in the place of a found block. Lines that the block keeps stay as the file has them, byte for byte; new
 * lines take the place's indentation and line endings.
 */
export function replaceBlock(text: string, place: BlockPlace, block: SearchReplace): BlockReplaced {
  if (place.matches !== undefined) {
    const merged = mergeBlock(text, { ...place, matches: place.matches }, block);
    return merged.kind === 'merged'
      ? { kind: 'replaced', start: place.start, end: place.end, text: merged.text }
      : merged;
  }
  if (block.replace === '') return deletion(text, place);
  if (place.trust === 'exact') {
    return { kind: 'replaced', start: place.start, end: place.end, text: block.replace.slice(0, -1) };
  }
  const lines = weave(text, place, block);
  if (lines === undefined) {
    return {
      kind: 'refused',
      reason:
        'stands at another indentation, and a new line has less indentation than the place that was found, so its depth is unknown',
    };
  }
  return { kind: 'replaced', start: place.start, end: place.end, text: joinLines(lines) };
}

/** Takes a line break with the lines, so that no empty line is left. */
function deletion(text: string, place: BlockPlace): BlockReplaced {
  const after = /^\r?\n/.exec(text.slice(place.end, place.end + 2))?.[0].length ?? 0;
  if (after > 0) return { kind: 'replaced', start: place.start, end: place.end + after, text: '' };
  const before = /\r?\n$/.exec(text.slice(Math.max(0, place.start - 2), place.start))?.[0].length ?? 0;
  return { kind: 'replaced', start: place.start - before, end: place.end, text: '' };
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
    const line =
      own !== undefined && match?.kept === true ? own.line : reindentLine(stanza.line, place.reindent);
    if (line === undefined) return undefined;
    woven.push(line);
  }
  const sameTail = search.tail.length === replace.tail.length;
  return [...woven, ...(sameTail && place.withEdges ? found.tail : edge(replace.tail, search.tail))];
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
