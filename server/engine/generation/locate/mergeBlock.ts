import { diffLines } from '../../documents/diffLines.ts';
import type { SearchReplace } from '../formats/parsedAnswer.ts';
import { keepCertain, type Matches } from './alignLines.ts';
import type { Reindent } from './reindent.ts';
import {
  endingAt,
  joinLines,
  newLines,
  ownLines,
  readStanzas,
  reindentLine,
  type Stanza,
} from './stanzas.ts';
import { trimSpace } from './whiteSpace.ts';

export interface SimilarSpan {
  readonly start: number;
  readonly end: number;
  readonly reindent: Reindent;
  readonly matches: Matches;
}

export type Merged =
  | { readonly kind: 'merged'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * What a block changes, brought to a place that does not have all of its lines: whatever the block leaves as it is stays
 * as the file has it, also where the model remembered it otherwise. What it changes must stand there word for word.
 */
export function mergeBlock(text: string, span: SimilarSpan, block: SearchReplace): Merged {
  const ending = endingAt(text, span);
  const search = readStanzas(newLines(block.search, ending)).stanzas;
  const replace = readStanzas(newLines(block.replace, ending)).stanzas;
  const found = readStanzas(ownLines(text.slice(span.start, span.end), ending)).stanzas;
  const matches = keepCertain(trimmed(search), trimmed(found), span.matches);
  const woven: Stanza[] = [];
  let own = 0;
  let line = 0;
  let at = 0;
  for (const run of diffLines(wordsOf(search), wordsOf(replace))) {
    if (!run.same) {
      const hole = findHole(matches, { line, count: run.before });
      if (hole === undefined || hole.from < own) return { kind: 'refused', reason: unsure };
      woven.push(...found.slice(own, hole.from));
      for (let step = 0; step < run.after; step += 1) {
        const fresh = replace[at + step];
        if (fresh === undefined) continue;
        const before = step < run.before ? search[line + step] : undefined;
        const kept = step < run.before ? found[hole.from + step] : undefined;
        const written = reindentLine(fresh.line, span.reindent);
        if (written === undefined) return { kind: 'refused', reason: unknownDepth };
        const keepsGap = before !== undefined && before.gap.length === fresh.gap.length;
        woven.push({ line: written, gap: keepsGap && kept !== undefined ? kept.gap : fresh.gap });
      }
      own = hole.from + run.before;
    }
    line += run.before;
    at += run.after;
  }
  woven.push(...found.slice(own));
  return { kind: 'merged', text: joinLines(woven.flatMap(({ gap, line }) => [...gap, line])) };
}

const unsure = 'differs from the file in lines that it changes, or next to where it adds some';
const unknownDepth =
  'has a new line with less indentation than the place that was found, so its depth is unknown';

function trimmed(stanzas: readonly Stanza[]): string[] {
  return stanzas.map(({ line }) => trimSpace(line.text));
}

function wordsOf(stanzas: readonly Stanza[]): string[] {
  return stanzas.map(({ line }) => line.text.trimEnd());
}

/** Where lines of the block stand in the place, all of them and in a row; for none where new ones come between. */
function findHole(
  matches: Matches,
  { line, count }: { readonly line: number; readonly count: number },
): { readonly from: number } | undefined {
  if (count === 0) return findSeam(matches, line);
  const from = matches[line];
  if (from === undefined) return undefined;
  for (let step = 1; step < count; step += 1) if (matches[line + step] !== from + step) return undefined;
  return { from };
}

/** Between two lines; when one of them is not in the place, the other one says where, unless lines are there that the block does not know. */
function findSeam(matches: Matches, line: number): { readonly from: number } | undefined {
  const above = line > 0 ? matches[line - 1] : undefined;
  const below = matches[line];
  if (above !== undefined && below !== undefined) return below === above + 1 ? { from: below } : undefined;
  if (above !== undefined) {
    const isLast = line === matches.length;
    const next = nextMatch(matches, line);
    if (isLast) return { from: above + 1 };
    // Each line that is not there has one in its place, so that the new ones do not come into the midst of others.
    return next !== undefined && next.at - above <= next.line - line + 1 ? { from: above + 1 } : undefined;
  }
  if (below === undefined) return undefined;
  if (line === 0) return { from: below };
  const before = previousMatch(matches, line - 1);
  return before !== undefined && below - before.at <= line - before.line ? { from: below } : undefined;
}

interface Known {
  readonly line: number;
  readonly at: number;
}

function nextMatch(matches: Matches, from: number): Known | undefined {
  for (let line = from; line < matches.length; line += 1) {
    const at = matches[line];
    if (at !== undefined) return { line, at };
  }
  return undefined;
}

function previousMatch(matches: Matches, from: number): Known | undefined {
  for (let line = from; line >= 0; line -= 1) {
    const at = matches[line];
    if (at !== undefined) return { line, at };
  }
  return undefined;
}
