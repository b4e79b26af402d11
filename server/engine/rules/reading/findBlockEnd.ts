import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';

export interface BlockEnd {
  readonly end: number;
  /** False where text is followed by more keys: then nobody can tell what belongs to the block. */
  readonly endsSurely: boolean;
}

const anyKey = /^["']?[A-Za-z_][\w-]*["']?[ \t]*:(?:\s|$)/;
/** A key of a block or of an entry in it, wherever it stands. */
const ruleKey =
  /^[ \t]*(?:-[ \t]+)?(?:name|description|version|filters|actions|metadata|type|pattern|message|conditions|negative_pattern)[ \t]*:(?:\s|$)/m;
const entry = /^-(?:\s|$)/;
const misspelledEnd = /^<\/rule\b/i;

/**
 * Where a block without a closing tag ends, in the stretch that may be its own: behind an empty line, before the first
 * line in the column of its keys that is neither a key nor an entry of a list. Else the whole stretch is its own.
 */
export function findBlockEnd(text: string, open: Span): BlockEnd {
  let column: number | undefined;
  let isAfterBlank = false;
  // Behind the last line that has something in it.
  let last = open.start;
  for (let at = open.start; at < open.end;) {
    const line = readLine(text, at, open.end);
    const content = text.slice(line.start, line.end).trimStart();
    if (content === '') isAfterBlank = true;
    else {
      const indent = line.end - line.start - content.length;
      column ??= indent;
      const isText = indent <= column && !anyKey.test(content) && !entry.test(content);
      if (isText && (isAfterBlank || misspelledEnd.test(content))) {
        return { end: last, endsSurely: !ruleKey.test(text.slice(line.start, open.end)) };
      }
      isAfterBlank = false;
      last = line.next;
    }
    at = line.next;
  }
  return { end: open.end, endsSurely: true };
}
