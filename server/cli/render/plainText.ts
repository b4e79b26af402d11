import { neutralise } from '../../engine/safety/neutralise.ts';

/** A foreign text as one harmless line: nothing in it can pass for a line of ours. */
export function plainLine(text: string): string {
  return neutralise(text)
    .replace(/[\r\n\t ]+/g, ' ')
    .trim();
}

/** A foreign text as harmless lines, each behind `indent`. */
export function plainBlock(text: string, indent: string): string {
  const lines = neutralise(text).replaceAll('\r\n', '\n').trimEnd().split('\n');
  return lines.map((line) => `${indent}${line}\n`).join('');
}
