import { readLine, type Line } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { repairYaml } from '../reading/repairYaml.ts';
import type { TextEdit } from '../textEdit.ts';
import { readRegionAt } from './keyRegions.ts';
import { quoteValue } from './quoteValue.ts';
import type { FixFinder } from './ruleFix.ts';

/** `rule.bad-yaml`: what could be mended is written as it was read; else the value on the line is quoted. */
export const writeAsRead: FixFinder = (document, problem) => {
  const { text } = document;
  const region = readRegionAt(document, problem.span.start);
  const entry = region?.entries.find(
    ({ value }) => problem.span.start >= findLineStart(text, value.start) && problem.span.start <= value.end,
  );
  if (entry === undefined) return [];
  if (problem.severity === 'error') return quoteValue(document, problem);
  const start = entry.below ? findLineStart(text, entry.value.start) : entry.value.start;
  const edits = repairEdits(text, { start, end: entry.value.end });
  if (edits.length === 0) return [];
  return [{ title: `Write \`${entry.key}\` as it was read`, isCertain: true, edits }];
};

/** A repair never adds or removes a line, so the lines before and after belong together. */
function repairEdits(text: string, { start, end }: Span): readonly TextEdit[] {
  const source = text.slice(start, end);
  const repaired = repairYaml(source).text;
  const edits: TextEdit[] = [];
  let from = 0;
  for (let at = 0; at < source.length;) {
    const line = readLine(source, at);
    const mended = readLine(repaired, from);
    const newText = repaired.slice(mended.start, mended.end);
    if (source.slice(line.start, line.end) !== newText) edits.push(narrow(source, { line, start, newText }));
    at = line.next;
    from = mended.next;
  }
  return edits;
}

interface MendedLine {
  readonly line: Line;
  /** Of the value in its file. */
  readonly start: number;
  readonly newText: string;
}

/** Only the characters that differ. */
function narrow(source: string, { line, start, newText }: MendedLine): TextEdit {
  const old = source.slice(line.start, line.end);
  const most = Math.min(old.length, newText.length);
  let head = 0;
  while (head < most && old[head] === newText[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old.at(-1 - tail) === newText.at(-1 - tail)) tail += 1;
  const offset = start + line.start;
  return {
    span: { start: offset + head, end: offset + old.length - tail },
    newText: newText.slice(head, newText.length - tail),
  };
}
