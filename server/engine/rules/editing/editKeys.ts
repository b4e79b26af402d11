import type { TextEdit } from '../textEdit.ts';
import type { KeyEntry } from '../reading/scanKeys.ts';
import { findEntry, findEntryLines, findLineStart, findValueSpan, type KeyRegion } from './keyRegion.ts';
import { lineBreakOf } from './lineBreaks.ts';
import { renderDashes, renderValue, type KeyValue } from './renderValue.ts';

/** Writes a value where the key stands, or the key below the last one. Comments outside of the value stay. */
export function setKey(region: KeyRegion, key: string, value: KeyValue): readonly TextEdit[] {
  const entry = findEntry(region, key);
  if (entry === undefined) return [insertKey(region, `${key}: ${renderValue(value)}`)];
  return [replaceValue(region, entry, renderFor(region, entry, value))];
}

/** Writes `newText`, as it is, in place of the value of an entry. */
export function replaceValue({ text }: KeyRegion, entry: KeyEntry, newText: string): TextEdit {
  const span = findValueSpan(text, entry);
  const before = text[span.start - 1] === ':' ? ' ' : '';
  const after = span.start === span.end && text[span.end] === '#' ? ' ' : '';
  return { span, newText: `${before}${newText}${after}` };
}

/** Takes the key with all lines of its value away; none when it is not written. */
export function removeKey(region: KeyRegion, key: string): readonly TextEdit[] {
  const entry = findEntry(region, key);
  return entry === undefined ? [] : [removeEntry(region, entry)];
}

export function removeEntry({ text }: KeyRegion, entry: KeyEntry): TextEdit {
  return { span: findEntryLines(text, entry), newText: '' };
}

/** Gives the key another name; its value and place stay. */
export function renameKey(region: KeyRegion, key: string, name: string): readonly TextEdit[] {
  const entry = findEntry(region, key);
  return entry === undefined ? [] : [{ span: entry.keySpan, newText: name }];
}

/** A list that is written with dashes stays one. */
function renderFor({ text }: KeyRegion, entry: KeyEntry, value: KeyValue): string {
  const isDashed = entry.below && text[entry.value.start] === '-';
  if (!isDashed || !isList(value) || value.length === 0) return renderValue(value);
  const indent = text.slice(findLineStart(text, entry.value.start), entry.value.start);
  return renderDashes(value, indent, lineBreakOf(text));
}

function isList(value: KeyValue): value is readonly string[] {
  return typeof value === 'object';
}

/** `line`: a key and its value, without a line break. */
function insertKey(region: KeyRegion, line: string): TextEdit {
  const { text, inner, entries } = region;
  const lineBreak = lineBreakOf(text);
  const last = entries.at(-1);
  if (last === undefined) return insertAt(inner.start, `${line}${lineBreak}`);
  const indent = /^[ \t]*/.exec(text.slice(findLineStart(text, last.keySpan.start)))?.[0] ?? '';
  const { end } = findEntryLines(text, last);
  const isOpen = end > 0 && text[end - 1] !== '\n' && text[end - 1] !== '\r';
  return insertAt(end, isOpen ? `${lineBreak}${indent}${line}` : `${indent}${line}${lineBreak}`);
}

function insertAt(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}
