/** Offset of the quote that closes the one at `open`. */
export function findQuoteEnd(text: string, open: number, limit: number = text.length): number | undefined {
  const quote = text.charCodeAt(open);
  for (let at = open + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash && quote === doubleQuote) at += 1;
    else if (code === quote) {
      if (quote === doubleQuote || text.charCodeAt(at + 1) !== quote) return at;
      at += 1;
    }
  }
  return undefined;
}

const backslash = 92;
const doubleQuote = 34;
