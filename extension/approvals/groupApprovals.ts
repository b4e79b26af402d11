import type { ApprovalView } from '../../server/protocol/approvals.ts';

export interface ApprovalGroup {
  readonly id: 'waiting' | 'allowed' | 'denied' | 'asks';
  readonly label: string;
  readonly isCollapsed: boolean;
  readonly approvals: readonly ApprovalView[];
}

/** Whether the person has to answer: a run waits for it, or it was allowed with another text. */
export function waitsForAnswer({ state, run, changed }: ApprovalView): boolean {
  return state === 'asks' && (run !== undefined || changed !== undefined);
}

const groups: readonly (Omit<ApprovalGroup, 'approvals'> & {
  readonly holds: (approval: ApprovalView) => boolean;
})[] = [
  { id: 'waiting', label: 'Waiting for You', isCollapsed: false, holds: waitsForAnswer },
  {
    id: 'allowed',
    label: 'Approved',
    isCollapsed: false,
    holds: ({ state }) => state === 'allowed' || state === 'gone',
  },
  { id: 'denied', label: 'Not Allowed', isCollapsed: false, holds: ({ state }) => state === 'denied' },
  {
    id: 'asks',
    label: 'Will Ask Before They Act',
    isCollapsed: true,
    holds: (approval) => approval.state === 'asks' && !waitsForAnswer(approval),
  },
];

/** What the view shows, without what is empty. */
export function groupApprovals(approvals: readonly ApprovalView[]): readonly ApprovalGroup[] {
  return groups
    .map(({ holds, ...group }) => ({ ...group, approvals: approvals.filter(holds) }))
    .filter((group) => group.approvals.length > 0);
}

/** How an approval stands in words that follow the rule's name. */
export function describeState({ state, changed, run, approvedAt }: ApprovalView, now: number): string {
  const when = approvedAt === undefined ? '' : describeAge(now - approvedAt);
  switch (state) {
    case 'allowed':
      return `approved ${when}`;
    case 'gone':
      return `approved ${when}, does not act now`;
    case 'denied':
      return 'not allowed';
    case 'asks': {
      const why =
        changed === undefined
          ? ''
          : changed === 'inherited'
            ? 'what it inherits changed'
            : 'its text changed';
      return [why, run === undefined ? '' : 'a run waits'].filter(Boolean).join(' · ');
    }
  }
}

/** For `when` clauses of menus: `approval.asks.changed` and its like. */
export function contextOf({ state, changed }: ApprovalView): string {
  return `approval.${state}${changed === undefined ? '' : '.changed'}`;
}

const minute = 60_000;

function describeAge(ms: number): string {
  const steps = [
    [24 * 60 * minute, 'day'],
    [60 * minute, 'hour'],
    [minute, 'minute'],
  ] as const;
  for (const [length, unit] of steps) {
    const count = Math.floor(ms / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}
