import type { Reindent } from './reindent.ts';

export interface Line {
  readonly text: string;
  readonly ending: string;
}

/** A line with words, and the blank lines above it. */
export interface Stanza {
  readonly line: Line;
  readonly gap: readonly Line[];
}

export interface Stanzas {
  readonly stanzas: readonly Stanza[];
  /** Blank lines at the end. */
  readonly tail: readonly Line[];
}

export function readStanzas(lines: readonly Line[]): Stanzas {
  const stanzas: Stanza[] = [];
  let gap: Line[] = [];
  for (const line of lines) {
    if (line.text.trim() === '') gap.push(line);
    else {
      stanzas.push({ line, gap });
      gap = [];
    }
  }
  return { stanzas, tail: gap };
}

/** Lines as a model writes them, each with its line break. */
export function newLines(text: string, ending: string): readonly Line[] {
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => ({ text: line, ending }));
}

/** Lines of the file with the endings that they have; the last one's is not in the text. */
export function ownLines(text: string, ending: string): readonly Line[] {
  const raw = text.split('\n');
  return raw.map((line, index) => {
    if (index === raw.length - 1) return { text: line, ending };
    return line.endsWith('\r') ? { text: line.slice(0, -1), ending: '\r\n' } : { text: line, ending: '\n' };
  });
}

/** The line ending that is used at a place: of its first line, else of the line above. */
export function endingAt(text: string, place: { readonly start: number }): string {
  const after = text.indexOf('\n', place.start);
  const at = after >= 0 ? after : text.lastIndexOf('\n', place.start);
  return at > 0 && text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

/** undefined: the place knows no such depth. */
export function reindentLine(line: Line, reindent: Reindent): Line | undefined {
  const written = /^[ \t]*/.exec(line.text)?.[0] ?? '';
  const indent = reindent(written);
  return indent === undefined ? undefined : { ...line, text: indent + line.text.slice(written.length) };
}

/** Without the last one's line break. */
export function joinLines(lines: readonly Line[]): string {
  const last = lines.length - 1;
  return lines.map(({ text, ending }, index) => (index < last ? text + ending : text)).join('');
}
