import { findElision } from './findElision.ts';
import type { AnswerEdit, AnswerProblem, ParsedAnswer, SearchReplace } from './parsedAnswer.ts';
import { isLanguageOf } from './readPath.ts';
import { scanAnswer, type AnswerPart } from './scanAnswer.ts';

export interface ParseAnswerOptions {
  /** The file that a single fence or block without a path is taken for. */
  readonly fallbackPath?: string;
}

const maxAnswerChars = 4_000_000;

/**
 * Reads a model's answer: whole files in fences and search/replace blocks, with prose around them. Never throws. An
 * answer that can be read in two ways, leaves code out or holds no edit is a problem, never a guess.
 */
export function parseAnswer(text: string, options: ParseAnswerOptions = {}): ParsedAnswer {
  if (text.length > maxAnswerChars)
    return onlyProblem(
      'answer.too-large',
      `The answer is longer than ${maxAnswerChars} characters. Answer with the asked files only.`,
    );
  const lines = visibleLines(text);
  if (lines.every((line) => line.trim() === ''))
    return onlyProblem('answer.empty', 'The answer is empty. Answer with the file in the asked format.');

  const parts = nameParts(scanAnswer(lines), options.fallbackPath);
  const merged = mergeEdits(parts);
  const problems = [...parts.flatMap(problemOf), ...merged.problems, ...merged.edits.flatMap(elisionsOf)];
  const remarks = parts.flatMap((part) => (part.kind === 'remark' ? [part.text] : []));
  if (merged.edits.length === 0 && problems.length === 0) problems.push(noEdit(parts));
  return { edits: merged.edits, remarks: remarks.slice(0, 20), problems };
}

function onlyProblem(code: AnswerProblem['code'], message: string): ParsedAnswer {
  return { edits: [], remarks: [], problems: [{ code, message }] };
}

/** Without what a reasoning model thought aloud: drafts in it are not its answer. */
function visibleLines(text: string): readonly string[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const opened = /^\s*<think(?:ing)?>/i.test(plain);
  const end = /<\/think(?:ing)?>/i.exec(plain);
  if (end === null) return opened ? [] : plain.split('\n');
  // Some servers cut the opening tag away; behind a fence the tag is a part of some file.
  const isThought = opened || !/^[ \t]*(?:```|~~~)/m.test(plain.slice(0, end.index));
  return (isThought ? plain.slice(end.index + end[0].length) : plain).split('\n');
}

/** Gives parts without a path the one they must mean, where only one can be meant. */
function nameParts(parts: readonly AnswerPart[], fallback: string | undefined): readonly AnswerPart[] {
  const hasNamedEdit = parts.some((part) => isEdit(part) && part.path !== undefined);
  const candidates = parts.filter(
    (part) =>
      part.kind === 'whole' &&
      part.path === undefined &&
      fallback !== undefined &&
      isLanguageOf(part.info, fallback),
  );
  const hasBlocks = parts.some((part) => part.kind === 'block' || part.kind === 'chunk');
  const onlyWhole = !hasNamedEdit && !hasBlocks && candidates.length === 1 ? candidates[0] : undefined;

  let last = fallback;
  return parts.map((part) => {
    if (part.kind === 'whole' && part === onlyWhole && fallback !== undefined)
      return { ...part, path: fallback };
    if (part.kind !== 'block' && part.kind !== 'chunk') return part;
    last = part.path ?? last;
    return last === undefined ? part : { ...part, path: last };
  });
}

function isEdit(
  part: AnswerPart,
): part is Extract<AnswerPart, { readonly kind: 'whole' | 'block' | 'chunk' }> {
  return part.kind === 'whole' || part.kind === 'block' || part.kind === 'chunk';
}

interface MergedEdits {
  readonly edits: readonly AnswerEdit[];
  readonly problems: readonly AnswerProblem[];
}

function mergeEdits(parts: readonly AnswerPart[]): MergedEdits {
  const edits = new Map<string, AnswerEdit>();
  const problems: AnswerProblem[] = [];
  for (const part of parts) {
    if ((part.kind === 'block' || part.kind === 'chunk') && part.path === undefined)
      problems.push(blockWithoutPath(part.line));
    const edit = toEdit(part);
    if (edit === undefined) continue;
    const merged = mergeTwo(edits.get(edit.path), edit);
    if (merged === undefined) problems.push(contradiction(edit.path, part.line));
    else edits.set(edit.path, merged);
  }
  return { edits: [...edits.values()], problems };
}

function toEdit(part: AnswerPart): AnswerEdit | undefined {
  if (!isEdit(part) || part.path === undefined) return undefined;
  const path = part.path.replace(/^(?:\.\/)+(?=[^/])/, '');
  if (part.kind === 'block') return { kind: 'blocks', path, blocks: [part.block] };
  if (part.kind === 'chunk') return { kind: 'chunks', path, chunks: [part.chunk] };
  return { kind: 'whole', path, text: part.text };
}

/** undefined: the two cannot both be meant. */
function mergeTwo(before: AnswerEdit | undefined, next: AnswerEdit): AnswerEdit | undefined {
  if (before === undefined) return next;
  if (before.kind === 'whole' && next.kind === 'whole') return before.text === next.text ? before : undefined;
  if (before.kind === 'blocks' && next.kind === 'blocks')
    return { ...before, blocks: [...before.blocks, ...next.blocks] };
  if (before.kind === 'chunks' && next.kind === 'chunks')
    return { ...before, chunks: [...before.chunks, ...next.chunks] };
  return undefined;
}

function problemOf(part: AnswerPart): readonly AnswerProblem[] {
  return part.kind === 'problem' ? [part.problem] : [];
}

function blockWithoutPath(line: number): AnswerProblem {
  return {
    code: 'answer.no-path',
    line,
    message:
      'No path stands before this SEARCH block. Write the path of its file on the line above the fence.',
  };
}

function contradiction(path: string, line: number): AnswerProblem {
  return {
    code: 'answer.contradiction',
    path,
    line,
    message: `The answer holds two different texts for ${path}. Give each file once, either whole or as SEARCH/REPLACE blocks.`,
  };
}

function elisionsOf(edit: AnswerEdit): readonly AnswerProblem[] {
  const texts = edit.kind === 'blocks' ? edit.blocks : textsOf(edit);
  const found = texts.flatMap(({ search, replace }) => findElision(replace, search) ?? []);
  return found.map((elision) => ({
    code: 'answer.elision',
    path: edit.path,
    message: `The line "${elision.text}" leaves code out, and would be written as it is. Write out every line.`,
  }));
}

/** Of chunks it is looked at once more where the file is known: it may hold such lines itself. */
function textsOf(edit: Exclude<AnswerEdit, { readonly kind: 'blocks' }>): readonly SearchReplace[] {
  return edit.kind === 'whole' ? [{ search: '', replace: edit.text }] : [];
}

function noEdit(parts: readonly AnswerPart[]): AnswerProblem {
  const fence = parts.find((part) => part.kind === 'whole');
  if (fence !== undefined) {
    return {
      code: 'answer.no-path',
      line: fence.line,
      message:
        'The answer holds code, but no path. Write the path of the file alone on the line above its fence.',
    };
  }
  return {
    code: 'answer.no-edit',
    message:
      'The answer holds no file. Write the path of the file alone on a line, then its text in a code fence.',
  };
}
