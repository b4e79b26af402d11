import type { NewAuditEntry } from '../../protocol/audit.ts';
import { neutralise } from '../safety/neutralise.ts';
import { createRedactor } from '../safety/redact.ts';

const mask = createRedactor([]);
/** Of a text, in UTF-16 units. */
const longest = 500;
/** Of a list; the last place then says how many more there are. */
const most = 50;

/** An entry with secrets masked, escapes and hidden text made visible, and long texts and lists cut. */
export function cleanEntry(entry: NewAuditEntry): NewAuditEntry {
  const json = JSON.stringify(entry, (_key, value: unknown) => {
    if (typeof value === 'string') return cleanText(value);
    return isLongList(value) ? [...value.slice(0, most), `and ${value.length - most} more`] : value;
  });
  // What goes in comes out, but for what texts and lists hold.
  return JSON.parse(json) as NewAuditEntry;
}

function cleanText(text: string): string {
  const clean = mask(neutralise(text));
  return clean.length > longest ? `${clean.slice(0, longest).toWellFormed()}…` : clean;
}

function isLongList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > most;
}
