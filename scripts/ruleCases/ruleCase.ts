import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEdit } from '../demo/applyEdits.ts';

/** A change of a package, made without a model. */
export interface PackageChange {
  /** Files and folders that go, relative to the package. */
  readonly remove?: readonly string[];
  /** Files that come, with their lines. */
  readonly add?: Readonly<Record<string, readonly string[]>>;
  readonly edits?: readonly (TextEdit & { readonly file: string })[];
  /** What begins with this text goes, to the end of the file. */
  readonly cut?: { readonly file: string; readonly from: string };
}

/** A bundled rule, a published package that it is run on, and what has to come of it. */
export interface RuleCase {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly rule: string;
  /** A folder of test-fixtures/packages. */
  readonly package: string;
  readonly language: 'python' | 'node' | 'go' | 'rust';
  /** The packages of test-fixtures/rules/cases/node are installed: vitest, jest, fast-check. */
  readonly packages?: true;
  /** The file that the rule is run on. */
  readonly file: string;
  /** What was committed: the package with this change. */
  readonly committed?: PackageChange;
  /** What a person changed since, and did not commit. */
  readonly changed?: PackageChange;
  /** It is left to `proof`; the lane names it. */
  readonly takesMinutes?: true;
  readonly expect: RuleExpectation;
  /** How the work is checked by hand, without the product; see `proveByHand.ts`. */
  readonly proof?: RuleProof;
}

export interface RuleExpectation {
  /** As in `codegen-lab run --json`. */
  readonly outcome: 'proposed' | 'unchanged';
  /** Files of the proposal; for a review none. */
  readonly files: readonly string[];
  /** Each is a pattern that the message of at least one finding has to match, in lower case. */
  readonly findings?: readonly string[];
}

export interface RuleProof {
  /** What runs the tests. */
  readonly by: 'pytest' | 'node' | 'vitest' | 'jest' | 'go' | 'cargo';
  /** Test files of the published package that are put back afterwards and have to pass. */
  readonly tests?: readonly string[];
  /** Changes of the file that good tests notice. */
  readonly mutants?: readonly TextEdit[];
}

/** The cases, by name. */
export function readRuleCases(root: string): readonly RuleCase[] {
  const folder = join(root, 'test-fixtures', 'rules', 'cases');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((file) => ({
      ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<RuleCase, 'name'>),
      name: file.slice(0, -'.json'.length),
    }));
}

/** Cases whose name or rule is one of `names`; all where none is named. */
export function selectRuleCases(root: string, names: readonly string[]): readonly RuleCase[] {
  const all = readRuleCases(root);
  const unknown = names.filter((name) => !all.some((each) => each.name === name || each.rule === name));
  if (unknown.length > 0)
    throw new Error(
      `There is no such case or rule: ${unknown.join(', ')}. They stand in test-fixtures/rules/cases.`,
    );
  return names.length === 0
    ? all
    : all.filter(({ name, rule }) => names.includes(name) || names.includes(rule));
}

/** Where the recorded answers of a rule are. */
export function ruleRecordings(root: string, { rule }: Pick<RuleCase, 'rule'>): string {
  return join(root, 'test-fixtures', 'rules', 'recordings', rule);
}
