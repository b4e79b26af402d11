/** What a key may be set to. A list is written between brackets, a text plain where every YAML reader reads it so. */
export type KeyValue = string | number | boolean | readonly string[];

/** The value on one line, as YAML and as our own reader read it. */
export function renderValue(value: KeyValue): string {
  if (typeof value === 'string') return isPlain(value) ? value : quote(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return `[${value.map(quote).join(', ')}]`;
}

/** The entries of a list, one a line, behind `indent`. */
export function renderDashes(items: readonly string[], indent: string, lineBreak: string): string {
  return items.map((item) => `- ${quote(item)}`).join(`${lineBreak}${indent}`);
}

/**
 * Whether a text needs no quotes: it begins with a letter, a slash or a dot before one, and holds nothing that begins a
 * comment or a key, or that some reader takes for another type.
 */
function isPlain(text: string): boolean {
  if (!/^(?:\.{0,2}\/)?[\p{L}_][^\p{C}\u2028\u2029]*$/u.test(text) || /\s$/u.test(text)) return false;
  if (/:(?:\s|$)|\s#|["']$/u.test(text)) return false;
  return !/^(?:null|true|false|yes|no|on|off|y|n)$/i.test(text);
}

/** In double quotes; what a terminal would obey or hide is escaped. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
