/** The first place at or after an offset; -1: none. */
export type Search = (from: number) => number;

const samples = 512;
/** In shorter texts finding out which characters are rare takes longer than it saves. */
const minTextChars = 16 * 1024;
/** A character is rare that is at most every so manieth: then the engine skips from one to the next. */
const rareAtMost = 200;
/** Up to this length the engine looks for the first character and compares; behind it builds tables. */
const partChars = 6;
const maxMisses = 1_000;

/**
 * Finds words in a text as `indexOf` does, but faster where one of their characters is rare in it, which is so in most
 * sources: a short part that begins with it is looked for, and the rest compared.
 */
export function createSearch(text: string, words: string): Search {
  const rare = findRare(text, words);
  if (rare === undefined) return (from) => text.indexOf(words, from);
  const part = words.slice(rare, rare + partChars);
  let misses = 0;
  return (from) => {
    for (let at = text.indexOf(part, from + rare); at >= 0; at = text.indexOf(part, at + 1)) {
      if (text.startsWith(words, at - rare)) return at - rare;
      misses += 1;
      // The samples were of other parts of the text.
      if (misses > maxMisses) return text.indexOf(words, at - rare + 1);
    }
    return -1;
  };
}

/** Where in the words the character stands that is rarest in the text; undefined: none is rare. */
function findRare(text: string, words: string): number | undefined {
  if (text.length < minTextChars) return undefined;
  const counts = new Uint16Array(128);
  const step = text.length / samples;
  for (let at = 0; at < samples; at += 1) {
    const code = text.charCodeAt(Math.floor(at * step));
    counts[code & 127] = (counts[code & 127] ?? 0) + 1;
  }
  let best = Math.floor(samples / rareAtMost) + 1;
  let rare: number | undefined;
  for (let at = 0; at < words.length && best > 0; at += 1) {
    const count = counts[words.charCodeAt(at) & 127] ?? 0;
    if (count < best) {
      best = count;
      rare = at;
    }
  }
  return rare;
}
