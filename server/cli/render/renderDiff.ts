import { formatPatch, structuredPatch, type StructuredPatch } from 'diff';
import type { ProposedFile } from '../../protocol/runEvents.ts';

export type Change = 'create' | 'modify' | 'delete';

/** Two texts that differ in more lines than that are shown as one replaced by the other. */
const maxEditLength = 2_000;

export function changeOf({ before, after }: ProposedFile): Change {
  if (before === undefined) return 'create';
  return after === undefined ? 'delete' : 'modify';
}

/** One file as a patch that `git apply` takes; empty when nothing differs. */
export function renderDiff(file: ProposedFile): string {
  const { path, before = '', after = '' } = file;
  const change = changeOf(file);
  if (change === 'modify' && before === after) return '';
  const oldName = `a/${path}`;
  const newName = `b/${path}`;
  const patch =
    structuredPatch(oldName, newName, before, after, undefined, undefined, { context: 3, maxEditLength }) ??
    replaceAll({ oldName, newName, before, after });
  return formatPatch({ ...patch, isGit: true, ...gitHeader(change, patch.hunks.length > 0) });
}

/** Lines added and removed. */
export function countLines(diff: string): { readonly added: number; readonly removed: number } {
  const hunks = diff.slice(Math.max(0, diff.indexOf('\n@@ '))).split('\n');
  const count = (sign: string): number => hunks.filter((line) => line.startsWith(sign)).length;
  return diff.includes('\n@@ ') ? { added: count('+'), removed: count('-') } : { added: 0, removed: 0 };
}

/** The names stay in the first header, where git wants both; `/dev/null` stands in the header of the texts alone. */
function gitHeader(change: Change, hasText: boolean): Partial<StructuredPatch> {
  if (change === 'create') {
    return { isCreate: true, newMode: '100644', ...(hasText ? { oldFileName: '/dev/null' } : {}) };
  }
  if (change === 'delete') {
    return { isDelete: true, oldMode: '100644', ...(hasText ? { newFileName: '/dev/null' } : {}) };
  }
  return {};
}

interface Texts {
  readonly oldName: string;
  readonly newName: string;
  readonly before: string;
  readonly after: string;
}

function replaceAll({ oldName, newName, before, after }: Texts): StructuredPatch {
  const removed = signedLines('-', before);
  const added = signedLines('+', after);
  const hunk = {
    oldStart: 1,
    oldLines: removed.count,
    newStart: 1,
    newLines: added.count,
    lines: [...removed.lines, ...added.lines],
  };
  return {
    oldFileName: oldName,
    newFileName: newName,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: [hunk],
  };
}

function signedLines(
  sign: string,
  text: string,
): { readonly count: number; readonly lines: readonly string[] } {
  if (text === '') return { count: 0, lines: [] };
  const lines = text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => sign + line);
  const end = text.endsWith('\n') ? [] : ['\\ No newline at end of file'];
  return { count: lines.length, lines: [...lines, ...end] };
}
