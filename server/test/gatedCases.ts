import { checkGates } from '../engine/generation/gates/checkGates.ts';
import { applyEdits } from '../engine/generation/locate/applyEdits.ts';
import type { Random } from '../engine/ports/random.ts';
import type { Syntax } from '../engine/ports/syntax.ts';
import {
  createCaseGenerator,
  writeCall,
  type Below,
  type LocateCase,
  type LocateKind,
} from './locateCases.ts';

/** What became of the file of a case. */
export type GatedOutcome =
  /** It did not parse before, or nothing here parses it: the case says nothing. */
  | { readonly kind: 'not parsed before' }
  | { readonly kind: 'not located' }
  | { readonly kind: 'refused'; readonly gate: string; readonly after: string }
  | { readonly kind: 'parses'; readonly after: string }
  /** It parsed before and does not after an edit that passed the gates: this must not happen. */
  | { readonly kind: 'broken'; readonly after: string };

export interface GatedCase {
  /** Its ending is that of the sources. */
  readonly path: string;
  readonly located: LocateCase;
}

const signal = new AbortController().signal;

/** Those that have a place, most of them not exact. */
const kinds: readonly LocateKind[] = [
  'exact',
  'trailing space',
  'shifted indentation',
  'tabbed indentation',
  'CRLF',
  'blank lines',
  'stale line',
  'dropped line',
  'added line',
];

/** Cases over the sources of one language; `path` is a name with its ending. */
export function createGatedCases(path: string, texts: readonly string[], random: Random): () => GatedCase {
  const next = createCaseGenerator(texts, random, { kinds, writeLine });
  return () => ({ path, located: next() });
}

/** A line as models write them: mostly sound, sometimes with a sign too few, sometimes of another language. */
function writeLine(line: string, others: readonly string[], below: Below): string {
  const way = below(20);
  const words = [...line.matchAll(/\w+/gu)];
  const word = words[below(Math.max(1, words.length))];
  if (way < 10 && word !== undefined)
    return `${line.slice(0, word.index)}edited${below(1000)}${line.slice(word.index + word[0].length)}`;
  const other = (others[below(others.length)] ?? '').trim();
  if (way < 15 && other !== '') return (/^[ \t]*/u.exec(line)?.[0] ?? '') + other;
  const signs = [...line.matchAll(/[^\w\s]/gu)];
  const sign = signs[below(Math.max(1, signs.length))];
  if (way < 18 && sign !== undefined)
    return line.slice(0, sign.index) + line.slice(sign.index + sign[0].length);
  return writeCall(line, others, below);
}

/** Applies a case as a run does, and lets it through the gates. */
export async function judgeGated(
  { path, located: { current, block } }: GatedCase,
  gate: Syntax,
): Promise<GatedOutcome> {
  // The cheaper question first: where the parser is a process, most of the time goes there.
  const applied = applyEdits(current, { kind: 'blocks', path, blocks: [block] });
  if (applied.kind === 'refused') return { kind: 'not located' };
  const parses = async (text: string): Promise<boolean> =>
    (await gate.check({ path, text }, signal)).kind === 'parsed';
  if (!(await parses(current))) return { kind: 'not parsed before' };
  const file = { path, before: current, after: applied.text };
  const results = await checkGates([file], { syntax: gate, isAllowed: () => true }, signal);
  const refused = results.find(({ outcome }) => outcome === 'refused');
  if (refused !== undefined) return { kind: 'refused', gate: refused.gate, after: applied.text };
  return { kind: (await parses(applied.text)) ? 'parses' : 'broken', after: applied.text };
}
