import type { ExplainedRule } from '../../server/protocol/requests.ts';

/** A moment that rules are explained for. */
export interface Moment {
  readonly label: string;
  /** As rules write it in `on`. */
  readonly on: string;
  readonly origin: 'user' | 'auto' | 'disk';
}

/** What a person may wonder about, the usual first. */
export const moments: readonly Moment[] = [
  { label: 'when you save it', on: 'save', origin: 'user' },
  { label: 'when it is saved automatically', on: 'save', origin: 'auto' },
  { label: 'when another program writes it', on: 'save', origin: 'disk' },
  { label: 'when you create it', on: 'create', origin: 'user' },
  { label: 'when you rename it', on: 'rename', origin: 'user' },
  { label: 'when you delete it', on: 'delete', origin: 'user' },
  { label: 'when you open it', on: 'open', origin: 'user' },
  { label: 'while you type in it', on: 'change', origin: 'user' },
  { label: 'when it is committed', on: 'commit', origin: 'user' },
  { label: 'when a test of it fails', on: 'test-fail', origin: 'user' },
  { label: 'when its tests pass', on: 'test-pass', origin: 'user' },
  { label: 'when its problems change', on: 'problems', origin: 'user' },
  { label: 'when a model writes it', on: 'model-write', origin: 'user' },
  { label: 'when you accept a model’s edit of it', on: 'accepted', origin: 'user' },
  { label: 'when you run a rule on it', on: 'manual', origin: 'user' },
];

/** One line of a list for people. */
export interface ExplainedItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly rule: ExplainedRule;
}

const icons = { yes: '$(check)', no: '$(circle-slash)', onRequest: '$(question)' } as const;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // It is shown as it is written then.
    return text;
  }
}

/** What acts before what does not; within these the order of the rules stays. */
export function explainedItems(rules: readonly ExplainedRule[]): readonly ExplainedItem[] {
  const acts = ({ fires }: ExplainedRule): boolean => fires.applies !== 'no';
  const sorted = [...rules.filter(acts), ...rules.filter((rule) => !acts(rule))];
  return sorted.map((rule) => {
    const { applies, reason, change, place } = rule.fires;
    const start = place?.range.start;
    const file = place?.uri.slice(place.uri.lastIndexOf('/') + 1);
    return {
      label: `${icons[applies]} ${rule.name}`,
      description:
        start === undefined ? '' : `${decode(file ?? '')}:${start.line + 1}:${start.character + 1}`,
      detail: [
        `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`,
        ...(change === undefined ? [] : [change]),
      ].join(' → '),
      rule,
    };
  });
}
