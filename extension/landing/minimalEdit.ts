/** One replacement in a text: offsets in UTF-16 units, `end` not included. */
export interface MinimalEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The smallest single replacement that turns `before` into `after`; undefined when they are equal. Cursors, folds and
 * markers outside it stay where they are. Never splits a CRLF or a surrogate pair.
 */
export function computeMinimalEdit(before: string, after: string): MinimalEdit | undefined {
  if (before === after) return undefined;
  const start = commonStart(before, after);
  const shared = commonEnd(before, after, start);
  return { start, end: before.length - shared, text: after.slice(start, after.length - shared) };
}

/** True if the texts differ in nothing but line ends and a byte order mark, which an editor's buffer does not keep. */
export function isSameText(one: string, other: string): boolean {
  return one === other || withLineEnds(one, '\n') === withLineEnds(other, '\n');
}

/** The text as a buffer with these line ends holds it. */
export function withLineEnds(text: string, lineEnd: '\n' | '\r\n'): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n|\r|\n/g, lineEnd);
}

function commonStart(before: string, after: string): number {
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  while (start > 0 && (isInsidePair(before, start) || isInsidePair(after, start))) start -= 1;
  return start;
}

function commonEnd(before: string, after: string, start: number): number {
  const limit = Math.min(before.length, after.length) - start;
  let shared = 0;
  while (
    shared < limit &&
    before.charCodeAt(before.length - 1 - shared) === after.charCodeAt(after.length - 1 - shared)
  ) {
    shared += 1;
  }
  while (
    shared > 0 &&
    (isInsidePair(before, before.length - shared) || isInsidePair(after, after.length - shared))
  ) {
    shared -= 1;
  }
  return shared;
}

/** True between `\r` and `\n`, and between the halves of a surrogate pair. */
function isInsidePair(text: string, offset: number): boolean {
  const left = text.charCodeAt(offset - 1);
  const right = text.charCodeAt(offset);
  const isLineEnd = left === 0x0d && right === 0x0a;
  return isLineEnd || ((left & 0xfc00) === 0xd800 && (right & 0xfc00) === 0xdc00);
}
