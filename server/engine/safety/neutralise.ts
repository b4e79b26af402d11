import { findHiddenText } from './hiddenText.ts';

export interface NeutraliseOptions {
  /** Keep the escapes that set colours and weight; concealed text is shown all the same. Default: none is kept. */
  readonly colours?: boolean;
}

/**
 * Makes a text harmless to show, log or send: terminal escapes are removed (cursor, title, clipboard, links), a lone
 * carriage return becomes a line break, and what nobody sees stands there as `\u{…}`.
 */
export function neutralise(text: string, options: NeutraliseOptions = {}): string {
  if (!suspicious.test(text)) return text;
  const plain = text.replace(terminalEscape, (escape) =>
    options.colours === true ? visibleColours(escape) : '',
  );
  return escapeUnseen(plain.replace(/\r(?!\n)/g, '\n'));
}

/** Neutralises a stream: an escape that is cut between two chunks is removed like a whole one. */
export class Neutraliser {
  readonly #options: NeutraliseOptions;
  #held = '';

  constructor(options: NeutraliseOptions = {}) {
    this.#options = options;
  }

  /** The part of what came so far that is certain to be harmless. */
  push(chunk: string): string {
    const text = this.#held + chunk;
    const cut = text.length - unfinishedTail(text);
    this.#held = text.slice(cut);
    return neutralise(text.slice(0, cut), this.#options);
  }

  /** What is left at the end of the stream. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return neutralise(rest, this.#options);
  }
}

const suspicious = /[^\t\n\x20-\x7E]/;

// A string sequence (title, clipboard, link) without its end reaches to the end of the line, as far as a person would
// see; a sequence that is cut keeps nothing of itself.
const terminalEscape = new RegExp(
  [
    '(?:\\x1B[\\]PX^_]|[\\x90\\x98\\x9D-\\x9F])[^\\x07\\x18\\x1A\\x1B\\x9C\\n\\r]*(?:\\x07|\\x1B\\\\|\\x9C|\\x18|\\x1A)?',
    '(?:\\x1B\\[|\\x9B)[\\x30-\\x3F]*[\\x20-\\x2F]*(?:[\\x40-\\x7E])?',
    '\\x1B[\\x20-\\x2F]*[\\x30-\\x7E]?',
  ].join('|'),
  'g',
);

/** Escape characters stay: what came before leaves none but those of kept colours. */
function escapeUnseen(text: string): string {
  const bom = text.startsWith('\uFEFF') ? [{ start: 0, end: 1 }] : [];
  const spans = [...bom, ...findHiddenText(text).map((hidden) => hidden.span)];
  let shown = '';
  let from = 0;
  for (const span of spans) {
    shown += text.slice(from, span.start) + Array.from(text.slice(span.start, span.end), escapeOne).join('');
    from = span.end;
  }
  return (shown + text.slice(from)).replace(/\p{Surrogate}/gu, escapeOne);
}

function escapeOne(character: string): string {
  if (character === '\x1B') return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A colour escape in its plain form, or nothing if the sequence does something else. */
function visibleColours(escape: string): string {
  const parameters = /^(?:\x1B\[|\x9B)([0-9;:]*)m$/.exec(escape)?.[1];
  if (parameters === undefined || parameters.length > 64) return '';
  const kept = withoutConceal(parameters.split(';'));
  return kept.length === 0 ? '' : `\x1B[${kept.join(';')}m`;
}

/** 8 conceals what follows, unless it belongs to an extended colour (38;5;8 or 38;2;r;g;b). */
function withoutConceal(parameters: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < parameters.length; at += 1) {
    const parameter = parameters[at] ?? '';
    const length = /^(?:38|48|58)$/.test(parameter) ? extendedLength(parameters[at + 1]) : 1;
    if (Number(parameter) !== 8) kept.push(...parameters.slice(at, at + length));
    at += length - 1;
  }
  return kept;
}

function extendedLength(mode: string | undefined): number {
  if (mode === '5') return 3;
  return mode === '2' ? 5 : 1;
}

const maxHeld = 8192;

/** How many characters at the end could belong to something that the next chunk completes. */
function unfinishedTail(text: string): number {
  const window = text.slice(-maxHeld);
  const escape =
    /(?:\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])[^\x07\x18\x1A\x1B\x9C\n\r]*\x1B?$|(?:\x1B\[|\x9B)[\x30-\x3F]*[\x20-\x2F]*$|\x1B[\x20-\x2F]*$/.exec(
      window,
    );
  if (escape !== null) return window.length - escape.index;
  if (window.endsWith('\r')) return 1;
  // Half a character, or an emoji whose joiner or selector is still to come.
  return /[^\x00-\x9F]{0,16}$/.exec(window)?.[0].length ?? 0;
}
