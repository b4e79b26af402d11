/** One line of a text. */
export interface Line {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** Where the next line starts; the text's end for the last one. */
  readonly next: number;
}

/** The line that starts at `start`, ended by \n, \r\n, a lone \r, or `limit`. */
export function readLine(text: string, start: number, limit: number = text.length): Line {
  for (let at = start; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) return { start, end: at, next: at + 1 };
    if (code === 13) {
      const next = at + 1 < limit && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
      return { start, end: at, next };
    }
  }
  return { start, end: limit, next: limit };
}
