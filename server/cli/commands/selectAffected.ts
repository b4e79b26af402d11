import type { AffectedTests } from '../../protocol/testDisplay.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import type { TestInvocation } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';

export type Affected =
  | { readonly kind: 'selected'; readonly tests: AffectedTests; readonly changed: readonly string[] }
  /** A sentence: what changed cannot be told. */
  | { readonly kind: 'failed'; readonly message: string };

/** The tests that the named files can affect; without names, what is not committed, or changed since a revision. */
export async function selectAffected(
  { since }: NonNullable<TestInvocation['affected']>,
  paths: readonly string[],
  { engine, root, changes }: CommandContext,
  signal: AbortSignal,
): Promise<Affected> {
  let changed = paths;
  if (paths.length === 0) {
    const found = await changes.since(root, since ?? 'HEAD', signal);
    if (found.kind === 'failed')
      return { kind: 'failed', message: `${found.message} Name the files that changed instead.` };
    changed = found.files.map(({ path }) => path);
  }
  const tests = await engine.testQueries(root)?.affected(changed, signal);
  return tests === undefined
    ? { kind: 'failed', message: 'This folder is not open.' }
    : { kind: 'selected', tests, changed };
}

const maxTold = 30;

/** What runs and why, and how many others are left: nothing is left out silently. */
export function tellAffected(
  { choices, left }: AffectedTests,
  changed: readonly string[],
  context: CommandContext,
): void {
  const { output, paints } = context;
  const showPath = pathShower(context);
  const told = choices
    .slice(0, maxTold)
    .map(({ path, why }) => `  ${plainLine(showPath(path))} ${paints.stderr.dim(plainLine(why))}`);
  const more = choices.length > maxTold ? [`  and ${choices.length - maxTold} more`] : [];
  const head = `${count(choices.length, 'test file')} can be affected by ${count(changed.length, 'changed file')}; ${left} left for later.`;
  output.stderr([head, ...told, ...more].map((line) => `${line}\n`).join(''));
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
