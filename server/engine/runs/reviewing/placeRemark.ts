import { createLineMap } from '../../documents/lineMap.ts';
import type { ReviewRemark } from '../../generation/formats/parseReview.ts';
import { locateBlock } from '../../generation/locate/locateBlock.ts';
import { replaceBlock } from '../../generation/locate/replaceBlock.ts';
import type { Range } from '../../../protocol/text.ts';

export type PlacedRemark =
  | {
      readonly kind: 'placed';
      /** What is quoted, from its first character to its last. */
      readonly range: Range;
      readonly suggestion?: Suggestion;
    }
  /** Goes on after "the quoted text", without a full stop. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface Suggestion {
  readonly range: Range;
  /** What stands there, as the file has it. */
  readonly replaces: string;
  readonly newText: string;
  /** The whole file with it. */
  readonly after: string;
}

/** Looks for the quoted text; a place that is only alike is none. `text`: of the file, with its own line breaks. */
export function placeRemark(text: string, { quote, suggestion }: ReviewRemark): PlacedRemark {
  const block = trimEdges(quote);
  if (block === '') return { kind: 'lost', reason: 'is empty' };
  const place = locateBlock(text, `${block}\n`);
  if (place.kind === 'ambiguous') return { kind: 'lost', reason: 'stands in the file more than once' };
  if (place.kind === 'missing' || place.trust === 'similar') {
    const inLine = findInLine(text, block);
    return inLine ?? { kind: 'lost', reason: 'is not in the file' };
  }
  const lines = createLineMap(text);
  const found = text.slice(place.start, place.end);
  const lead = found.length - found.trimStart().length;
  const range = lines.toRange({ start: place.start + lead, end: place.start + found.trimEnd().length });
  if (suggestion === undefined) return { kind: 'placed', range };
  const replaced = replaceBlock(text, place, { search: `${block}\n`, replace: ended(suggestion) });
  if (replaced.kind === 'refused') return { kind: 'placed', range };
  const { start, end, text: newText } = replaced;
  return {
    kind: 'placed',
    range,
    suggestion: {
      range: lines.toRange({ start, end }),
      replaces: text.slice(start, end),
      newText,
      after: text.slice(0, start) + newText + text.slice(end),
    },
  };
}

/** A part of one line that stands in the file once; nothing is suggested for it, since whole lines were asked for. */
function findInLine(text: string, quote: string): PlacedRemark | undefined {
  const part = quote.trim();
  if (part.includes('\n') || part.length < 8) return undefined;
  const at = text.indexOf(part);
  if (at < 0) return undefined;
  if (text.includes(part, at + 1)) return { kind: 'lost', reason: 'stands in the file more than once' };
  return { kind: 'placed', range: createLineMap(text).toRange({ start: at, end: at + part.length }) };
}

/** Without empty lines at the beginning and the end. */
function trimEdges(text: string): string {
  return text.replace(/^(?:[ \t]*\n)+/u, '').replace(/\s+$/u, '');
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
