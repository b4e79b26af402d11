import type { Mutant } from '../../../protocol/mutants.ts';
import type { MutantTests, SourceCoverage } from './mutationTypes.ts';

/** Which of the tests have to run against a mutant. */
export type CoveringTests =
  /** No test runs its line. */
  | { readonly kind: 'none' }
  /** `ids`: these alone; empty: all of the files. */
  | { readonly kind: 'some'; readonly files: readonly string[]; readonly ids: readonly string[] };

/** More names than this make a command that no system takes. */
const maxIds = 200;

/** The tests that run a mutant's line, as far as that is known; all of them where it is not. */
export function coveringTests(mutant: Mutant, { files, ids, coverage }: MutantTests): CoveringTests {
  if (files.length === 0) return { kind: 'none' };
  if (coverage === undefined) return { kind: 'some', files, ids };
  const line = knownLine(mutant, coverage);
  if (line !== undefined && !coverage.covered.includes(line)) return { kind: 'none' };
  const running = line === undefined || mutant.atLoad ? [] : testsOfLine(mutant.path, line, coverage);
  const asked = ids.length === 0 ? running : running.filter((id) => ids.includes(id));
  // A line that ran although no test ran it ran while files were loaded, which any test may notice.
  return asked.length === 0 || asked.length > maxIds
    ? { kind: 'some', files, ids }
    : { kind: 'some', files: filesOf(asked, files), ids: asked };
}

/** Whether lines that ran hold the mutant: its own, or that of its statement where only that is counted. */
export function isOnLines(mutant: Mutant, coverage: Pick<SourceCoverage, 'covered' | 'missed'>): boolean {
  const line = knownLine(mutant, coverage);
  return line === undefined || coverage.covered.includes(line);
}

/** The line of the mutant that coverage knows of: its own, else the nearest one above in its statement. */
function knownLine(
  { line, statementLine }: Mutant,
  { covered, missed }: Pick<SourceCoverage, 'covered' | 'missed'>,
): number | undefined {
  for (let at = line; at >= statementLine; at -= 1)
    if (covered.includes(at) || missed.includes(at)) return at;
  return undefined;
}

function testsOfLine(path: string, line: number, { perTest = [] }: SourceCoverage): readonly string[] {
  const tests = perTest.filter((each) => each.path === path && each.lines.includes(line));
  return [...new Set(tests.map(({ test }) => test))];
}

/** The files that ids begin with; all where an id does not tell. */
function filesOf(ids: readonly string[], files: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const id of ids) {
    const file = files.find((each) => id === each || id.startsWith(`${each}::`));
    if (file === undefined) return files;
    found.add(file);
  }
  return [...found];
}
