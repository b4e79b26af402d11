/** Offset of the quote that closes the one at `open`. */
export function findQuoteEnd(text: string, open: number, limit: number = text.length): number | undefined {
  const quote = text[open];
  for (let at = open + 1; at < limit; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) {
      if (quote !== "'" || text[at + 1] !== "'") return at;
      at += 1;
    }
  }
  return undefined;
}
