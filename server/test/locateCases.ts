import type { SearchReplace } from '../engine/generation/formats/parsedAnswer.ts';
import type { Applied, Refused } from '../engine/generation/locate/applied.ts';
import type { Random } from '../engine/ports/random.ts';

/** A block that a model wrote about a real source file, and what has to come of it. */
export interface LocateCase {
  readonly kind: LocateKind;
  /** The file. */
  readonly current: string;
  readonly block: SearchReplace;
  /** The file with the edit in its place; undefined: the edit has to be refused. */
  readonly expected: string | undefined;
  /** A line that the file does not have and must not get. */
  readonly stale?: string;
}

export const locateKinds = [
  'exact',
  'trailing space',
  'shifted indentation',
  'tabbed indentation',
  'CRLF',
  'blank lines',
  'look-alikes',
  'stale line',
  'dropped line',
  'added line',
  'decoy beside',
  'twice',
  'decoy alone',
  'gone',
] as const;

export type LocateKind = (typeof locateKinds)[number];

export type LocateVerdict = 'right' | 'refused' | 'wrong place' | 'stale text';

/** What an outcome is worth, for a case that has a right place and for one that has none. */
export function judgeLocated(
  outcome: Applied | Refused,
  { expected, stale, current }: LocateCase,
): LocateVerdict {
  if (outcome.kind === 'refused') return 'refused';
  if (outcome.text === expected) return 'right';
  if (stale !== undefined && count(outcome.text, stale) > count(current, stale)) return 'stale text';
  return 'wrong place';
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

export interface CaseOptions {
  readonly kinds?: readonly LocateKind[];
  /** What the model makes of a line of the block. `others`: all lines of the file. */
  readonly writeLine?: (line: string, others: Lines, below: Below) => string;
}

/** The next case of each kind in turn; a file in which a drawn block has no one place is drawn anew. */
export function createCaseGenerator(
  sources: readonly string[],
  random: Random,
  { kinds = locateKinds, writeLine = writeCall }: CaseOptions = {},
): () => LocateCase {
  const below = (limit: number): number => Math.floor(random.fraction() * limit);
  let turn = 0;
  return () => {
    const kind = kinds[turn++ % kinds.length] ?? 'exact';
    for (;;) {
      const made = makeCase(kind, sources[below(sources.length)] ?? '', { below, sources, writeLine });
      if (made !== undefined) return made;
    }
  };
}

/** A line that no source has. */
export function writeCall(line: string, _others: Lines, below: Below): string {
  return `${indentOf(line)}edited_by_the_model(${below(1000)});`;
}

/** A whole number from 0 to below the limit. */
export type Below = (limit: number) => number;
type Lines = readonly string[];

interface CaseParts {
  readonly below: Below;
  readonly sources: Lines;
  readonly writeLine: NonNullable<CaseOptions['writeLine']>;
}

/** A block of 4 to 12 lines, one of which is replaced. */
interface Drawn {
  readonly all: Lines;
  readonly start: number;
  readonly own: Lines;
  /** The line that the edit replaces, within the block. */
  readonly place: number;
  readonly edited: string;
}

interface Disguised {
  /** The file's lines before, in and after the block. */
  readonly before: Lines;
  readonly own: Lines;
  readonly after: Lines;
  readonly ending?: string;
  /** How the model writes the block. */
  readonly seen: Lines;
  /** How it writes the line that it changes. */
  readonly written: string;
  /** How that line has to come out. */
  readonly landed: string;
  /** Where it stands in `seen`. */
  readonly seenAt: number;
  readonly stale?: string;
}

function makeCase(
  kind: LocateKind,
  source: string,
  { below, sources, writeLine }: CaseParts,
): LocateCase | undefined {
  const drawn = drawBlock(source, below, writeLine);
  const disguised = drawn && disguise(kind, drawn, below, sources);
  if (drawn === undefined || disguised === undefined) return undefined;
  const { before, own, after, ending = '\n', seen, seenAt, written, landed, stale } = disguised;
  const file = (lines: Lines): string => [...before, ...lines, ...after].join(ending);
  const block = { search: `${seen.join('\n')}\n`, replace: `${seen.with(seenAt, written).join('\n')}\n` };
  const current = file(own);
  // What the file has must have one place, and what the model wrote none but that.
  const expectsRefusal = kind === 'twice' || kind === 'decoy alone' || kind === 'gone';
  if (!expectsRefusal && (places(current, own) !== 1 || places(current, seen) > 1)) return undefined;
  const isChanged = kind === 'stale line' || kind === 'dropped line' || kind === 'added line';
  const isGone = kind === 'decoy alone' || kind === 'gone';
  if ((isChanged || isGone) && places(current, seen) > 0) return undefined;
  // Where most of the lines stand, the others may have changed: that is the right place of a stale block.
  if (isGone && hasTwin(current, seen)) return undefined;
  const expected = expectsRefusal ? undefined : file(own.with(drawn.place, landed));
  return { kind, current, block, expected, ...(stale === undefined ? {} : { stale }) };
}

function drawBlock(source: string, below: Below, writeLine: CaseParts['writeLine']): Drawn | undefined {
  const all = source.split('\n');
  const height = 4 + below(9);
  if (all.length < height + 4) return undefined;
  const start = below(all.length - height);
  const own = all.slice(start, start + height);
  const place = below(height);
  if (isBlank(own[0]) || isBlank(own.at(-1)) || isBlank(own[place])) return undefined;
  if (own.filter((line) => !isBlank(line)).length < 4) return undefined;
  const line = own[place] ?? '';
  return { all, start, own, place, edited: writeLine(line, all, below) };
}

function disguise(kind: LocateKind, drawn: Drawn, below: Below, sources: Lines): Disguised | undefined {
  const { all, start, own, place, edited } = drawn;
  const before = all.slice(0, start);
  const after = all.slice(start + own.length);
  const plain = { before, own, after, seen: own, seenAt: place, written: edited, landed: edited };
  const everywhere = (change: (line: string) => string): Pick<Disguised, 'before' | 'own' | 'after'> => ({
    before: before.map(change),
    own: own.map(change),
    after: after.map(change),
  });
  switch (kind) {
    case 'exact':
      return plain;
    case 'CRLF':
      return { ...plain, ending: '\r\n' };
    case 'trailing space':
      return below(2) === 0
        ? { ...plain, ...everywhere((line) => `${line}  `), landed: edited }
        : { ...plain, seen: own.map((line) => `${line} `) };
    case 'shifted indentation': {
      const shift = ['  ', '    ', '\t'][below(3)] ?? '';
      const deeper = (line: string): string => (isBlank(line) ? line : shift + line);
      return below(2) === 0
        ? { ...plain, seen: own.map(deeper), written: shift + edited }
        : { ...plain, ...everywhere(deeper), landed: shift + edited };
    }
    case 'tabbed indentation': {
      const unit = all.some((line) => /^ {2}\S/.test(line)) ? 2 : 4;
      if (!own.some((line) => line.startsWith(' ')) || all.some((line) => line.startsWith('\t')))
        return undefined;
      if (!own.some((line) => !line.startsWith(' ') && !isBlank(line)) && new Set(own.map(indentOf)).size < 2)
        return undefined;
      if (own.some((line) => indentOf(line).length % unit !== 0)) return undefined;
      const tabbed = (line: string): string => {
        const depth = indentOf(line).length;
        return '\t'.repeat(Math.floor(depth / unit)) + ' '.repeat(depth % unit) + line.slice(depth);
      };
      return { ...plain, ...everywhere(tabbed), landed: tabbed(edited) };
    }
    case 'blank lines': {
      const others = own.filter((line) => !isBlank(line));
      const at = own.slice(0, place).filter((line) => !isBlank(line)).length;
      if (others.length < own.length) return { ...plain, seen: others, seenAt: at };
      const gap = 1 + below(own.length - 1);
      return { ...plain, seen: own.toSpliced(gap, 0, ''), seenAt: gap <= place ? place + 1 : place };
    }
    case 'look-alikes': {
      if (!own.some((line, index) => index !== place && /['"-]/.test(line))) return undefined;
      return {
        ...plain,
        ...everywhere((line) => (line.includes("'") ? line.replaceAll("'", '’') : line.replaceAll('-', '–'))),
      };
    }
    case 'stale line':
      return staleLine(plain, drawn, below, sources);
    case 'dropped line': {
      const at = 1 + below(own.length - 2);
      if (at === place || isBlank(own[at]) || own.length < 5) return undefined;
      return { ...plain, seen: own.toSpliced(at, 1), seenAt: at < place ? place - 1 : place };
    }
    case 'added line': {
      const at = 1 + below(own.length - 1);
      const stale = `${indentOf(own[at] ?? '')}invented_by_the_model(${below(1000)});`;
      return { ...plain, seen: own.toSpliced(at, 0, stale), seenAt: at <= place ? place + 1 : place, stale };
    }
    case 'decoy beside': {
      const decoy = own.map((line, index) =>
        index === 0 || index === own.length - 1 ? line : otherLine(sources, below),
      );
      return below(2) === 0
        ? { ...plain, before: [...before, ...decoy, ''] }
        : { ...plain, after: ['', ...decoy, ...after] };
    }
    case 'twice': {
      const disguised = disguise(
        (
          [
            'exact',
            'trailing space',
            'shifted indentation',
            'CRLF',
            'blank lines',
            'stale line',
            'dropped line',
            'added line',
          ] as const
        )[below(8)] ?? 'exact',
        drawn,
        below,
        sources,
      );
      return disguised && { ...disguised, after: [...disguised.after, ...disguised.own, 'end of all'] };
    }
    case 'decoy alone': {
      const decoy = own.map((line, index) =>
        index === 0 || index === own.length - 1 ? line : otherLine(sources, below),
      );
      return { ...plain, own: decoy };
    }
    case 'gone':
      return { ...plain, own: [] };
  }
}

/** The file went on after the model saw it: one line has another word, more words, or is another one. */
function staleLine(
  plain: Disguised,
  { own, place }: Drawn,
  below: Below,
  sources: Lines,
): Disguised | undefined {
  const at = below(own.length);
  const line = own[at] ?? '';
  if (at === place || isBlank(line)) return undefined;
  const words = [...line.matchAll(/\w{2,}/g)];
  const word = words[below(words.length)];
  const changes: readonly (string | undefined)[] = [
    word && `${line.slice(0, word.index)}${word[0]}_old${line.slice(word.index + word[0].length)}`,
    word && `${line.slice(0, word.index)}was${line.slice(word.index + word[0].length)}`,
    `${line} stale()`,
    indentOf(line) + otherLine(sources, below).trim(),
  ];
  const stale = changes[below(changes.length)];
  if (stale === undefined || stale.trim() === line.trim()) return undefined;
  return { ...plain, seen: own.with(at, stale), stale };
}

function otherLine(sources: Lines, below: Below): string {
  const lines = (sources[below(sources.length)] ?? '').split('\n');
  const line = lines[below(lines.length)] ?? '';
  return isBlank(line) ? 'other();' : line;
}

/** How often lines stand in a text, blank lines and white space aside. */
function places(text: string, lines: Lines): number {
  const words = (all: Lines): string =>
    `\n${all
      .map(fold)
      .filter((line) => line !== '')
      .join('\n')}\n`;
  const wanted = words(lines);
  const whole = words(text.split('\n'));
  let found = 0;
  for (let at = whole.indexOf(wanted); at >= 0; at = whole.indexOf(wanted, at + 1)) found += 1;
  return found;
}

/** Whether some stretch of a text, little longer than the block, has three quarters of its lines. */
function hasTwin(text: string, block: Lines): boolean {
  const wanted = block.map(fold).filter((line) => line !== '');
  const lines = text
    .split('\n')
    .map(fold)
    .filter((line) => line !== '');
  const height = Math.ceil(wanted.length * 1.34);
  return lines.some((_, start) => {
    const stretch = lines.slice(start, start + height);
    return wanted.filter((line) => stretch.includes(line)).length * 4 >= wanted.length * 3;
  });
}

function fold(line: string): string {
  return line.trim().replaceAll('’', "'").replaceAll('–', '-');
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
