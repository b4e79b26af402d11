import type { ExplainedRule, RuleSummary } from '../../server/protocol/requests.ts';

/** How the view of the rules is ordered. */
export type RuleGrouping = 'kind' | 'folder' | 'file';

export interface RuleGroup {
  readonly id: string;
  readonly label: string;
  readonly rules: readonly GroupedRule[];
  /** Long lists that are looked at now and then. */
  readonly isCollapsed: boolean;
}

export interface GroupedRule {
  readonly rule: RuleSummary;
  /** What the view says behind the name. */
  readonly detail: string;
}

/** Cursor's names. */
const kindNames: Readonly<Record<string, string>> = {
  always: 'Always',
  autoAttached: 'Auto Attached',
  agentRequested: 'Agent Requested',
  manual: 'Manual',
};

export function kindName(rule: RuleSummary): string {
  return kindNames[rule.kind] ?? rule.kind;
}

/** Rules that act, then those that do not act yet; groups without a rule are left out. */
export function groupByKind(rules: readonly RuleSummary[]): readonly RuleGroup[] {
  const acting = rules.filter(({ active }) => active);
  const groups = [
    group(
      'Triggered',
      acting.filter(({ fires }) => fires),
    ),
    ...Object.keys(kindNames).map((kind) =>
      group(
        kindNames[kind] ?? kind,
        acting.filter((rule) => rule.kind === kind && !rule.fires),
      ),
    ),
    group(
      'Not Active',
      rules.filter(({ active, place }) => !active && place === 'live'),
    ),
    ...otherPlaces(rules),
  ];
  return groups.filter((each) => each.rules.length > 0);
}

/** `folderOf`: the folder that a rule's file lies in, as it is shown. */
export function groupByFolder(
  rules: readonly RuleSummary[],
  folderOf: (rule: RuleSummary) => string,
): readonly RuleGroup[] {
  const live = rules.filter(({ place, active }) => place === 'live' || (place === 'library' && active));
  const folders = [...new Set(live.map(folderOf))].sort();
  const groups = [
    ...folders.map((folder) =>
      group(
        folder,
        live.filter((rule) => folderOf(rule) === folder),
      ),
    ),
    ...otherPlaces(rules),
  ];
  return groups.filter((each) => each.rules.length > 0);
}

/** What applies to one file, and what does not with the reason. */
export function groupByFile(
  rules: readonly RuleSummary[],
  explained: readonly ExplainedRule[],
  file: string,
): readonly RuleGroup[] {
  const summaries = new Map(rules.map((rule) => [rule.ruleId, rule]));
  const known = explained.flatMap((each) => {
    const rule = summaries.get(each.ruleId);
    return rule === undefined ? [] : [{ ...each, rule }];
  });
  const fires = known.filter((each) => each.fires.applies === 'yes');
  const guides = known.filter((each) => each.guides.applies === 'yes' && each.fires.applies !== 'yes');
  const asked = known.filter(
    (each) => each.fires.applies !== 'yes' && each.guides.applies === 'onRequest' && each.rule.active,
  );
  const shown = new Set([...fires, ...guides, ...asked]);
  const rest = known.filter((each) => !shown.has(each) && each.rule.place === 'live');
  const groups = [
    reasons(`Acts on ${file}`, fires, (each) => each.fires.reason),
    reasons(`Guides ${file}`, guides, (each) => each.guides.reason),
    reasons('When Asked For', asked, (each) => each.guides.reason),
    { ...reasons('Does Not Apply', rest, (each) => each.guides.reason), isCollapsed: true },
  ];
  return groups.filter((each) => each.rules.length > 0);
}

function otherPlaces(rules: readonly RuleSummary[]): readonly RuleGroup[] {
  const at = (place: RuleSummary['place']) => rules.filter((rule) => rule.place === place && !rule.active);
  return [
    group('Drafts', at('draft')),
    { ...group('Elsewhere', at('elsewhere')), isCollapsed: true },
    { ...group('Library', at('library')), isCollapsed: true },
  ];
}

function group(label: string, rules: readonly RuleSummary[]): RuleGroup {
  const named = rules.map((rule) => ({ rule, detail: detailOf(rule) }));
  return { id: label, label, rules: sorted(named), isCollapsed: false };
}

function reasons<Each extends { readonly rule: RuleSummary }>(
  label: string,
  explained: readonly Each[],
  reasonOf: (each: Each) => string,
): RuleGroup {
  const named = explained.map((each) => ({ rule: each.rule, detail: reasonOf(each) }));
  return { id: label, label, rules: sorted(named), isCollapsed: false };
}

function detailOf(rule: RuleSummary): string {
  if (rule.active) return [kindName(rule), rule.description].filter(Boolean).join(' · ');
  return rule.place === 'live' ? (rule.inactiveReason ?? 'not active') : rule.description;
}

function sorted(rules: readonly GroupedRule[]): readonly GroupedRule[] {
  return rules.toSorted((one, other) => one.rule.name.localeCompare(other.rule.name));
}
