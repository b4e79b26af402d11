import { keyShapes, type KeyShape } from './keyShapes.ts';

/** What of a request is sent as text. */
export interface SentTexts<Message extends { readonly text: string }> {
  readonly system: string;
  readonly messages: readonly Message[];
}

export interface MaskedTexts<Message extends { readonly text: string }> extends SentTexts<Message> {
  /** Each secret once, where it stands first. */
  readonly secrets: readonly FoundSecret[];
  /** Puts the secrets back where an answer has their placeholders. */
  readonly restore: (answer: string) => string;
}

export interface FoundSecret {
  /** For people, such as `AWS key id`. */
  readonly kind: string;
  /** Its text is the `message`th of the request, counted from 0; -1: the system text. */
  readonly message: number;
  /** Where it begins in the text as it was before. */
  readonly offset: number;
}

/**
 * Replaces keys of a known form by placeholders of the same length, as far as that has place for a name. The same texts give
 * the same placeholders, and texts that begin alike begin alike afterwards. What has no secrets stays as it is.
 */
export function maskPrompt<Message extends { readonly text: string }>({
  system,
  messages,
}: SentTexts<Message>): MaskedTexts<Message> {
  const all = [system, ...messages.map(({ text }) => text)];
  const placeholders = new Placeholders(all);
  const secrets: FoundSecret[] = [];
  const seen = new Set<string>();
  const texts = all.map((text, index) => {
    const found = findKeys(text);
    for (const { start, value, name } of found) {
      if (seen.has(value)) continue;
      seen.add(value);
      secrets.push({ kind: name, message: index - 1, offset: start });
    }
    return replaceKeys(text, found, placeholders);
  });
  if (secrets.length === 0) return { system, messages, secrets, restore: (answer) => answer };
  return {
    system: texts[0] ?? system,
    messages: messages.map((message, index) => ({ ...message, text: texts[index + 1] ?? message.text })),
    secrets,
    restore: (answer) => placeholders.restore(answer),
  };
}

const labelOf = (kind: string): string => kind.toUpperCase().replaceAll(' ', '_');
const labels = [...new Set(keyShapes.map(({ name }) => labelOf(name)))];

/** A placeholder, or what is left of one that was taken apart: it stands for nothing any more. */
export const placeholderPattern = new RegExp(`\\bMASKED_(?:(?:${labels.join('|')})_)?\\d`);

interface FoundKey {
  readonly start: number;
  readonly value: string;
  readonly name: string;
}

/** In the order of the text; none overlaps another. */
function findKeys(text: string): readonly FoundKey[] {
  const found = keyShapes
    .flatMap((shape) =>
      [...text.matchAll(shape.pattern)]
        .filter(([value]) => isKey(value, shape))
        .map((match): FoundKey => ({ start: match.index, value: match[0], name: shape.name })),
    )
    .toSorted((a, b) => a.start - b.start || b.value.length - a.value.length);
  let end = 0;
  return found.filter(({ start, value }) => {
    if (start < end) return false;
    end = start + value.length;
    return true;
  });
}

/** Whether it is more than the beginning of a key, and no row of words or of one character, as in texts about keys. */
function isKey(value: string, { isCommon, name }: KeyShape): boolean {
  if (name === 'private key') return /[A-Za-z0-9+/]{16}/.test(value);
  if (value.endsWith('EXAMPLE') || new Set(value.slice(-10)).size === 1) return false;
  const body = value.replace(/^[A-Za-z]{2,6}[-_]/, '');
  return isCommon !== true || (/\d/.test(body) && countTurns(body) >= 6);
}

/** How often a small letter, a capital and a digit stand beside each other: in what was drawn at random, nearly everywhere. */
function countTurns(text: string): number {
  const classes = Array.from(text.replace(/[^A-Za-z0-9]/g, ''), classOf);
  return classes.filter((each, index) => index > 0 && each !== classes[index - 1]).length;
}

function classOf(character: string): 'digit' | 'capital' | 'small' {
  if (character <= '9') return 'digit';
  return character <= 'Z' ? 'capital' : 'small';
}

function replaceKeys(text: string, found: readonly FoundKey[], placeholders: Placeholders): string {
  if (found.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, value, name } of found) {
    parts.push(text.slice(from, start), replaceKey(value, name, placeholders));
    from = start + value.length;
  }
  return parts.join('') + text.slice(from);
}

/** A key of several lines keeps them, and each has a placeholder of its own: an answer may quote some of them. */
function replaceKey(value: string, name: string, placeholders: Placeholders): string {
  if (name !== 'private key') return placeholders.of(value, name);
  const [head = ''] = /^-----BEGIN [^-]*-----|^PuTTY-User-Key-File-\d: /.exec(value) ?? [];
  const [tail = ''] = /-----END [^-]*-----$/.exec(value) ?? [];
  const body = value.slice(head.length, value.length - tail.length);
  // What follows a backslash belongs to an escape.
  return head + body.replace(/(?<!\\)[A-Za-z0-9+/=]{4,}/g, (part) => placeholders.of(part, name)) + tail;
}

/** One for each secret. */
class Placeholders {
  readonly #texts: readonly string[];
  readonly #bySecret = new Map<string, string>();
  #count = 0;

  /** `texts`: none of the placeholders stands there by chance. */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  of(secret: string, kind: string): string {
    const known = this.#bySecret.get(secret);
    if (known !== undefined) return known;
    for (;;) {
      const placeholder = this.#next(secret.length, kind);
      if (this.#texts.some((text) => text.includes(placeholder))) continue;
      this.#bySecret.set(secret, placeholder);
      return placeholder;
    }
  }

  restore(answer: string): string {
    return [...this.#bySecret].reduce(
      (text, [secret, placeholder]) => text.replaceAll(placeholder, () => secret),
      answer,
    );
  }

  /** It ends its number by `_`, so that no placeholder begins with another one. */
  #next(length: number, kind: string): string {
    this.#count += 1;
    const named = `MASKED_${labelOf(kind)}_${this.#count}_`;
    const short = `MASKED_${this.#count}_`;
    return (named.length <= length ? named : short).padEnd(length, 'x');
  }
}
