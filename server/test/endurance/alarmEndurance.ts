import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHiddenText } from '../../engine/safety/hiddenText.ts';
import { maskPrompt } from '../../engine/safety/maskPrompt.ts';
import { createRedactor } from '../../engine/safety/redact.ts';

export interface AlarmResult {
  readonly files: number;
  /** By detector: the files that it alarms about, with the place. */
  readonly alarms: Readonly<Record<'hidden' | 'masked' | 'redacted', readonly string[]>>;
}

const redact = createRedactor([]);

/** What the detectors say of rule files that people published: hidden text that blocks, and secrets. */
export function countAlarms(folder: string): AlarmResult {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:mdc|md|txt)$|rules$/iu.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  const alarms: Record<keyof AlarmResult['alarms'], string[]> = { hidden: [], masked: [], redacted: [] };
  for (const path of paths) {
    const text = readFileSync(path, 'utf8');
    const name = path.slice(folder.length + 1);
    const hidden = findHiddenText(text).find(({ onlySpace }) => !onlySpace);
    if (hidden !== undefined) alarms.hidden.push(`${name}:${lineAt(text, hidden.span.start)}`);
    const [secret] = maskPrompt({ system: '', messages: [{ text }] }).secrets;
    if (secret !== undefined) alarms.masked.push(`${name}:${lineAt(text, secret.offset)}`);
    const masked = redact(text);
    if (masked !== text) alarms.redacted.push(`${name}:${lineAt(text, firstDifference(text, masked))}`);
  }
  return { files: paths.length, alarms };
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
