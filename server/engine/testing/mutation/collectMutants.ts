import type { Mutant } from '../../../protocol/mutants.ts';
import { createLineMap, type LineMap } from '../../documents/lineMap.ts';
import type { Digest } from '../../ports/digest.ts';
import type { SyntaxNode } from '../../ports/syntax.ts';
import { describeChange } from './describeChange.ts';
import type { Change, MutationLanguage, Place, SourceText } from './mutationLanguage.ts';
import { padReplacement } from './padReplacement.ts';

export interface MutatedText {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
  readonly language: MutationLanguage;
  readonly digest: Digest;
}

/** Where a walk is, with what holds for all that stands below. */
interface Visited extends Place {
  readonly above: Visited | undefined;
  readonly scope: readonly string[];
  readonly atLoad: boolean;
  /** Offset of the statement. */
  readonly statement: number;
}

/** A line that says of itself that it is not tested. */
const excluded = /\bpragma:\s*no\s*(?:cover|mutate)\b|\bStryker disable\b|\b(?:istanbul|c8|v8) ignore\b/i;

/** All mutants of a text, in the order in which they stand in it. undefined: the text does not parse. */
export function collectMutants(mutated: MutatedText): readonly Mutant[] | undefined {
  const { text, root, language } = mutated;
  const source: SourceText = { text, textOf: ({ start, end }) => text.slice(start, end) };
  const found = new Map<string, Found>();
  const open: Visited[] = [{ node: root, above: undefined, scope: [], atLoad: true, statement: 0 }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (place.node.type === 'ERROR') return undefined;
    if (language.skips(place, source)) continue;
    for (const change of language.changes(place, source)) {
      const padded = { ...change, replacement: padReplacement(text, change) };
      const key = keyOf(text, padded);
      if (key !== undefined && !found.has(key)) found.set(key, { change: padded, place });
    }
    const below = contextBelow(place, language, source);
    for (const node of place.node.children) {
      const isDefined = language.runsAtDefinition(node);
      open.push({
        ...below,
        node,
        above: place,
        atLoad: below.atLoad || isDefined,
        statement: language.isStatement(node) ? node.start : below.statement,
      });
    }
  }
  return name(mutated, [...found.values()]);
}

interface Found {
  readonly change: Change;
  readonly place: Visited;
}

function contextBelow(
  place: Visited,
  language: MutationLanguage,
  source: SourceText,
): Pick<Visited, 'scope' | 'atLoad' | 'statement'> {
  const { scope, atLoad, statement } = place;
  const name = language.nameOf(place, source);
  return {
    scope: name === undefined ? scope : [...scope, name],
    atLoad: atLoad && !language.isFunction(place.node),
    statement,
  };
}

/** The same for changes that come to the same text; undefined: it comes to the text as it is. */
function keyOf(text: string, { start, end, replacement }: Change): string | undefined {
  const original = text.slice(start, end);
  if (original === replacement) return undefined;
  let head = 0;
  while (head < original.length && original[head] === replacement[head]) head += 1;
  let tail = 0;
  const most = Math.min(original.length, replacement.length) - head;
  while (tail < most && original.at(-1 - tail) === replacement.at(-1 - tail)) tail += 1;
  const [from, to] = [start + head, end - tail];
  return slideLeft(text, from, to, replacement.slice(head, replacement.length - tail));
}

/** Of two equal signs side by side it is the same which one goes, or beside which a third one comes. */
function slideLeft(text: string, start: number, end: number, replacement: string): string {
  if (start !== end && replacement !== '') return `${start}:${end}:${replacement}`;
  let [from, to, added] = [start, end, replacement];
  const last = (): string => (added === '' ? text.charAt(to - 1) : added.charAt(added.length - 1));
  while (from > 0 && text.charAt(from - 1) === last()) {
    if (added !== '') added = last() + added.slice(0, -1);
    from -= 1;
    to -= 1;
  }
  return `${from}:${to}:${added}`;
}

function name({ path, text, digest }: MutatedText, found: readonly Found[]): readonly Mutant[] {
  const lines = createLineMap(text);
  const seen = new Map<string, number>();
  return found
    .toSorted((one, two) => one.change.start - two.change.start || one.change.end - two.change.end)
    .flatMap(({ change, place }) => {
      const { line } = lines.positionAt(change.start);
      const written = lineText(text, lines, line);
      if (excluded.test(written)) return [];
      const { operator, start, end, replacement } = change;
      const original = text.slice(start, end);
      const scope = place.scope.join('.');
      const sign = JSON.stringify([path, scope, operator, written.trim(), original, replacement]);
      const count = (seen.get(sign) ?? 0) + 1;
      seen.set(sign, count);
      const statementLine = Math.min(line, lines.positionAt(place.statement).line);
      const sentence = describeChange({ operator, original, replacement, line });
      const id = digest(`${sign}${count}`).slice(0, 12);
      const { atLoad } = place;
      return [
        {
          id,
          path,
          operator,
          start,
          end,
          original,
          replacement,
          line,
          statementLine,
          scope,
          atLoad,
          sentence,
        },
      ];
    });
}

function lineText(text: string, lines: LineMap, line: number): string {
  const { start, end } = lines.lineSpan(line);
  return text.slice(start, end);
}
