import type { ProposedFile } from '../../protocol/runEvents.ts';
import type { Finding } from '../../protocol/text.ts';
import { createLineMap } from '../documents/lineMap.ts';
import { checkText, type CheckParts } from './checkFiles.ts';

export interface CheckFixes {
  /** As they are, and as they are once mended; those that stay as they are are left out. */
  readonly files: readonly ProposedFile[];
  readonly fixed: readonly FixedPlaces[];
}

/** How many places of a file a rule had mended. */
export interface FixedPlaces {
  readonly path: string;
  readonly rule: string;
  readonly count: number;
}

const maxPasses = 10;

/**
 * What the `fix` of the rules' conditions makes of files as the user sees them. Nothing is written. Links are left alone:
 * what they lead to is mended where it lies.
 */
export async function fixFiles(
  parts: CheckParts,
  wanted: readonly string[] | 'all',
  signal: AbortSignal,
): Promise<CheckFixes> {
  const { root, edits, files } = parts;
  const paths = wanted === 'all' ? await files.list(root, signal) : wanted;
  const changed: ProposedFile[] = [];
  const fixed: FixedPlaces[] = [];
  for (const path of paths) {
    if (signal.aborted) break;
    const before =
      parts.rules.rulesFor(path).length === 0 ? undefined : await edits.current(root, path, signal);
    if (before === undefined) continue;
    const { text: after, counts } = await fixText(parts, { path, text: before }, signal);
    if (after === before || (await files.linkTo(root, path, signal)) !== undefined) continue;
    changed.push({ path, before, after });
    fixed.push(...[...counts].map(([rule, count]) => ({ path, rule, count })));
  }
  return { files: changed, fixed };
}

interface FixedText {
  readonly text: string;
  /** By name of the rule. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Again and again, since what one fix wrote may be for another to mend. */
async function fixText(
  parts: CheckParts,
  { path, text: given }: { readonly path: string; readonly text: string },
  signal: AbortSignal,
): Promise<FixedText> {
  const counts = new Map<string, number>();
  let text = given;
  for (let pass = 0; pass < maxPasses && !signal.aborted; pass += 1) {
    const applied = applyFixes(text, await checkText(parts, { path, text }, signal));
    for (const { rule = '' } of applied.fixed) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    if (applied.text === text) break;
    text = applied.text;
  }
  return { text, counts };
}

interface AppliedFixes {
  readonly text: string;
  readonly fixed: readonly Finding[];
}

/** From the top down; one that reaches into the one before, or begins where it began, is left for another pass. */
export function applyFixes(text: string, findings: readonly Finding[]): AppliedFixes {
  const lines = createLineMap(text);
  // Not clamped to the line, since a match may end within a line break.
  const offsetOf = (line: number, character: number): number => lines.lineSpan(line).start + character;
  const edits = findings
    .flatMap((finding) => {
      if (finding.fix === undefined) return [];
      const { start, end } = finding.fix.range;
      const span = { start: offsetOf(start.line, start.character), end: offsetOf(end.line, end.character) };
      const { newText } = finding.fix;
      return text.slice(span.start, span.end) === newText ? [] : [{ ...span, newText, finding }];
    })
    .toSorted((one, other) => one.start - other.start || one.end - other.end);
  const pieces: string[] = [];
  const fixed: Finding[] = [];
  let [from, lastStart] = [0, -1];
  for (const { start, end, newText, finding } of edits) {
    if (start < from || start === lastStart) continue;
    pieces.push(text.slice(from, start), newText);
    fixed.push(finding);
    [from, lastStart] = [end, start];
  }
  return { text: pieces.join('') + text.slice(from), fixed };
}
