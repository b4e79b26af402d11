import { renderUnit, type PatternOutput } from './patternOutput.ts';
import { notSpaceRanges, readUnit, spaceRanges } from './translateEscape.ts';

/** Translates the character class that opens at the offset; returns where the next thing stands, or a fault. */
export function translateClass(source: string, open: number, output: PatternOutput): number | string {
  const negated = source[open + 1] === '^';
  const parts: string[] = [];
  let at = open + (negated ? 2 : 1);
  while (at < source.length && source[at] !== ']') {
    const from = readAtom(source, at);
    const to =
      source[from.end] === '-' && source[from.end + 1] !== ']' ? readAtom(source, from.end + 1) : undefined;
    if (from.unit === undefined || to === undefined) {
      parts.push(from.linear);
      at = from.end;
    } else if (to.unit === undefined) {
      // Beside a class such as `\w` the dash is a dash.
      parts.push(from.linear, renderUnit(45), to.linear);
      at = to.end;
    } else {
      parts.push(`${from.linear}-${to.linear}`);
      at = to.end;
    }
    if (foldsBeyondAscii(from) || (to !== undefined && foldsBeyondAscii(to))) dropIfFolding(output);
  }
  if (at >= source.length) return 'has a `[` without its `]`';
  output.script.push(source.slice(open, at + 1));
  output.emitLinear(renderClass(parts.join(''), negated));
  return at + 1;
}

function renderClass(inner: string, negated: boolean): string {
  if (inner === '') return negated ? '(?s:.)' : '[^\\x{0}-\\x{10ffff}]';
  return `[${negated ? '^' : ''}${inner}]`;
}

interface Atom {
  /** undefined for a class of characters. */
  readonly unit: number | undefined;
  readonly linear: string;
  readonly end: number;
}

const classes: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}',
  w: '0-9A-Za-z_',
  W: '\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}',
  s: spaceRanges,
  S: notSpaceRanges,
};

function readAtom(source: string, at: number): Atom {
  if (source[at] !== '\\')
    return { unit: source.charCodeAt(at), linear: renderUnit(source.charCodeAt(at)), end: at + 1 };
  const letter = source[at + 1] ?? '';
  const known = classes[letter];
  if (known !== undefined) return { unit: undefined, linear: known, end: at + 2 };
  if (letter === 'b') return { unit: 8, linear: renderUnit(8), end: at + 2 };
  const { code, end } = readUnit(source, at);
  return { unit: code, linear: renderUnit(code), end };
}

/** The linear engine folds letters by another table: a class with letters beyond ASCII would match more. */
function foldsBeyondAscii(atom: Atom): boolean {
  return atom.unit === undefined ? atom.linear === classes['W'] : atom.unit > 0x7f;
}

function dropIfFolding(output: PatternOutput): void {
  if (output.flags.includes('i')) output.linear = undefined;
}
