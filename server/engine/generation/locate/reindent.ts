/** Brings a line's leading white space to that of another place; undefined if that place knows no such depth. */
export type Reindent = (indent: string) => string | undefined;

export const identity: Reindent = (indent) => indent;

/** Leading white space of one line as searched and as found. */
export interface IndentPair {
  readonly search: string;
  readonly found: string;
}

/**
 * The one shift that explains all pairs: the same white space added to or taken from each line, or tabs for groups of
 * spaces and back. Undefined when lines moved against each other.
 */
export function findReindent(pairs: readonly IndentPair[]): Reindent | undefined {
  if (pairs.every(({ search, found }) => search === found)) return identity;
  const [first] = pairs;
  if (first === undefined) return undefined;
  for (const makeGuess of guesses) {
    const guess = makeGuess(first, pairs);
    if (guess !== undefined && pairs.every(({ search, found }) => guess(search) === found)) return guess;
  }
  return undefined;
}

type MakeGuess = (first: IndentPair, pairs: readonly IndentPair[]) => Reindent | undefined;

/** What happens most first: the others read all lines before they know. */
const guesses: readonly MakeGuess[] = [
  prefixAdded,
  prefixTaken,
  ...[4, 2, 8, 3].flatMap((unit): readonly MakeGuess[] => [
    (_first, pairs) => toTabs(unit, pairs),
    (_first, pairs) => toSpaces(unit, pairs),
  ]),
];

function prefixAdded({ search, found }: IndentPair): Reindent | undefined {
  if (!found.endsWith(search)) return undefined;
  const prefix = found.slice(0, found.length - search.length);
  return (indent) => prefix + indent;
}

function prefixTaken({ search, found }: IndentPair): Reindent | undefined {
  if (!search.endsWith(found)) return undefined;
  const prefix = search.slice(0, search.length - found.length);
  return (indent) => (indent.startsWith(prefix) ? indent.slice(prefix.length) : undefined);
}

/** Searched with spaces, found with tabs, perhaps some levels deeper or less deep. */
function toTabs(unit: number, pairs: readonly IndentPair[]): Reindent | undefined {
  const shift = levelShift(pairs, (search) => readSpaces(search, unit), readTabs);
  if (shift === undefined) return undefined;
  return (indent) => renderDepth('\t', readSpaces(indent, unit), shift);
}

function toSpaces(unit: number, pairs: readonly IndentPair[]): Reindent | undefined {
  const shift = levelShift(pairs, readTabs, (found) => readSpaces(found, unit));
  if (shift === undefined) return undefined;
  return (indent) => renderDepth(' '.repeat(unit), readTabs(indent), shift);
}

interface Depth {
  readonly level: number;
  /** Spaces that align a line, as before the star of a comment. */
  readonly rest: string;
}

type ReadDepth = (indent: string) => Depth | undefined;

function readSpaces(indent: string, unit: number): Depth | undefined {
  if (/[^ ]/.test(indent)) return undefined;
  return { level: Math.floor(indent.length / unit), rest: ' '.repeat(indent.length % unit) };
}

function readTabs(indent: string): Depth | undefined {
  const match = /^(\t*)( *)$/.exec(indent);
  return match === null ? undefined : { level: match[1]?.length ?? 0, rest: match[2] ?? '' };
}

/** By how many levels all lines moved; a unit is only believed if some line's depth shows it. */
function levelShift(pairs: readonly IndentPair[], searched: ReadDepth, found: ReadDepth): number | undefined {
  const shifts = pairs.map((pair) => {
    const from = searched(pair.search);
    const to = found(pair.found);
    return from === undefined || to === undefined || from.rest !== to.rest
      ? undefined
      : to.level - from.level;
  });
  const [shift] = shifts;
  const levels = new Set(pairs.map((pair) => searched(pair.search)?.level));
  const isShown = levels.size > 1 || (shift === 0 && !levels.has(0));
  return isShown && shifts.every((other) => other === shift) ? shift : undefined;
}

function renderDepth(unit: string, depth: Depth | undefined, shift: number): string | undefined {
  if (depth === undefined || depth.level + shift < 0) return undefined;
  return unit.repeat(depth.level + shift) + depth.rest;
}
