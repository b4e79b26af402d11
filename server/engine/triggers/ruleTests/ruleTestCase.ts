import type { EventName, Origin } from '../../rules/rule.ts';

/** Where a rule should apply and where not, as its author wrote it down in `NAME.tests.yaml` beside `NAME.mdc`. */
export interface RuleTestCase {
  /** Path that the rule is tried on, relative to the workspace folder; it need not exist. */
  readonly file: string;
  /** What happens to the file; undefined: nothing, and only globs and filters count. */
  readonly event: EventName | undefined;
  /** Who caused that: a person, unless the case says otherwise. */
  readonly origin: Origin;
  readonly applies: boolean;
  /** The text before, where it matters what changed; undefined: nobody knows. */
  readonly before: string | undefined;
  /** The text of the file; empty where it does not matter. */
  readonly content: string;
  /** How many places the rule's checks find in the text; undefined: not looked at. */
  readonly finds: number | undefined;
  /** Other files that are there: path to text. */
  readonly beside: ReadonlyMap<string, string>;
  /** Line of the case in the file of tests, from 0. */
  readonly line: number;
}

export interface RuleTests {
  readonly cases: readonly RuleTestCase[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** How one case ended; `reason` is a whole sentence. */
export interface RuleTestResult {
  readonly test: RuleTestCase;
  readonly passed: boolean;
  readonly reason: string;
}

/** Where the tests of a rule file stand, `a/b.mdc` to `a/b.tests.yaml`; undefined for a file that is called otherwise. */
export function testsPathOf(rulePath: string): string | undefined {
  const base = rulePath.replace(/\.mdc(?:\.md)?$|(?<=RULE)\.md$/, '');
  return base === rulePath ? undefined : `${base}.tests.yaml`;
}
