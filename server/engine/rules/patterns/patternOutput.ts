/** A pattern while it is translated: both notations, and what decides how it may be run. */
export interface PatternOutput {
  readonly flags: string;
  readonly script: string[];
  /** undefined once something came that the linear engine cannot do. */
  linear: string[] | undefined;
  readonly repeats: boolean;
  readonly branches: number;
  readonly lineAnchors: boolean;
  emitLinear(text: string): void;
  /** A code unit that stands for itself; the caller wrote it to `script`. */
  literal(code: number): void;
  anchor(ofLines: string, ofText: string): void;
  openGroup(): void;
  closeGroup(): void;
  branch(): void;
  repeat(quantifier: string): void;
}

export function createOutput(flags: string, length: number): PatternOutput {
  return new Output(flags, length);
}

class Output implements PatternOutput {
  readonly flags: string;
  readonly script: string[] = [];
  linear: string[] | undefined = [];
  repeats = false;
  lineAnchors = false;
  readonly #bars: number[] = [0];
  #finished = 1;
  readonly #isLong: boolean;

  constructor(flags: string, length: number) {
    this.flags = flags;
    this.#isLong = length > maxBranching;
  }

  /** The product over all groups of their alternatives: more than can really be tried. */
  get branches(): number {
    const open = this.#bars.reduce((product, bars) => product * (bars + 1), this.#finished);
    return this.#isLong ? Number.MAX_SAFE_INTEGER : open;
  }

  emitLinear(text: string): void {
    this.linear?.push(text);
  }

  literal(code: number): void {
    if (code > 0x7f && this.flags.includes('i')) {
      // The two engines fold letters beyond ASCII by different tables.
      this.linear = undefined;
    } else this.emitLinear(renderUnit(code));
  }

  anchor(ofLines: string, ofText: string): void {
    const isOfLines = this.flags.includes('m');
    this.lineAnchors ||= isOfLines;
    this.emitLinear(isOfLines ? ofLines : ofText);
  }

  openGroup(): void {
    this.#bars.push(0);
    // What a group matched is never asked for, and groups that keep nothing are cheaper.
    this.emitLinear('(?:');
  }

  closeGroup(): void {
    this.#finished *= (this.#bars.pop() ?? 0) + 1;
    this.emitLinear(')');
  }

  branch(): void {
    this.#bars.push((this.#bars.pop() ?? 0) + 1);
    this.emitLinear('|');
  }

  repeat(quantifier: string): void {
    if (quantifier === '?') this.#finished *= 2;
    else this.repeats = true;
  }
}

const maxBranching = 1000;

/** One code unit for the linear engine, which reads code points: halves of a pair are mapped to private ones. */
export function renderUnit(code: number): string {
  const isPlain = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isPlain ? String.fromCharCode(code) : `\\x{${mapUnit(code).toString(16)}}`;
}

function mapUnit(code: number): number {
  return code >= 0xd800 && code <= 0xdfff ? code + 0x800 : code;
}

/**
 * A text of the same length in which each half of a surrogate pair is a character of its own, since a JavaScript
 * pattern counts code units.
 */
export function mapSurrogates(text: string): string {
  return /[\uD800-\uDFFF]/.test(text)
    ? text.replace(/[\uD800-\uDFFF]/g, (half) => String.fromCharCode(mapUnit(half.charCodeAt(0))))
    : text;
}
