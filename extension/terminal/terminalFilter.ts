const escape = '\u001b';
const bell = '\u0007';
/** A sequence that is longer than this without an end is not one. */
const longestSequence = 8192;

type State = 'text' | 'escape' | 'csi' | 'string' | 'stringEscape' | 'charset';

/**
 * Lets text, line ends, tabs and colours through and drops everything else that a terminal obeys: titles, links, the
 * clipboard, queries that it would answer, cursor moves. Output comes in pieces, so a sequence may be cut anywhere.
 */
export class TerminalFilter {
  #state: State = 'text';
  #sequence = '';
  #wasReturn = false;

  push(chunk: string): string {
    let out = '';
    for (const char of chunk) out += this.#step(char);
    return out;
  }

  #step(char: string): string {
    switch (this.#state) {
      case 'text':
        return this.#text(char);
      case 'escape':
        return this.#afterEscape(char);
      case 'csi':
        return this.#inCsi(char);
      case 'charset':
        this.#state = 'text';
        return '';
      case 'string':
      case 'stringEscape':
        return this.#inString(char);
    }
  }

  #text(char: string): string {
    const followsReturn = this.#wasReturn;
    this.#wasReturn = char === '\r';
    if (char === '\n') return followsReturn ? '\n' : '\r\n';
    if (char === '\r' || char === '\t') return char;
    if (char === escape) return this.#enter('escape');
    const code = char.codePointAt(0) ?? 0;
    if (code === 0x9b) return this.#enter('csi');
    // DCS, SOS, OSC, PM and APC in their one-character form.
    if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) return this.#enter('string');
    return code < 0x20 || (code >= 0x7f && code <= 0x9f) ? '' : char;
  }

  #enter(state: State): string {
    this.#state = state;
    this.#sequence = '';
    return '';
  }

  #afterEscape(char: string): string {
    if (char === '[') return this.#enter('csi');
    if ('P]X^_'.includes(char)) return this.#enter('string');
    if (char === escape) return '';
    // A sequence with one more character, such as the choice of a character set.
    return this.#enter(' #%()*+-./'.includes(char) ? 'charset' : 'text');
  }

  #inCsi(char: string): string {
    if (char === escape) return this.#enter('escape');
    const code = char.charCodeAt(0);
    const isFinal = code >= 0x40 && code <= 0x7e;
    const isInside = code >= 0x20 && code <= 0x3f && this.#sequence.length < longestSequence;
    if (!isFinal && isInside) {
      this.#sequence += char;
      return '';
    }
    const isColour = char === 'm' && /^[\d;:]*$/.test(this.#sequence);
    const isErase = char === 'K' && /^\d?$/.test(this.#sequence);
    const kept = isColour || isErase ? `${escape}[${this.#sequence}${char}` : '';
    this.#enter('text');
    return kept;
  }

  /** Ends at BEL or ST. A line end also ends it: else an open string would hide all that follows. */
  #inString(char: string): string {
    const closesByEscape = this.#state === 'stringEscape' && char === '\\';
    if (char === bell || char === '\u009c' || closesByEscape) return this.#enter('text');
    if (char === '\n') {
      this.#enter('text');
      return this.#text(char);
    }
    this.#state = char === escape ? 'stringEscape' : 'string';
    return '';
  }
}
