import type { Random } from '../engine/ports/random.ts';

/** A glob, and paths of which it may well match some. */
export interface GlobCase {
  readonly glob: string;
  readonly paths: readonly string[];
}

interface Draw {
  below(limit: number): number;
  from(list: readonly string[]): string;
}

const pathsOfGlob = 20;
/** Few enough that no glob stands for more patterns than are allowed. */
const maxBraces = 4;

/**
 * Draws globs of the subset that we share with picomatch, with paths: what the glob stands for, often with a small
 * change, so that both answers are common. The same for the same `random`.
 */
export function createCaseGenerator(random: Random): () => GlobCase {
  const draw = createDraw(random);
  const next = (): GlobCase => {
    const segments = Array.from({ length: 1 + draw.below(4) }, () => createSegment(draw));
    const glob = segments.map(({ glob: text }) => text).join('/');
    if (glob.split('{').length - 1 > maxBraces) return next();
    const paths = Array.from({ length: pathsOfGlob }, () => createPath(segments, draw));
    return { glob, paths };
  };
  return next;
}

function createPath(segments: readonly SegmentCase[], draw: Draw): string {
  const names = segments.flatMap(({ name }) =>
    name === undefined ? Array.from({ length: draw.below(3) }, () => draw.from(words)) : [name],
  );
  const path = draw.below(2) === 0 ? changeNames(names, draw) : names;
  return path.length === 0 ? draw.from(words) : path.join('/');
}

/** Draws texts that are mostly no good glob: what may stand there when somebody types or a file is damaged. */
export function createTextGenerator(random: Random): () => string {
  const draw = createDraw(random);
  return () => {
    const length = draw.below(4) === 0 ? draw.below(400) : draw.below(30);
    const pieces: string[] = [];
    while (pieces.length < length) {
      const piece = draw.below(5) === 0 ? String.fromCharCode(draw.below(0x2100)) : draw.from(signs);
      pieces.push(...Array.from({ length: draw.below(12) === 0 ? 1 + draw.below(40) : 1 }, () => piece));
    }
    return pieces.join('');
  };
}

const words = [
  'a',
  'b',
  'ab',
  'src',
  'lib',
  'x.ts',
  'y.test.ts',
  '.env',
  '.x',
  'a.b',
  'a-b',
  'A',
  'index',
  'ü',
  '_1',
];
const extensions = ['.ts', '.tsx', '.py', '.d.ts', '.md'];
const signs = [
  ...[
    '*',
    '**',
    '?',
    '/',
    '\\',
    '!',
    '[',
    ']',
    '{',
    '}',
    ',',
    '..',
    '.',
    '-',
    '^',
    '(',
    ')',
    '|',
    '+',
    '@',
    '~',
    ':',
  ],
  ...[
    'a',
    'b',
    '1',
    'ts',
    'src',
    '{a,b}',
    '{1..9}',
    '[a-z]',
    '[!a]',
    '**/',
    '/**',
    '*.',
    ' ',
    '\n',
    '"',
    '$',
    '\ud83d',
  ],
];

interface SegmentCase {
  readonly glob: string;
  /** A name that it matches; undefined for `**`, which matches any number. */
  readonly name: string | undefined;
}

function createSegment(draw: Draw): SegmentCase {
  if (draw.below(4) === 0) return { glob: '**', name: undefined };
  const parts = Array.from({ length: 1 + draw.below(3) }, () => createPart(draw));
  const glob = parts.map(([text]) => text).join('');
  const name = parts.map(([, text]) => text).join('');
  // Two stars side by side, and a name of dots, are no part of the subset.
  if (/\*\*|^\.{1,2}$/.test(glob) || /^\.{0,2}$/.test(name)) return { glob: 'src', name: 'src' };
  return { glob, name };
}

type Part = readonly [glob: string, text: string];

function createPart(draw: Draw): Part {
  const word = draw.from(words);
  switch (draw.below(8)) {
    case 0:
      return ['*', draw.below(2) === 0 ? word : draw.from(extensions)];
    case 1:
      return ['?', draw.from(['a', 'b', 'Z', '1', '-'])];
    case 2:
      return createClass(draw);
    case 3: {
      const others = Array.from({ length: 1 + draw.below(2) }, () => draw.from(words));
      return [`{${[...others, word].join(',')}}`, word];
    }
    case 4: {
      const extension = draw.from(extensions);
      return [`*${extension}`, `${word}${extension}`];
    }
    case 5:
      return [`{${word}${draw.from(extensions)},{b,c}*-}`, draw.from(['b-', 'c-', `c${word}-`, word])];
    default:
      return [word, word];
  }
}

function createClass(draw: Draw): Part {
  const sets: readonly Part[] = [
    ['[ab]', 'a'],
    ['[a-c]', 'b'],
    ['[^ab]', 'c'],
    ['[!a-c]', 'd'],
    ['[A-Za-z]', 'Q'],
    ['[0-9_]', '_'],
    ['[a-]', '-'],
  ];
  return sets[draw.below(sets.length)] ?? ['a', 'a'];
}

/** One name more, less or another, or another end. */
function changeNames(names: readonly string[], draw: Draw): readonly string[] {
  const at = draw.below(names.length + 1);
  switch (draw.below(4)) {
    case 0:
      return names.toSpliced(at, 0, draw.from(words));
    case 1:
      return names.toSpliced(at, 1);
    case 2:
      return names.toSpliced(at, 1, draw.from(words));
    default:
      return names.map((name, index) => (index === at ? `${name}${draw.from(['.ts', 'a', '.'])}` : name));
  }
}

function createDraw(random: Random): Draw {
  const below = (limit: number): number => Math.min(limit - 1, Math.floor(random.fraction() * limit));
  return { below, from: (list) => list[below(list.length)] ?? '' };
}
