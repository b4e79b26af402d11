import type { PatternOutput } from './patternOutput.ts';

/** White space as JavaScript's `\s` knows it, in the linear engine's notation. */
export const spaceRanges =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
export const notSpaceRanges =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';

/** Translates the escape at the offset, outside of a class, and returns where the next thing stands. */
export function translateEscape(source: string, at: number, output: PatternOutput): number {
  const letter = source[at + 1] ?? '';
  const special = specials[letter];
  if (special !== undefined) {
    output.script.push(special.script);
    output.emitLinear(special.linear);
    return at + 2;
  }
  if (
    /[1-9]/.test(letter) ||
    (letter === 'k' && source[at + 2] === '<') ||
    (letter === '0' && /\d/.test(source[at + 2] ?? ''))
  ) {
    output.script.push(`\\${letter}`);
    output.linear = undefined;
    return at + 2;
  }
  const unit = readUnit(source, at);
  output.script.push(source.slice(at, unit.end));
  output.literal(unit.code);
  return unit.end;
}

const specials: Readonly<Record<string, { readonly script: string; readonly linear: string }>> = {
  A: { script: '(?<![\\s\\S])', linear: '\\A' },
  Z: { script: '(?![\\s\\S])', linear: '\\z' },
  z: { script: '(?![\\s\\S])', linear: '\\z' },
  d: { script: '\\d', linear: '[0-9]' },
  D: { script: '\\D', linear: '[^0-9]' },
  w: { script: '\\w', linear: '[0-9A-Za-z_]' },
  W: { script: '\\W', linear: '[^0-9A-Za-z_]' },
  s: { script: '\\s', linear: `[${spaceRanges}]` },
  S: { script: '\\S', linear: `[${notSpaceRanges}]` },
  b: { script: '\\b', linear: '\\b' },
  B: { script: '\\B', linear: '\\B' },
};

export interface Unit {
  readonly code: number;
  readonly end: number;
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };

/** The code unit that an escape stands for, as JavaScript reads it without the flag `u`. */
export function readUnit(source: string, at: number): Unit {
  const rest = source.slice(at + 1, at + 6);
  const hex = /^x([\dA-Fa-f]{2})|^u([\dA-Fa-f]{4})/.exec(rest);
  if (hex !== null) return { code: Number.parseInt(hex[1] ?? hex[2] ?? '', 16), end: at + 1 + hex[0].length };
  const control = /^c([A-Za-z])/.exec(rest)?.[1];
  if (control !== undefined) return { code: control.charCodeAt(0) % 32, end: at + 3 };
  if (rest === '') return { code: 92, end: at + 1 };
  return { code: controls[rest[0] ?? ''] ?? rest.charCodeAt(0), end: at + 2 };
}
