import type { AnswerProblem, NumberedChunk, SearchReplace } from './parsedAnswer.ts';
import { isSearchMarker, joinLines, readBlock } from './readBlock.ts';
import { isChunkMarker, readChunk } from './readChunk.ts';
import { beginsDiff, readDiff, type DiffFile } from './readDiff.ts';
import { findFenceEnd, readFence, unindent, type Fence } from './readFence.ts';
import { findStructuredEnd, readStructured, type StructuredEdit } from './readStructured.ts';
import { isLanguageOf, readCommentPath, readInfoPath, readPathLabel } from './readPath.ts';

/** One thing that an answer holds, where it stands, and the file it names. */
export type AnswerPart =
  | {
      readonly kind: 'whole';
      readonly line: number;
      readonly path?: string;
      readonly info: string;
      readonly text: string;
    }
  | { readonly kind: 'block'; readonly line: number; readonly path?: string; readonly block: SearchReplace }
  | { readonly kind: 'chunk'; readonly line: number; readonly path?: string; readonly chunk: NumberedChunk }
  | { readonly kind: 'remark'; readonly line: number; readonly text: string }
  | { readonly kind: 'problem'; readonly line: number; readonly problem: AnswerProblem };

/** Splits an answer into its parts; prose is left out. */
export function scanAnswer(lines: readonly string[]): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  let at = 0;
  let labelsFrom = 0;
  while (at < lines.length && parts.length < maxParts) {
    const read = readPart(lines, at, labelsFrom);
    if (read === undefined) {
      at += 1;
      continue;
    }
    parts.push(...read.parts);
    at = read.next;
    labelsFrom = at;
  }
  if (at < lines.length) parts.push(tooMany(at));
  return parts;
}

// No honest answer has so many; without a bound a hostile one could keep us busy.
const maxParts = 1000;

function tooMany(line: number): AnswerPart {
  const message = `The answer holds more than ${maxParts} parts. Answer with the asked files only.`;
  return { kind: 'problem', line, problem: { code: 'answer.too-large', message, line } };
}

interface PartsRead {
  readonly parts: readonly AnswerPart[];
  readonly next: number;
}

function readPart(lines: readonly string[], at: number, labelsFrom: number): PartsRead | undefined {
  const line = lines[at] ?? '';
  if (isMarker(line)) return readBlockPart(lines, at, labelBefore(lines, at, labelsFrom)?.path);
  if (beginsDiff(lines, at)) return readBareDiff(lines, at);
  const fence = readFence(line);
  if (fence !== undefined) return readFenced(lines, at, fence, labelsFrom);
  return readBareStructured(lines, at) ?? readRemark(lines, at);
}

function isMarker(line: string): boolean {
  return isSearchMarker(line) || isChunkMarker(line);
}

/**
 * A diff without a fence goes on to the end, to a note or to a fence. What else stands there makes it broken: nothing tells
 * a line of prose from one of the diff.
 */
function readBareDiff(lines: readonly string[], at: number): PartsRead {
  let next = at;
  while (next < lines.length && !note.test(lines[next] ?? '') && readFence(lines[next] ?? '') === undefined)
    next += 1;
  return { parts: partsOfDiff(readDiff(lines.slice(at, next)), at), next };
}

/** Edits as data without a fence. Other data is prose. */
function readBareStructured(lines: readonly string[], at: number): PartsRead | undefined {
  const next = findStructuredEnd(lines, at);
  const edits = next === undefined ? undefined : readStructured(lines.slice(at, next).join('\n'));
  return next === undefined || edits === undefined
    ? undefined
    : { parts: partsOfStructured(edits, at), next };
}

function partsOfStructured(edits: readonly StructuredEdit[], line: number): readonly AnswerPart[] {
  return edits.map((edit): AnswerPart => {
    const place = { line, ...(edit.path === undefined ? {} : { path: edit.path }) };
    if (edit.kind === 'block') return { kind: 'block', ...place, block: edit.block };
    if (edit.kind === 'whole') return { kind: 'whole', ...place, info: '', text: edit.text };
    return {
      kind: 'problem',
      line,
      problem: { code: 'answer.broken-block', message: edit.message, ...place },
    };
  });
}

function partsOfDiff(files: readonly DiffFile[], line: number): readonly AnswerPart[] {
  return files.flatMap((file): readonly AnswerPart[] => {
    if (file.kind === 'broken') {
      const { path, message } = file;
      const problem = {
        code: 'answer.diff',
        line,
        message,
        ...(path === undefined ? {} : { path }),
      } as const;
      return [{ kind: 'problem', line, problem }];
    }
    const { path } = file;
    if (file.kind === 'whole') return [{ kind: 'whole', line, path: file.path, info: '', text: file.text }];
    return file.blocks.map((block) => ({
      kind: 'block',
      line,
      ...(path === undefined ? {} : { path }),
      block,
    }));
  });
}

