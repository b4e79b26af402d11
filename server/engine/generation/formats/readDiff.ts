import type { SearchReplace } from './parsedAnswer.ts';
import { joinLines } from './readBlock.ts';

/** What a unified diff says about one file. */
export type DiffFile =
  /** `path` undefined: the hunks stand without the names of their file. */
  | { readonly kind: 'blocks'; readonly path: string | undefined; readonly blocks: readonly SearchReplace[] }
  /** A file that is to be created. */
  | { readonly kind: 'whole'; readonly path: string; readonly text: string }
  /** `message`: what is wrong, for the model. */
  | { readonly kind: 'broken'; readonly path: string | undefined; readonly message: string };

const oldHeader = /^--- (?:"?(?:a\/)?(.+?)"?)(?:\t.*)?$/u;
const newHeader = /^\+\+\+ (?:"?(?:b\/)?(.+?)"?)(?:\t.*)?$/u;
const nothing = '/dev/null';

/** Whether a unified diff begins on this line: with the names of a file before and after. */
export function beginsDiff(lines: readonly string[], at: number): boolean {
  return (lines[at] ?? '').startsWith('diff --git ') || beginsFile(lines, at);
}

function beginsFile(lines: readonly string[], at: number): boolean {
  return oldHeader.test(lines[at] ?? '') && newHeader.test(lines[at + 1] ?? '');
}

/**
 * Reads the lines of a unified diff, file by file. Numbers in its `@@` lines are not looked at: models get them wrong, so a
 * hunk is found by its text alone, as a search/replace block is. `named`: the file that hunks without a header are about.
 */
export function readDiff(lines: readonly string[], named?: string): readonly DiffFile[] {
  const files: DiffFile[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const isHunk = line.startsWith('@@');
    if (!beginsFile(lines, at) && !isHunk) {
      const fault = faultOfHeader(line, named);
      if (fault !== undefined) files.push(fault);
      at += 1;
      continue;
    }
    const read = readFile(lines, isHunk ? at : at + 2, headersOf(lines, at, named));
    files.push(read.file);
    at = read.next;
  }
  return files;
}

/** Of what stands between the files only this would change something. */
function faultOfHeader(line: string, path: string | undefined): DiffFile | undefined {
  if (!/^(?:rename (?:from|to)|copy (?:from|to)|GIT binary patch|Binary files)\b/u.test(line))
    return undefined;
  const message = `A diff with the line "${line.slice(0, 80)}" is not taken. Change the text of the asked files only.`;
  return { kind: 'broken', path, message };
}

interface Headers {
  readonly old: string | undefined;
  readonly fresh: string | undefined;
}

function headersOf(lines: readonly string[], at: number, named: string | undefined): Headers {
  if ((lines[at] ?? '').startsWith('@@')) return { old: named, fresh: named };
  return {
    old: oldHeader.exec(lines[at] ?? '')?.[1],
    fresh: newHeader.exec(lines[at + 1] ?? '')?.[1],
  };
}

function readFile(
  lines: readonly string[],
  from: number,
  { old, fresh }: Headers,
): { readonly file: DiffFile; readonly next: number } {
  const blocks: SearchReplace[] = [];
  const path = fresh === nothing || fresh === undefined ? old : fresh;
  let at = from;
  let fault = fresh === nothing ? 'Deleting a file is not asked for. Leave it as it is.' : undefined;
  while (at < lines.length && !beginsDiff(lines, at)) {
    if (!(lines[at] ?? '').startsWith('@@')) {
      if ((lines[at] ?? '').trim() !== '' && blocks.length === 0)
        fault ??= 'This diff has no "@@" line before its hunk. Begin each hunk with one.';
      at += 1;
      continue;
    }
    const hunk = readHunk(lines, at + 1);
    fault ??= hunk.fault;
    blocks.push(hunk.block);
    at = hunk.next;
  }
  if (blocks.length === 0) fault ??= 'This diff holds no hunk.';
  if (fault !== undefined) return { file: { kind: 'broken', path, message: fault }, next: at };
  if (old === nothing && path !== undefined)
    return { file: { kind: 'whole', path, text: blocks.map(({ replace }) => replace).join('') }, next: at };
  return { file: { kind: 'blocks', path, blocks }, next: at };
}

interface HunkRead {
  readonly block: SearchReplace;
  readonly next: number;
  readonly fault: string | undefined;
}

function readHunk(lines: readonly string[], from: number): HunkRead {
  const search: string[] = [];
  const replace: string[] = [];
  let fault: string | undefined;
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('@@') || beginsDiff(lines, at)) break;
    const [sign, rest] = [line.charAt(0), line.slice(1)];
    if (sign === '\\') continue;
    if (sign === '') {
      const end = endOfBlank(lines, at);
      // Blank lines at the end of a hunk stand between it and what follows.
      if (end === lines.length || (lines[end] ?? '').startsWith('@@') || beginsDiff(lines, end)) break;
      // Editors and models take the one space from a context line that is blank.
      for (; at < end; at += 1) {
        search.push('');
        replace.push('');
      }
      at -= 1;
      continue;
    }
    if (sign === '+') replace.push(rest);
    else if (sign === '-') search.push(rest);
    else if (sign === ' ') {
      search.push(rest);
      replace.push(rest);
    } else {
      fault ??= `The line "${line.slice(0, 80)}" of a hunk begins with none of " ", "-" and "+".`;
    }
  }
  return { block: { search: joinLines(search), replace: joinLines(replace) }, next: at, fault };
}

/** The line behind the blank lines from here on. */
function endOfBlank(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at] === '') at += 1;
  return at;
}
