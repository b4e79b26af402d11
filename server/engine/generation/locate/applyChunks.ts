import type { ChunksEdit } from '../formats/parsedAnswer.ts';
import { findElision } from '../formats/findElision.ts';
import type { Applied, Refused } from './applied.ts';
import { countChanges } from './countChanges.ts';
import { splitChunks, type FileChunk } from './splitChunks.ts';

/**
 * Puts chunks in the place of those that have their numbers. A number alone is no proof of the place: of what is given, most
 * has to stand in that chunk, and more of it than in any other, or nothing is applied.
 *
 * @param current Without a byte order mark. Its line endings stay, line by line where a line stays.
 */
export function applyChunks(current: string, edit: ChunksEdit): Applied | Refused {
  const own = current.match(/[^\n]*\n|[^\n]+$/gu) ?? [];
  const lines = own.map((line) => line.replace(/\r?\n$/u, ''));
  const chunks = splitChunks(lines);
  const given = new Map<number, readonly string[]>();
  for (const { number, text } of edit.chunks) {
    const chunk = chunks[number - 1];
    if (chunk === undefined)
      return refused(`there is no chunk ${number}; the file has chunks 1 to ${chunks.length}`);
    if (given.has(number)) return refused(`chunk ${number} is given twice; give each chunk once`);
    const fresh = text === '' ? [] : text.slice(0, -1).split('\n');
    const fault = faultOf({ lines, chunks, chunk, fresh });
    if (fault !== undefined) return refused(fault);
    given.set(number, fresh);
  }
  return weave(own, lines, { chunks, given });
}

interface Given {
  readonly lines: readonly string[];
  readonly chunks: readonly FileChunk[];
  readonly chunk: FileChunk;
  readonly fresh: readonly string[];
}

/** Of so many telling lines on, a chunk has to share that part with its place. */
const leastTelling = 3;
const leastShare = 0.3;

function faultOf({ lines, chunks, chunk, fresh }: Given): string | undefined {
  const { number } = chunk;
  if (fresh.every((line) => line.trim() === ''))
    return `chunk ${number} is empty; give it with all of its lines`;
  const elision = findElision(fresh.join('\n'), linesOf(lines, chunk).join('\n'));
  if (elision !== undefined)
    return `the line "${elision.text}" of chunk ${number} leaves code out; write out every line of the chunk`;
  const shares = chunks.map((each) => countShared(linesOf(lines, each), fresh));
  const share = shares[number - 1] ?? 0;
  const best = Math.max(...shares);
  const meant = shares.indexOf(best) + 1;
  if (share < best)
    return `what is given as chunk ${number} looks like chunk ${meant}; give it under its own number`;
  const telling = linesOf(lines, chunk).filter(isTelling).length;
  if (telling >= leastTelling && share < telling * leastShare)
    return `chunk ${number} shares too little with the one in the file; give all of its lines, the unchanged ones too`;
  if (shares.filter((each) => each === best).length > 1)
    return `chunk ${number} is no more like the one in the file than like another; answer with SEARCH/REPLACE blocks`;
  return undefined;
}

function linesOf(lines: readonly string[], { start, count }: FileChunk): readonly string[] {
  return lines.slice(start, start + count);
}

function isTelling(line: string): boolean {
  return line.replace(/[\s(){}[\];,]/gu, '').length >= 3;
}

/** Telling lines that both hold, each as often as in the one that has fewer of it. */
function countShared(own: readonly string[], fresh: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of own.filter(isTelling)) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  let shared = 0;
  for (const line of fresh) {
    const count = left.get(line.trim()) ?? 0;
    if (count === 0) continue;
    left.set(line.trim(), count - 1);
    shared += 1;
  }
  return shared;
}

interface Replacement {
  readonly chunks: readonly FileChunk[];
  readonly given: ReadonlyMap<number, readonly string[]>;
}

function weave(own: readonly string[], lines: readonly string[], { chunks, given }: Replacement): Applied {
  const usual = own.filter((line) => line.endsWith('\r\n')).length * 2 > own.length ? '\r\n' : '\n';
  const counts = { added: 0, removed: 0 };
  const woven = chunks.flatMap((chunk) => {
    const before = own.slice(chunk.start, chunk.start + chunk.count);
    const fresh = given.get(chunk.number);
    if (fresh === undefined) return before;
    const changed = countChanges(linesOf(lines, chunk), fresh);
    counts.added += changed.added;
    counts.removed += changed.removed;
    return withOwnEndings(before, withOwnGap(linesOf(lines, chunk), fresh), usual);
  });
  const text = woven.join('');
  const endsLine = own.at(-1)?.endsWith('\n') === true;
  return { kind: 'applied', text: endsLine ? text : text.replace(/\r?\n$/u, ''), trust: 'chunk', ...counts };
}

/** Models drop the blank lines that a chunk ends with; they stay. */
function withOwnGap(before: readonly string[], fresh: readonly string[]): readonly string[] {
  const gapOf = (lines: readonly string[]): number =>
    lines.length - (lines.findLastIndex((line) => line.trim() !== '') + 1);
  const gap = gapOf(before);
  return gapOf(fresh) === gap
    ? fresh
    : [...fresh.slice(0, fresh.length - gapOf(fresh)), ...before.slice(before.length - gap)];
}

/** A line that stays as it is keeps its line break; others take the usual one. */
function withOwnEndings(
  before: readonly string[],
  fresh: readonly string[],
  usual: string,
): readonly string[] {
  const broken = new Map<string, string[]>();
  for (const line of before) {
    const bare = line.replace(/\r?\n$/u, '');
    if (line.endsWith('\n')) broken.set(bare, [...(broken.get(bare) ?? []), line]);
  }
  return fresh.map((line) => broken.get(line)?.shift() ?? line + usual);
}

function refused(reason: string): Refused {
  return { kind: 'refused', reason, candidates: [] };
}
