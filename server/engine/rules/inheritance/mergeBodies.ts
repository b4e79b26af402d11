import { maxRuleFileLength } from '../parseRuleDocument.ts';
import { readTextLines } from '../references/findCode.ts';
import type { TextPiece } from './textPiece.ts';

/** Stands in a body for the bodies of the parents. */
export const superWord = '{{super}}';

/**
 * Bodies of a lineage, root first, each after an empty line; where one holds `{{super}}`, what stands above it goes there
 * instead. Only the first counts: a text stands in a prompt once. Never longer than a rule file may be.
 */
export function mergeBodies(bodies: readonly (readonly TextPiece[])[]): readonly TextPiece[] {
  let merged: readonly TextPiece[] = [];
  let isFirst = true;
  for (const body of bodies) {
    const placed = isFirst ? undefined : placeSuper(body, merged);
    merged = placed ?? append(merged, body);
    isFirst = false;
  }
  return cut(merged);
}

export function textOfPieces(pieces: readonly TextPiece[]): string {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only.text : pieces.map(({ text }) => text).join('');
}

function append(above: readonly TextPiece[], body: readonly TextPiece[]): readonly TextPiece[] {
  if (!above.some(hasText)) return body;
  if (!body.some(hasText)) return above;
  const breaks = missingBreaks(above.at(-1)?.text ?? '');
  const last = above.at(-1);
  if (breaks === '' || last === undefined) return [...above, ...body];
  return [...above.slice(0, -1), { ...last, text: last.text + breaks }, ...body];
}

/** What an empty line after the text takes. Only its end is looked at: it may be long. */
function missingBreaks(text: string): string {
  const ending = text.slice(-40);
  if (/(?:\r\n|[\n\r])[ \t]*(?:\r\n|[\n\r])[ \t]*$/.test(ending)) return '';
  return /[\n\r]$/.test(ending) ? '\n' : '\n\n';
}

function hasText({ text }: TextPiece): boolean {
  return /\S/.test(text);
}

/** undefined when the word does not stand there outside of code. */
function placeSuper(
  body: readonly TextPiece[],
  above: readonly TextPiece[],
): readonly TextPiece[] | undefined {
  const placed: TextPiece[] = [];
  let isPlaced = false;
  for (const piece of body) {
    let from = 0;
    for (const at of findSuper(piece.text)) {
      placed.push(part(piece, from, at));
      if (!isPlaced) placed.push(...trimEnd(above));
      isPlaced = true;
      from = at + superWord.length;
    }
    placed.push(from === 0 ? piece : part(piece, from, piece.text.length));
  }
  return isPlaced ? placed.filter(({ text }) => text !== '') : undefined;
}

/** Offsets of the word outside of code. */
export function findSuper(text: string): readonly number[] {
  if (!text.includes(superWord)) return [];
  return readTextLines(text, { start: 0, end: text.length }).flatMap(({ start, content }) => {
    const found: number[] = [];
    for (let at = content.indexOf(superWord); at >= 0; at = content.indexOf(superWord, at + 1))
      found.push(start + at);
    return found;
  });
}

function part({ text, path, span }: TextPiece, start: number, end: number): TextPiece {
  return { text: text.slice(start, end), path, span: { start: span.start + start, end: span.start + end } };
}

/** The word's own line goes on after it. */
function trimEnd(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const last = pieces.at(-1);
  if (last === undefined) return [];
  return [...pieces.slice(0, -1), { ...last, text: last.text.replace(/[\n\r]+$/, '') }];
}

/** Each file has at most so many characters, and thirty may inherit from one another. */
function cut(pieces: readonly TextPiece[]): readonly TextPiece[] {
  let room = maxRuleFileLength;
  const kept: TextPiece[] = [];
  for (const piece of pieces) {
    if (piece.text.length > room) return room === 0 ? kept : [...kept, part(piece, 0, room)];
    kept.push(piece);
    room -= piece.text.length;
  }
  return kept;
}
