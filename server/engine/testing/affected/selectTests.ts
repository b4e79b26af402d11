import type { TestLines } from '../../../protocol/tests.ts';
import type { Dependence, ImportGraph } from '../imports/importGraph.ts';
import { stemOf, testedStem } from './testNames.ts';

/** A test file that a change can affect. */
export interface TestChoice {
  readonly path: string;
  /** Ids of the tests in it that can be affected; undefined: any of them. */
  readonly ids?: readonly string[];
  readonly kind: 'itself' | 'coverage' | 'imports' | 'name' | 'unknown';
  /** Completes the sentence that begins with the file's name, such as "imports src/a.ts through src/b.ts". */
  readonly why: string;
}

/** How likely it breaks: the most likely first. */
const order: readonly TestChoice['kind'][] = ['itself', 'coverage', 'name', 'imports', 'unknown'];

export interface TestSelection {
  /** What runs first, in the order in which it runs. */
  readonly chosen: readonly TestChoice[];
  /** Test files that were not chosen. */
  readonly left: readonly string[];
  /** Sentences about what could not be told. */
  readonly notes: readonly string[];
}

/** What is known of the lines that tests run in one changed file. */
export type CoveredChange =
  /** Measured on the text before the change, and all that changed is in lines that only tests ran. */
  | {
      readonly kind: 'fresh';
      readonly tests: readonly TestLines[];
      /** Such as `yesterday`. */
      readonly when: string;
      /** Whether what was measured of this test file still holds: neither it nor what it loads changed since. */
      readonly holds: (test: string) => boolean;
      /** How many tests of a file were measured. */
      readonly countOf: (test: string) => number;
    }
  /** A sentence, or nothing if it was never measured. */
  | { readonly kind: 'unusable'; readonly note?: string };

export interface SelectionParts {
  readonly changed: readonly string[];
  /** All test files of the folder. */
  readonly tests: readonly string[];
  readonly graph: Pick<ImportGraph, 'dependents'>;
  /** Lines of tests in a changed file; undefined: nothing was measured. */
  readonly covered?: (path: string) => CoveredChange;
  /** The test file that an id of a test belongs to. */
  readonly fileOf?: (id: string) => string | undefined;
}

/** Configurations and manifests that every test may depend on without importing them. */
const forAll =
  /(?:^|\/)(?:package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|[jt]sconfig[^/]*\.json|(?:vite|vitest|jest|babel|rollup|webpack)\.config\.[^/]+|\.(?:mocharc|babelrc|swcrc|nycrc)[^/]*|pyproject\.toml|setup\.(?:cfg|py)|pytest\.ini|tox\.ini|uv\.lock|poetry\.lock|requirements[^/]*\.txt|go\.(?:mod|sum)|Cargo\.(?:toml|lock))$/u;

/**
 * The tests that a change can affect: by the lines that they ran where that is fresh, else by what they import, by name, and
 * where a program names at run time what it loads, because it cannot be told. Nothing is left out silently: `left`.
 */
export function selectTests(parts: SelectionParts): TestSelection {
  const { changed, tests } = parts;
  const choices = new Map<string, TestChoice>();
  const add = (choice: TestChoice): void => {
    const known = choices.get(choice.path);
    if (known === undefined || order.indexOf(choice.kind) < order.indexOf(known.kind))
      choices.set(choice.path, choice);
  };
  const isTest = new Set(tests);
  for (const path of changed) if (isTest.has(path)) add({ path, kind: 'itself', why: 'changed itself' });
  const everything = changed.find((path) => forAll.test(path));
  if (everything !== undefined)
    for (const path of tests)
      add({ path, kind: 'unknown', why: `may depend on ${everything}, as every test does` });
  const { byImports, notes, holds } = chooseByLines(parts, add);
  for (const [changedFile, isMeasured] of holds)
    for (const [path, dependence] of parts.graph.dependents([changedFile]))
      if (isTest.has(path) && !isMeasured(path)) add(choiceOf(path, dependence));
  const depending = parts.graph.dependents(byImports);
  for (const [path, dependence] of depending) if (isTest.has(path)) add(choiceOf(path, dependence));
  for (const source of byImports) {
    const stem = stemOf(source);
    for (const path of tests)
      if (path.includes(stem) && testedStem(path) === stem)
        add({ path, kind: 'name', why: `is named after ${source}` });
  }
  const chosen = sortChoices([...choices.values()], depending);
  return { chosen, left: tests.filter((path) => !choices.has(path)), notes };
}

/** Adds the tests that ran changed lines; returns the files of which no such lines are known. */
function chooseByLines(
  { changed, covered, fileOf = ofId }: SelectionParts,
  add: (choice: TestChoice) => void,
): {
  readonly byImports: readonly string[];
  readonly notes: readonly string[];
  readonly holds: ReadonlyMap<string, (test: string) => boolean>;
} {
  const holds = new Map<string, (test: string) => boolean>();
  const byImports: string[] = [];
  const notes: string[] = [];
  for (const path of changed) {
    const known = covered?.(path) ?? { kind: 'unusable' };
    if (known.kind === 'unusable') {
      byImports.push(path);
      if (known.note !== undefined) notes.push(known.note);
      continue;
    }
    holds.set(path, known.holds);
    const byFile = new Map<string, TestLines[]>();
    for (const each of known.tests) {
      const file = fileOf(each.test);
      if (file === undefined) continue;
      byFile.set(file, [...(byFile.get(file) ?? []), each]);
    }
    for (const [file, each] of byFile)
      add({
        path: file,
        ids: each.map(({ test }) => test),
        kind: 'coverage',
        why: `covered ${linesOf(each)} of ${path} ${known.when} with ${each.length} of its ${known.countOf(file)} tests`,
      });
  }
  return { byImports, notes, holds };
}

/** Ids are `path::suites::name`. */
function ofId(id: string): string | undefined {
  const end = id.indexOf('::');
  return end > 0 ? id.slice(0, end) : undefined;
}

function linesOf(tests: readonly TestLines[]): string {
  const lines = tests.flatMap((test) => test.lines);
  const [first, last] = [Math.min(...lines) + 1, Math.max(...lines) + 1];
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

function choiceOf(path: string, { changed, next, distance, isUncertain }: Dependence): TestChoice {
  const way = distance === 1 ? '' : ` through ${next}${distance > 2 ? ` and ${distance - 2} more` : ''}`;
  if (isUncertain)
    return { path, kind: 'unknown', why: `may load ${changed}${way}, which is named only at run time` };
  return { path, kind: 'imports', why: `imports ${changed}${way}` };
}

function sortChoices(
  choices: readonly TestChoice[],
  depending: ReadonlyMap<string, Dependence>,
): readonly TestChoice[] {
  const rank = ({ path, kind }: TestChoice): number =>
    order.indexOf(kind) * 1_000_000 + (depending.get(path)?.distance ?? 0);
  return choices
    .map((choice) => ({ choice, at: rank(choice) }))
    .toSorted((a, b) => a.at - b.at || (a.choice.path < b.choice.path ? -1 : 1))
    .map(({ choice }) => choice);
}
