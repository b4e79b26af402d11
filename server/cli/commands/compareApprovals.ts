import type { ApprovedRule } from '../../engine/rules/approval/approvalsFile.ts';
import type { CommandContext } from '../commandContext.ts';
import { plainBlock, plainLine } from '../render/plainText.ts';
import { renderDiff } from '../render/renderDiff.ts';

/** What was approved beside what would act now. */
export interface ComparedApprovals {
  /** Ids of rules that are as they were approved. */
  readonly same: readonly string[];
  readonly changed: readonly { readonly id: string; readonly diff: string }[];
  /** Approved, and not there any more. */
  readonly gone: readonly string[];
  /** Rules that would act and are not approved. */
  readonly unapproved: readonly string[];
}

export function compareApprovals(
  approved: readonly ApprovedRule[],
  acting: readonly ApprovedRule[],
): ComparedApprovals {
  const now = new Map(acting.map(({ ruleId, text }) => [ruleId, text]));
  const known = new Set(approved.map(({ ruleId }) => ruleId));
  const there = approved.filter(({ ruleId }) => now.has(ruleId));
  const isSame = ({ ruleId, text }: ApprovedRule): boolean => now.get(ruleId) === text;
  return {
    same: there.filter(isSame).map(({ ruleId }) => ruleId),
    changed: there
      .filter((each) => !isSame(each))
      .map(({ ruleId, text }) => ({ id: ruleId, diff: diffOf(ruleId, text, now.get(ruleId) ?? '') })),
    gone: approved.map(({ ruleId }) => ruleId).filter((id) => !now.has(id)),
    unapproved: acting.map(({ ruleId }) => ruleId).filter((id) => !known.has(id)),
  };
}

/** What a rule says now against what was approved of it. */
export function diffOf(ruleId: string, before: string, after: string): string {
  return renderDiff({ path: ruleId, before, after });
}

/** The differences on standard output, all else on standard error. */
export function renderComparison(
  { same, changed, gone, unapproved }: ComparedApprovals,
  file: string,
  { output }: CommandContext,
): void {
  for (const { diff } of changed) output.stdout(plainBlock(diff, ''));
  const tell = (ids: readonly string[], what: string): void => {
    for (const id of ids) output.stderr(`${plainLine(id)} ${what}\n`);
  };
  tell(
    changed.map(({ id }) => id),
    'has changed since it was approved.',
  );
  tell(gone, 'is approved and does not act here.');
  tell(unapproved, 'is not approved.');
  output.stderr(`${same.length} of ${same.length + changed.length} approved rules are unchanged.\n`);
  if (changed.length > 0)
    output.stderr(
      `${renewal(
        changed.map(({ id }) => id),
        file,
      )}\n`,
    );
}

/** How the person approves rules anew after having read the difference. */
export function renewal(ids: readonly string[], file: string | undefined): string {
  const words = [...ids, ...(file === undefined ? [] : ['--approvals', file])].map(quote);
  return `Once you have read what changed, approve it anew: codegen-lab approvals add ${words.join(' ')}`;
}

/** As a POSIX shell takes it. */
function quote(word: string): string {
  const plain = plainLine(word);
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`;
}
