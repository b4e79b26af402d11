import type { Syntax, SyntaxCheck, SyntaxFile } from '../../ports/syntax.ts';
import { findTestBlocks, withoutBlock, type TestBlock } from './testBlocks.ts';

export interface UnparsedTest {
  readonly name: string;
  /** Goes on after the name, without a full stop. */
  readonly reason: string;
}

/** A test file that parses, and the tests that were taken out for it. */
export interface ParsedRest {
  readonly text: string;
  readonly dropped: readonly UnparsedTest[];
}

/** More broken tests than this are no slip: the answer goes back as a whole. */
const maxDropped = 3;
const maxChecks = 24;

/**
 * Takes new tests out of a test file until it parses. undefined: it parses already, nobody can tell, or no test alone is to
 * blame. `before`: the file as it was; what it holds stays.
 */
export async function dropUnparsed(
  syntax: Pick<Syntax, 'check'>,
  { before = '', ...file }: SyntaxFile & { readonly before?: string | undefined },
  signal: AbortSignal,
): Promise<ParsedRest | undefined> {
  let { text } = file;
  let checks = 0;
  const dropped: UnparsedTest[] = [];
  const check = (tried: string): Promise<SyntaxCheck> => {
    checks += 1;
    return syntax.check({ ...file, text: tried }, signal);
  };
  let state = await check(text);
  while (state.kind === 'broken') {
    if (dropped.length >= maxDropped || signal.aborted) return undefined;
    const [{ line, message }] = state.faults;
    let best: { readonly block: TestBlock; readonly text: string; readonly state: SyntaxCheck } | undefined;
    for (const block of nearestFirst(findTestBlocks(file.path, text), line)) {
      if (checks >= maxChecks) break;
      if (before.includes(linesOf(text, block))) continue;
      const rest = withoutBlock(text, block);
      const next = await check(rest);
      if (isBetter(next, state, best?.state)) best = { block, text: rest, state: next };
      if (next.kind === 'parsed') break;
    }
    if (best === undefined) return undefined;
    dropped.push({ name: best.block.name, reason: `does not parse: line ${line + 1}: ${message}` });
    ({ text, state } = best);
  }
  const hasRest = findTestBlocks(file.path, text).some((block) => !before.includes(linesOf(text, block)));
  return state.kind === 'parsed' && dropped.length > 0 && hasRest ? { text, dropped } : undefined;
}

/** The one that holds the fault, then those above it: a bracket that is not closed is noticed further on. */
function nearestFirst(blocks: readonly TestBlock[], line: number): readonly TestBlock[] {
  const above = blocks.filter(({ first }) => first <= line).toReversed();
  return [...above, ...blocks.filter(({ first }) => first > line)];
}

/** Of several that leave the file broken, the one that leaves the fewest faults. */
function isBetter(next: SyntaxCheck, now: SyntaxCheck, best: SyntaxCheck | undefined): boolean {
  if (next.kind === 'notChecked') return false;
  return faultsOf(next) < Math.min(faultsOf(now), best === undefined ? Infinity : faultsOf(best));
}

function faultsOf(check: SyntaxCheck): number {
  return check.kind === 'broken' ? check.faults.length : 0;
}

function linesOf(text: string, { first, last }: TestBlock): string {
  return text
    .split('\n')
    .slice(first, last + 1)
    .join('\n');
}
