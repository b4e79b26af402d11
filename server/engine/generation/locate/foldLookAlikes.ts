/** Quotes, dashes and spaces of typography in their plain form. Offsets stay: each character becomes one character. */
export function foldLookAlikes(text: string): string {
  return text.replace(lookAlike, (character) => {
    if (quotes.test(character)) return "'";
    if (doubleQuotes.test(character)) return '"';
    return dashes.test(character) ? '-' : ' ';
  });
}

const quotes = /[\u2018-\u201B\u2032\u00B4\u02B9\u02BC\uFF07]/;
const doubleQuotes = /[\u201C-\u201F\u2033\u02BA\uFF02]/;
const dashes = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/;
const lookAlike =
  /[\u2018-\u201B\u2032\u00B4\u02B9\u02BC\uFF07\u201C-\u201F\u2033\u02BA\uFF02\u2010-\u2015\u2212\uFE58\uFE63\uFF0D\u00A0\u2000-\u200A\u202F\u205F\u3000]/g;
