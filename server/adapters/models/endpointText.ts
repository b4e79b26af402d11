/** Names of models and of faults are shown and kept, so an endpoint does not fill a journal with one. */
const maxNameLength = 200;

/** What an endpoint calls something, on one line, bounded, without the key that it was asked with. */
export function quoteName(name: unknown, key: string | undefined): string {
  return quoteText(name, key, maxNameLength);
}

/** What an endpoint says, on one line of at most `maxLength` characters, without the key that it was asked with; empty for what is no text. */
export function quoteText(said: unknown, key: string | undefined, maxLength: number): string {
  const text = typeof said === 'string' ? said : '';
  const masked = key ? text.replaceAll(key, '[key]') : text;
  return masked.replaceAll(/\s+/g, ' ').trim().slice(0, maxLength);
}

/** A shorter one is no secret: people set `ollama` or `none` where a server wants no key. */
const leastKeyLength = 16;

/** What an endpoint answers, without the key that it was asked with. */
export function maskKey(text: string, key: string | undefined): string {
  return key !== undefined && key.length >= leastKeyLength ? text.replaceAll(key, '[key]') : text;
}

/** A part of an answer. Throws for what is no text: an answer must not hold what a stranger's object is called. */
export function readPart(part: unknown): string {
  if (typeof part === 'string') return part;
  throw new SyntaxError('A part of the answer is no text.');
}
