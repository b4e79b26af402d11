import type { Span } from '../documents/span.ts';
import type { LineMap } from '../documents/lineMap.ts';
import type { Condition } from '../rules/rule.ts';
import type { EventFile } from './filters/eventFile.ts';
import { pathSubject } from './filters/pathSubject.ts';
import { isSurelyAbsent, searchPattern, testPattern } from './searchPattern.ts';

/** A file's text while conditions look at it. */
export interface CheckedText {
  readonly file: EventFile;
  readonly text: string;
  readonly lines: LineMap;
}

export type ConditionTest =
  /** The condition has something to say, at these places of the text; none means the file as a whole. */
  | { readonly kind: 'holds'; readonly spans: readonly Span[] }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unknown'; readonly reason: string };

const silent: ConditionTest = { kind: 'silent' };
const wholeFile: ConditionTest = { kind: 'holds', spans: [] };

/** Tests one condition, `negated` left aside. */
export async function testCondition(condition: Condition, checked: CheckedText): Promise<ConditionTest> {
  const limit = await limitsPath(condition, checked);
  if (limit !== undefined) return limit;
  // Where nothing changed, or nobody knows what did, there is nothing to say.
  if (condition.target === 'changed' && (await changedRuns(checked.file)).length === 0) return silent;
  const { pattern, negativePattern } = condition;
  if (pattern === undefined) {
    const found = await search(condition, negativePattern ?? '', checked);
    return found.kind === 'silent' ? wholeFile : found.kind === 'holds' ? silent : found;
  }
  const found = await search(condition, pattern, checked);
  if (found.kind === 'unknown') return found;
  const kept = found.kind === 'holds' ? await dropExcused(condition, found.spans, checked) : silent;
  if (kept.kind === 'unknown' || condition.must === 'absent') return kept;
  return kept.kind === 'holds' ? silent : wholeFile;
}

/** Whether a look at the text tells that the condition has nothing to say; false says nothing. */
export function isSurelySilent({ pattern, target, must }: Condition, text: string): boolean {
  if (pattern === undefined || target === 'path' || must === 'present') return false;
  return isSurelyAbsent({ source: pattern, flags: 'm' }, text);
}

/** What ends the test early: the path is not one that the condition speaks about, or that cannot be told. */
async function limitsPath(condition: Condition, checked: CheckedText): Promise<ConditionTest | undefined> {
  const { path } = checked.file.event;
  for (const source of condition.pathPatterns) {
    const found = await testPattern({ source, flags: '' }, pathSubject(source, path), checked.file);
    if (found === 'unknown')
      return { kind: 'unknown', reason: 'its path pattern could not be searched for in time' };
    if (!found) return silent;
  }
  return undefined;
}

async function search(
  condition: Condition,
  source: string,
  { file, text }: CheckedText,
): Promise<ConditionTest> {
  const onPath = condition.target === 'path';
  const subject = onPath ? pathSubject(source, file.event.path) : text;
  const found = await searchPattern({ source, flags: onPath ? '' : 'm' }, subject, file);
  if (found.kind === 'unknown') return found;
  const runs = condition.target === 'changed' ? await changedRuns(file) : undefined;
  const spans = runs === undefined ? found.spans : found.spans.filter((span) => liesWithin(span, runs));
  if (spans.length === 0) return silent;
  return { kind: 'holds', spans: onPath ? [] : spans };
}

/** Lines that changed, as spans of the text. */
async function changedRuns(file: EventFile): Promise<readonly Span[]> {
  return (await file.changes())?.spans ?? [];
}

function liesWithin({ start, end }: Span, runs: readonly Span[]): boolean {
  return runs.some((run) => run.start <= start && end <= run.end);
}

/** Without the matches in whose lines the negative pattern is found. */
async function dropExcused(
  condition: Condition,
  spans: readonly Span[],
  checked: CheckedText,
): Promise<ConditionTest> {
  const source = condition.negativePattern;
  if (source === undefined) return { kind: 'holds', spans };
  if (condition.target === 'path') return excusePath(source, checked);
  const kept: Span[] = [];
  for (const span of spans) {
    const excused = await testPattern({ source, flags: 'm' }, linesOf(span, checked), checked.file);
    if (excused === 'unknown')
      return { kind: 'unknown', reason: 'its negative pattern could not be searched for in time' };
    if (!excused) kept.push(span);
  }
  return kept.length > 0 ? { kind: 'holds', spans: kept } : silent;
}

async function excusePath(source: string, { file }: CheckedText): Promise<ConditionTest> {
  const excused = await testPattern({ source, flags: '' }, pathSubject(source, file.event.path), file);
  if (excused === 'unknown')
    return { kind: 'unknown', reason: 'its negative pattern could not be searched for in time' };
  return excused ? silent : wholeFile;
}

function linesOf(span: Span, { text, lines }: CheckedText): string {
  const first = lines.lineSpan(lines.positionAt(span.start).line);
  const last = lines.lineSpan(lines.positionAt(span.end).line);
  return text.slice(first.start, last.end);
}