function readBlockPart(lines: readonly string[], at: number, path: string | undefined): PartsRead {
  if (isChunkMarker(lines[at] ?? '')) return readChunkPart(lines, at, path);
  const read = readBlock(lines, at);
  const place = { line: at, ...(path === undefined ? {} : { path }) };
  if (read.kind === 'block')
    return { parts: [{ kind: 'block', ...place, block: read.block }], next: read.next };
  const problem: AnswerProblem = { code: 'answer.broken-block', message: read.message, ...place };
  return { parts: [{ kind: 'problem', line: at, problem }], next: read.next };
}

function readChunkPart(lines: readonly string[], at: number, path: string | undefined): PartsRead {
  const read = readChunk(lines, at);
  const place = { line: at, ...(path === undefined ? {} : { path }) };
  if (read.kind === 'chunk')
    return { parts: [{ kind: 'chunk', ...place, chunk: read.chunk }], next: read.next };
  const problem: AnswerProblem = { code: 'answer.broken-block', message: read.message, ...place };
  return { parts: [{ kind: 'problem', line: at, problem }], next: read.next };
}

/** The last line with text before `at`, if it names a file; one blank line may stand between. */
function labelBefore(lines: readonly string[], at: number, from: number): ReturnType<typeof readPathLabel> {
  for (let above = at - 1; above >= Math.max(from, at - 2); above -= 1) {
    const line = lines[above] ?? '';
    if (line.trim() !== '') return readPathLabel(line);
  }
  return undefined;
}

function readFenced(lines: readonly string[], at: number, fence: Fence, labelsFrom: number): PartsRead {
  const label = labelBefore(lines, at, labelsFrom);
  const beside =
    label !== undefined && (!label.weak || isLanguageOf(fence.info, label.path)) ? label.path : undefined;
  const path = readInfoPath(fence.info) ?? beside;
  const opened = unindent(lines, fence.indent);
  const first = findFirstBlock(opened, at + 1);
  if (first === undefined) return readWhole(lines, at, fence, path);
  return readFencedBlocks(opened, first.line, fence, first.path ?? path);
}

/** The SEARCH marker that a fence begins with, behind blank lines and at most one path. */
function findFirstBlock(
  lines: readonly string[],
  from: number,
): { readonly line: number; readonly path?: string } | undefined {
  let path: string | undefined;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isMarker(line)) return { line: at, ...(path === undefined ? {} : { path }) };
    if (line.trim() === '') continue;
    if (path !== undefined) return undefined;
    path = blockLabel(line);
    if (path === undefined) return undefined;
  }
  return undefined;
}

function blockLabel(line: string): string | undefined {
  const label = readPathLabel(line);
  return readCommentPath(line) ?? (label?.weak === false ? label.path : undefined);
}

/** Blocks until the fence closes. What stands between them is prose, but a path there names the file from then on. */
function readFencedBlocks(
  lines: readonly string[],
  first: number,
  fence: Fence,
  named: string | undefined,
): PartsRead {
  const parts: AnswerPart[] = [];
  let path = named;
  let at = first;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (isMarker(line)) {
      const read = readBlockPart(lines, at, path);
      parts.push(...read.parts);
      at = read.next;
      continue;
    }
    at += 1;
    if (isClosing(line, fence)) break;
    path = blockLabel(line) ?? path;
  }
  return { parts, next: at };
}

function isClosing(line: string, fence: Fence): boolean {
  const inner = readFence(line);
  return (
    inner !== undefined &&
    inner.character === fence.character &&
    inner.length >= fence.length &&
    inner.info === ''
  );
}

function readWhole(lines: readonly string[], at: number, fence: Fence, path: string | undefined): PartsRead {
  const end = findFenceEnd(lines, at + 1, fence);
  if (end === undefined) return unclosed(lines, at, path);
  const content = unindent(lines.slice(at + 1, end), fence.indent);
  const diff = readFencedDiff(content, fence, path);
  if (diff !== undefined) return { parts: partsOfDiff(diff, at), next: end + 1 };
  const structured = readFencedStructured(content, fence, path);
  if (structured !== undefined) return { parts: partsOfStructured(structured, at), next: end + 1 };
  const commented = path === undefined ? readCommentPath(content[0] ?? '') : undefined;
  const file =
    path ?? (commented !== undefined && isLanguageOf(fence.info, commented) ? commented : undefined);
  // The comment was the label of the fence, not a line of the file.
  const kept =
    path === undefined && file !== undefined ? content.slice(content[1]?.trim() === '' ? 2 : 1) : content;
  const place = { line: at, ...(file === undefined ? {} : { path: file }) };
  const problem = faultOfWhole(lines, end, fence, { file, content });
  if (problem !== undefined)
    return { parts: [{ kind: 'problem', line: at, problem: { ...problem, ...place } }], next: end + 1 };
  return { parts: [{ kind: 'whole', ...place, info: fence.info, text: joinLines(kept) }], next: end + 1 };
}

