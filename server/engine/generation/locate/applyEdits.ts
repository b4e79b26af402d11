import type { AnswerEdit, BlocksEdit, SearchReplace } from '../formats/parsedAnswer.ts';
import { countChanges } from './countChanges.ts';
import type { Applied, Refused } from './applied.ts';
import { applyChunks } from './applyChunks.ts';
import type { Candidate } from './findCandidates.ts';
import { locateBlock } from './locateBlock.ts';
import { replaceBlock } from './replaceBlock.ts';
import { trustLevels, type Trust } from './trust.ts';

/**
 * Applies what an answer says about one file to its present text; undefined when there is no such file. Byte order
 * mark, line endings and final newline stay as they are. All of the edit is applied, or nothing.
 */
export function applyEdits(current: string | undefined, edit: AnswerEdit): Applied | Refused {
  const bom = current?.startsWith('\uFEFF') === true ? '\uFEFF' : '';
  const body = current?.slice(bom.length);
  const outcome = applyTo(body, edit);
  return outcome.kind === 'applied' && bom !== '' ? { ...outcome, text: bom + outcome.text } : outcome;
}

function applyTo(current: string | undefined, edit: AnswerEdit): Applied | Refused {
  if (edit.kind === 'whole') return applyWhole(current, edit.text);
  if (edit.kind === 'blocks') return applyBlocks(current, edit);
  return current === undefined
    ? refused('there is no such file; give a new file whole, without chunks')
    : applyChunks(current, edit);
}

function applyWhole(current: string | undefined, text: string): Applied | Refused {
  if (current === undefined)
    return { kind: 'applied', text, trust: 'whole', added: linesOf(text).length, removed: 0 };
  const before = linesOf(current.replaceAll('\r\n', '\n'));
  const after = linesOf(text);
  if (before.length >= 20 && after.length < before.length / 2) {
    return refused(
      `a whole file was given, but it has ${after.length} lines and the present one ${before.length}, as if parts were left out; answer with SEARCH/REPLACE blocks`,
    );
  }
  const joined = text.replaceAll('\n', usesCrlf(current) ? '\r\n' : '\n');
  const whole = current === '' ? joined : withFinalNewline(joined, current);
  return { kind: 'applied', text: whole, trust: 'whole', ...countChanges(before, after) };
}

function usesCrlf(text: string): boolean {
  const breaks = text.split('\n').length - 1;
  const crlf = text.split('\r\n').length - 1;
  return crlf * 2 > breaks;
}

function withFinalNewline(text: string, like: string): string {
  const bare = text.replace(/\r?\n$/, '');
  const last = /\r?\n$/.exec(like)?.[0] ?? '';
  return bare === '' ? '' : bare + last;
}

function applyBlocks(current: string | undefined, edit: BlocksEdit): Applied | Refused {
  const blocks = withoutRepeats(edit.blocks);
  const [only] = blocks;
  if (only?.search.trim() === '' && blocks.length === 1) return applyEmptySearch(current, only);
  if (current === undefined)
    return refused('there is no such file; give a new file whole, without SEARCH/REPLACE blocks');
  const outcome = applyAtOnce(current, blocks) ?? applyInTurn(current, blocks);
  if (outcome.kind === 'refused') return outcome;
  const lostNewline = current.endsWith('\n') && outcome.text !== '' && !outcome.text.endsWith('\n');
  return lostNewline ? { ...outcome, text: outcome.text + (usesCrlf(current) ? '\r\n' : '\n') } : outcome;
}

/** A block that is written twice is meant once. */
function withoutRepeats(blocks: readonly SearchReplace[]): readonly SearchReplace[] {
  if (blocks.length === 1) return blocks;
  return [...new Map(blocks.map((block) => [JSON.stringify([block.search, block.replace]), block])).values()];
}

function applyEmptySearch(current: string | undefined, block: SearchReplace): Applied | Refused {
  if (current === undefined || current.trim() === '')
    return applyWhole(current === undefined ? undefined : '', block.replace);
  return refused(
    'the SEARCH part is empty, but the file is not; copy the lines there that the new ones replace or follow',
  );
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly trust: Trust;
}

/** All blocks against the present text. undefined: one is not there or they overlap, so they may build on one another. */
function applyAtOnce(current: string, blocks: readonly SearchReplace[]): Applied | undefined {
  const splices: Splice[] = [];
  for (const [index, block] of blocks.entries()) {
    const splice = spliceOf(current, block, index);
    if (splice.kind === 'refused') return undefined;
    splices.push(splice);
  }
  splices.sort((a, b) => a.start - b.start);
  let text = '';
  let from = 0;
  for (const splice of splices) {
    if (splice.start < from) return undefined;
    text += current.slice(from, splice.start) + splice.text;
    from = splice.end;
  }
  return applied(text + current.slice(from), blocks, splices);
}

function applyInTurn(current: string, blocks: readonly SearchReplace[]): Applied | Refused {
  const splices: Splice[] = [];
  let text = current;
  for (const [index, block] of blocks.entries()) {
    const splice = spliceOf(text, block, index);
    if (splice.kind === 'refused') return splice;
    text = text.slice(0, splice.start) + splice.text + text.slice(splice.end);
    splices.push(splice);
  }
  return applied(text, blocks, splices);
}

function spliceOf(
  text: string,
  block: SearchReplace,
  index: number,
): ({ readonly kind: 'splice' } & Splice) | Refused {
  const place = locateBlock(text, block.search);
  const name = `the SEARCH part of block ${index + 1}`;
  if (place.kind === 'missing') {
    return refused(
      `${name} does not stand in the file; copy the lines exactly as they are now`,
      place.candidates,
    );
  }
  if (place.kind === 'ambiguous') {
    return refused(
      `${name} stands in the file more than once; add lines around it until it is the only such place`,
      place.candidates,
    );
  }
  const replaced = replaceBlock(text, place, block);
  if (replaced.kind === 'refused')
    return refused(`${name} ${replaced.reason}; copy the lines exactly as they are now`);
  return { ...replaced, kind: 'splice', trust: place.trust };
}

function applied(text: string, blocks: readonly SearchReplace[], splices: readonly Splice[]): Applied {
  const counts = blocks.map((block) => countChanges(linesOf(block.search), linesOf(block.replace)));
  const worst = Math.max(...splices.map((splice) => trustLevels.indexOf(splice.trust)));
  return {
    kind: 'applied',
    text,
    trust: trustLevels[worst] ?? 'exact',
    added: counts.reduce((sum, count) => sum + count.added, 0),
    removed: counts.reduce((sum, count) => sum + count.removed, 0),
  };
}

function refused(reason: string, candidates: readonly Candidate[] = []): Refused {
  return { kind: 'refused', reason, candidates };
}

function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
