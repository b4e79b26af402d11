import { readLine } from '../../documents/readLine.ts';
import { findLineStart } from '../editing/keyRegion.ts';
import { replaceText } from './replaceText.ts';
import type { FixFinder } from './ruleFix.ts';

/** A plain text on one line that YAML reads as something else: in quotes it is that text and nothing more. */
export const quoteValue: FixFinder = ({ text }, { span }) => {
  const start = findLineStart(text, span.start);
  const { end } = readLine(text, start);
  const line = text.slice(start, end).trimEnd();
  const before = /^[ \t]*(?:-[ \t]+)*(?:["']?[\w-]+["']?[ \t]*:[ \t]+|(?<=-[ \t]+))(?=\S)/.exec(line)?.[0];
  if (before === undefined) return [];
  const value = line.slice(before.length);
  if (value === '' || /^["'|>]/.test(value) || /[ \t]#/.test(value)) return [];
  const at = { start: start + before.length, end: start + before.length + value.length };
  const newText = `'${value.replaceAll("'", "''")}'`;
  return [replaceText('Quote this text', { span: at, newText, isCertain: !/^[[{&*!]/.test(value) })];
};
