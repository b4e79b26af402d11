import type { Mutant } from '../../../protocol/mutants.ts';
import type { Digest } from '../../ports/digest.ts';
import type { GrammarLanguage, Syntax } from '../../ports/syntax.ts';
import { collectMutants } from './collectMutants.ts';
import { goMutations } from './goMutations.ts';
import type { MutationLanguage } from './mutationLanguage.ts';
import { pythonMutations } from './pythonMutations.ts';
import { scriptMutations } from './scriptMutations.ts';

export interface MutantQuery {
  /** Relative to the workspace folder; its ending tells the language. */
  readonly path: string;
  readonly text: string;
  /** Zero-based lines that mutants may begin in; undefined: all. */
  readonly lines?: readonly number[];
}

export type MutantSearch =
  | { readonly kind: 'found'; readonly mutants: readonly Mutant[] }
  /** A sentence that says why there can be none. */
  | { readonly kind: 'none'; readonly reason: string };

const languages: Partial<Readonly<Record<GrammarLanguage, MutationLanguage>>> = {
  go: goMutations,
  javascript: scriptMutations,
  python: pythonMutations,
  tsx: scriptMutations,
  typescript: scriptMutations,
};

const generatedName = /\.min\.[cm]?js$|_pb2(?:_grpc)?\.py$|\.pb\.go$|\.generated\.[^./]+$|\.d\.[cm]?ts$/i;
const generatedHead =
  /\bcode generated\b.*\bdo not edit\b|@generated\b|\bauto-?generated\b.*\bdo not (?:edit|modify)\b/i;
const headChars = 2_000;

/** The small wrong changes that tests of a text should notice, in the order of the text. Never rejects. */
export async function findMutants(
  { syntax, digest }: { readonly syntax: Syntax; readonly digest: Digest },
  { path, text, lines }: MutantQuery,
  signal: AbortSignal,
): Promise<MutantSearch> {
  if (generatedName.test(path) || generatedHead.test(text.slice(0, headChars)))
    return none(`${path} is generated, so its tests are those of what generates it.`);
  const checked = await syntax.check({ path, text }, signal);
  if (checked.kind === 'broken')
    return none(`${path} does not parse in line ${checked.faults[0].line + 1}. Correct it first.`);
  const parsed = await syntax.parse({ path, text }, signal);
  if (parsed.kind === 'none') return none(`${path} cannot be mutated: ${parsed.reason}.`);
  const language = languages[parsed.language];
  if (language === undefined)
    return none(`${path} cannot be mutated: only Python, JavaScript, TypeScript and Go can.`);
  const all = collectMutants({ path, text, root: parsed.root, language, digest });
  if (all === undefined) return none(`${path} does not parse. Correct it first.`);
  const wanted = lines === undefined ? undefined : new Set(lines);
  return { kind: 'found', mutants: wanted === undefined ? all : all.filter(({ line }) => wanted.has(line)) };
}

function none(reason: string): MutantSearch {
  return { kind: 'none', reason };
}
