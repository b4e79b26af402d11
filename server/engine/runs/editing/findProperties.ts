import type { WantedProperties } from '../../generation/promptInput.ts';
import { pureFunctions } from '../../generation/properties/pureFunctions.ts';
import type { Syntax } from '../../ports/syntax.ts';
import { foldersAbove, readPackageFacts, tellingFiles } from '../../testing/packageFacts.ts';
import type { TestPlan } from '../planTests.ts';

export interface PropertySearch {
  readonly deps: { readonly syntax: Pick<Syntax, 'parse'> };
  /** The source, relative to the folder. */
  readonly file: string;
  readonly plan: TestPlan;
  /** Text of a file as the run began; undefined if there is none. */
  readonly read: (path: string) => Promise<string | undefined>;
  readonly signal: AbortSignal;
}

/** Pure functions of a source whose package has a library for properties. undefined: there are none, or it has none. */
export async function findProperties(
  input: PropertySearch,
  source: string,
): Promise<WantedProperties | undefined> {
  const { deps, file, signal } = input;
  const library = await findLibrary(input);
  if (library === undefined) return undefined;
  const parsed = await deps.syntax.parse({ path: file, text: source }, signal);
  if (parsed.kind === 'none') return undefined;
  const functions = pureFunctions({ ...parsed, text: source });
  return functions.length === 0 ? undefined : { library, functions };
}

async function findLibrary({
  file,
  plan: { base, files, runner },
  read,
}: PropertySearch): Promise<WantedProperties['library'] | undefined> {
  if (runner.language !== 'python' && runner.language !== 'node') return undefined;
  const texts = new Map<string, string>();
  for (const folder of foldersAbove(base))
    for (const name of tellingFiles) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const text = files.has(path) ? await read(path) : undefined;
      if (text !== undefined) texts.set(path, text);
    }
  const { dependencies } = readPackageFacts({ path: file, folder: base, files, texts, samples: [] });
  if (runner.language === 'python') return dependencies.has('hypothesis') ? 'Hypothesis' : undefined;
  return dependencies.has('fast-check') ? 'fast-check' : undefined;
}
