import { compileGlob, matchGlob, splitPath } from '../rules/globs/compileGlob.ts';
import { foldersAbove, readPackageFacts, type FactSource } from './packageFacts.ts';
import type { Detection, Runner } from './runners/runner.ts';
import { runners } from './runners/runnerList.ts';

export type ChosenRunner =
  | {
      readonly kind: 'chosen';
      readonly runner: Runner;
      /** Of the package, relative to the workspace folder; empty for the workspace folder itself. */
      readonly folder: string;
      /** Completes "because". */
      readonly why: string;
    }
  | { readonly kind: 'none'; readonly message: string };

export interface RunnerSearch extends Omit<FactSource, 'folder'> {
  /** The setting `codegenLab.tests.runner`: ids of runners by glob, the first that matches and handles the file counts. */
  readonly wishes: Readonly<Record<string, string>>;
}

const order = ['sure', 'scripted', 'configured', 'likely', 'possible'] as const;

/**
 * The runner for a source or test file, at the nearest package root above it: the wished one, else the one that most speaks
 * for, by the order of `runnerList` where several are alike.
 */
export function chooseRunner(search: RunnerSearch): ChosenRunner {
  const { path } = search;
  const able = runners.filter((runner) => runner.handles(path));
  if (able.length === 0) return { kind: 'none', message: `No test runner is known for ${path}. ${known}` };
  const wished = wishedRunner(search, able);
  if (wished !== undefined) return wished;
  // Neighbours are asked where neither the file itself nor its package says anything.
  const byItself = bestOf({ ...search, samples: search.samples.filter((sample) => sample === path) }, able);
  const isKnown = byItself !== undefined && byItself.detection.certainty !== 'possible';
  const best = isKnown ? byItself : bestOf(search, able);
  if (best) return chosen(best);
  const uncalled = findUncalled(search, able);
  if (uncalled !== undefined)
    return { kind: 'none', message: `Tests of ${path} cannot be run here: ${uncalled}` };
  const names = able.map(({ title }) => title).join(', ');
  return {
    kind: 'none',
    message: `Nothing in the package of ${path} tells which runner tests it (known for such a file: ${names}). Install one of them, or name it in codegenLab.tests.runner.`,
  };
}

const known = `Known are ${runners.map(({ title }) => title).join(', ')}.`;

interface Candidate {
  readonly runner: Runner;
  readonly folder: string;
  readonly detection: Detection;
}

function bestOf(search: RunnerSearch, able: readonly Runner[]): Candidate | undefined {
  const found = able.flatMap((runner) => {
    const folder = packageFolder(search, runner.rootMarks);
    const detection = runner.detect(readPackageFacts({ ...search, folder }));
    return detection === undefined ? [] : [{ runner, folder, detection }];
  });
  return order.flatMap((level) => found.filter(({ detection }) => detection.certainty === level))[0];
}

function findUncalled(search: RunnerSearch, able: readonly Runner[]): string | undefined {
  const parent = search.path.slice(0, Math.max(0, search.path.lastIndexOf('/')));
  const facts = readPackageFacts({ ...search, folder: parent });
  return able.flatMap((runner) => runner.findUncalled?.(facts) ?? [])[0];
}

function chosen({ runner, folder, detection }: Candidate): ChosenRunner {
  return { kind: 'chosen', runner, folder, why: detection.why };
}

/** A name that no runner has, or one of another language, wishes nothing for this file. */
function wishedRunner(search: RunnerSearch, able: readonly Runner[]): ChosenRunner | undefined {
  const names = splitPath(search.path);
  for (const [glob, id] of Object.entries(search.wishes)) {
    const compiled = compileGlob(glob);
    if (compiled.kind !== 'compiled' || !matchGlob(compiled.glob, names)) continue;
    const runner = able.find((candidate) => candidate.id === id);
    if (runner === undefined) continue;
    return {
      kind: 'chosen',
      runner,
      folder: packageFolder(search, runner.rootMarks),
      why: `codegenLab.tests.runner names it for ${glob}`,
    };
  }
  return undefined;
}

/** The nearest folder above that holds one of the marks; the workspace folder if none does. */
function packageFolder(
  { path, files }: Pick<RunnerSearch, 'path' | 'files'>,
  marks: readonly string[],
): string {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  for (const folder of foldersAbove(parent))
    if (folder !== '' && marks.some((mark) => files.has(`${folder}/${mark}`))) return folder;
  return '';
}
