import type { ProposedFile } from '../../../../protocol/runEvents.ts';
import {
  findTestNodes,
  keysOf,
  type ParsedTests,
  type TestNode,
} from '../../../generation/candidates/findTestNodes.ts';
import { orderTests } from '../../../generation/candidates/orderTests.ts';
import { removeTests } from '../../../generation/candidates/removeTests.ts';
import type { Syntax } from '../../../ports/syntax.ts';

/** A test file as a model wrote it, and the tests that are new in it. */
export interface CandidateFile {
  readonly path: string;
  /** The file as the run began; empty if there was none. */
  readonly before: string;
  readonly parsed: ParsedTests;
  readonly tests: readonly TestNode[];
  readonly candidates: ReadonlySet<TestNode>;
}

/** undefined: its tests cannot be told apart, or taken out one by one; then the file stands or falls as a whole. */
export async function readCandidates(
  syntax: Pick<Syntax, 'parse'>,
  { path, before = '', after = '' }: ProposedFile,
  signal: AbortSignal,
): Promise<CandidateFile | undefined> {
  const [parsed, old] = await Promise.all([
    readTests(syntax, path, after, signal),
    readTests(syntax, path, before, signal),
  ]);
  if (parsed === undefined || old === undefined) return undefined;
  const known = new Set(keysOf(old.tests));
  const keys = keysOf(parsed.tests);
  const candidates = new Set(parsed.tests.filter((_, index) => !known.has(keys[index] ?? '')));
  const file = { path, before, parsed: parsed.parsed, tests: parsed.tests, candidates };
  const isApart = [...candidates].every((test) => textWithout(file, new Set([test])) !== undefined);
  return isApart ? file : undefined;
}

export async function readTests(
  syntax: Pick<Syntax, 'parse'>,
  path: string,
  text: string,
  signal: AbortSignal,
): Promise<{ readonly parsed: ParsedTests; readonly tests: readonly TestNode[] } | undefined> {
  const tree = await syntax.parse({ path, text }, signal);
  if (tree.kind === 'none') return undefined;
  const parsed = { text, root: tree.root, language: tree.language };
  const tests = findTestNodes(parsed);
  return tests && { parsed, tests };
}

/** The file without these tests and what only they used. */
export function textWithout(
  { parsed, tests, before }: CandidateFile,
  dropped: ReadonlySet<TestNode>,
  withOrphans = true,
): string | undefined {
  return removeTests({ parsed, tests, dropped, before, withOrphans });
}

/** The file with its tests in another order; as it is where it cannot be parsed. */
export async function inOtherOrder(
  syntax: Pick<Syntax, 'parse'>,
  { path, text, seed }: { readonly path: string; readonly text: string; readonly seed: number },
  signal: AbortSignal,
): Promise<string> {
  const read = await readTests(syntax, path, text, signal);
  return read === undefined ? text : orderTests(read.parsed, read.tests, seed);
}

/** As people see it. */
export function nameOf({ suites, name }: TestNode): string {
  return [...suites, name].join(' › ');
}