/** A file of that name may hold a diff itself: then it is no diff of the answer. */
function readFencedDiff(
  content: readonly string[],
  { info }: Fence,
  path: string | undefined,
): readonly DiffFile[] | undefined {
  if (path !== undefined && /\.(?:diff|patch)$/iu.test(path)) return undefined;
  const first = content.findIndex((line) => line.trim() !== '');
  const isNamed = /^(?:diff|patch|udiff)\b/iu.test(info);
  if (!isNamed && !beginsDiff(content, first)) return undefined;
  const files = readDiff(content, path);
  const message =
    'This fence holds no diff. Begin it with "--- a/PATH" and "+++ b/PATH", each hunk with "@@".';
  return files.length > 0 ? files : [{ kind: 'broken', path, message }];
}

/** A fence with the path of a file of data holds that file. */
function readFencedStructured(
  content: readonly string[],
  { info }: Fence,
  path: string | undefined,
): readonly StructuredEdit[] | undefined {
  const isNamed = info === '' || /^(?:json\w*|tool_\w+)$/iu.test(info);
  if (!isNamed || /\.(?:json\w*|ipynb|webmanifest)$/iu.test(path ?? '')) return undefined;
  const edits = readStructured(content.join('\n'));
  return edits?.map((edit) => (edit.path === undefined && path !== undefined ? { ...edit, path } : edit));
}

function unclosed(lines: readonly string[], at: number, path: string | undefined): PartsRead {
  const message =
    'A code fence is opened here and never closed, so the end of the file is unknown. Close each fence; where a file holds fences itself, open with more backticks than any of them.';
  const problem: AnswerProblem = {
    code: 'answer.unclosed-fence',
    message,
    line: at,
    ...(path === undefined ? {} : { path }),
  };
  return { parts: [{ kind: 'problem', line: at, problem }], next: lines.length };
}

interface WholeContent {
  readonly file: string | undefined;
  readonly content: readonly string[];
}

function faultOfWhole(
  lines: readonly string[],
  end: number,
  fence: Fence,
  whole: WholeContent,
): Pick<AnswerProblem, 'code' | 'message'> | undefined {
  if (whole.file === undefined) return undefined;
  if (whole.content.some(isMarker)) {
    const message =
      'A fence holds SEARCH/REPLACE markers behind other text. Give either the whole file or only blocks.';
    return { code: 'answer.broken-block', message };
  }
  if (/\.(?:md|mdc|markdown)$/i.test(whole.file) && hasBareFence(lines, end + 1, fence)) {
    const message =
      'It is not clear where this Markdown file ends, as it holds fences itself. Open its fence with more backticks than any fence in it.';
    return { code: 'answer.ambiguous-fence', message };
  }
  return undefined;
}

/** Whether a fence without a name and without a path follows: it may be the end of the file that seemed to end before. */
function hasBareFence(lines: readonly string[], from: number, fence: Fence): boolean {
  return lines.some((line, at) => {
    const other = at >= from ? readFence(line) : undefined;
    if (other === undefined || other.character !== fence.character || other.length < fence.length)
      return false;
    return other.info === '' && labelBefore(lines, at, from)?.weak !== false;
  });
}

const note = /^\s{0,3}(?:[-*>]\s+)?[*_]{0,2}NOTE[*_]{0,2}:[*_]{0,2}\s*(.*)$/;
const maxRemarkChars = 1000;

/** A `NOTE:` with the lines that go on with it. */
function readRemark(lines: readonly string[], at: number): PartsRead | undefined {
  const match = note.exec(lines[at] ?? '');
  if (match === null) return undefined;
  const words = [match[1] ?? ''];
  let next = at + 1;
  while (next < lines.length && continuesRemark(lines[next] ?? '')) {
    words.push((lines[next] ?? '').trim());
    next += 1;
  }
  const text = words.join(' ').trim().slice(0, maxRemarkChars);
  return { parts: text === '' ? [] : [{ kind: 'remark', line: at, text }], next };
}

function continuesRemark(line: string): boolean {
  if (line.trim() === '' || /^\s*(?:#{1,6}\s|[-*+]\s|\d+[.)]\s)/.test(line) || note.test(line)) return false;
  return readFence(line) === undefined && !isMarker(line) && readPathLabel(line)?.weak !== false;
}
