/** The zero-based line of an offset, as an editor counts: a lone carriage return ends a line as well. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\r|\n/).length - 1;
}
