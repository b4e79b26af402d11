import { checkGates } from '../engine/generation/gates/checkGates.ts';
import { applyEdits } from '../engine/generation/locate/applyEdits.ts';
import type { Random } from '../engine/ports/random.ts';
import type { Syntax, SyntaxFile } from '../engine/ports/syntax.ts';
import { createCaseGenerator, type LocateCase } from './locateCases.ts';

/** What became of the file of a case. */
export type GatedVerdict =
  /** It did not parse before, or nothing here parses it. */
  | 'not parsed before'
  | 'not located'
  | 'refused by a gate'
  | 'parses'
  /** It parsed before and does not after an edit that passed the gates: this must not happen. */
  | 'broken';

export interface GatedCase {
  /** Its ending is that of the sources. */
  readonly path: string;
  readonly located: LocateCase;
}

const signal = new AbortController().signal;

/** Cases over the sources of each language in turn. */
export function createGatedCases(
  files: readonly { readonly path: string; readonly text: string }[],
  random: Random,
): () => GatedCase {
  const byEnding = new Map<string, string[]>();
  for (const { path, text } of files) {
    const ending = /\.\w+$/u.exec(path)?.[0] ?? '';
    byEnding.set(ending, [...(byEnding.get(ending) ?? []), text]);
  }
  const generators = [...byEnding].map(([ending, texts]) => ({
    path: `a${ending}`,
    next: createCaseGenerator(texts, random),
  }));
  let turn = 0;
  return () => {
    const generator = generators[turn++ % generators.length];
    if (generator === undefined) throw new Error('There are no sources.');
    return { path: generator.path, located: generator.next() };
  };
}

/** Applies a case as a run does, lets it through the gates, and parses what comes out with everything at hand. */
export async function judgeGated(
  { path, located: { current, block } }: GatedCase,
  gate: Syntax,
  judges: readonly Pick<Syntax, 'check'>[],
): Promise<GatedVerdict> {
  const parses = async (syntax: Pick<Syntax, 'check'>, text: string): Promise<boolean> =>
    (await syntax.check(fileOf(path, text), signal)).kind === 'parsed';
  if (!(await parses(gate, current))) return 'not parsed before';
  const applied = applyEdits(current, { kind: 'blocks', path, blocks: [block] });
  if (applied.kind === 'refused') return 'not located';
  const file = { path, before: current, after: applied.text };
  const results = await checkGates([file], { syntax: gate, isAllowed: () => true }, signal);
  if (results.some(({ outcome }) => outcome === 'refused')) return 'refused by a gate';
  for (const judge of judges)
    if ((await parses(judge, current)) && !(await parses(judge, applied.text))) return 'broken';
  return 'parses';
}

function fileOf(path: string, text: string): SyntaxFile {
  return { path, text };
}
