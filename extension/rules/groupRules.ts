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
  /** What to do so that it applies, as a sentence of Markdown. */
  readonly change?: string | undefined;
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
      withKind,
    ),
    ...Object.keys(kindNames).map((kind) =>
      group(
        kindNames[kind] ?? kind,
        acting.filter((rule) => rule.kind === kind && !rule.fires),
      ),
    ),
    group(
      'Abstract',
      rules.filter((rule) => isBase(rule)),
      (rule) => rule.description,
    ),
    group(
      'Not Active',
      rules.filter((rule) => !rule.active && rule.place === 'live' && !isBase(rule)),
    ),
    ...otherPlaces(rules),
  ];
  return groups.filter((each) => each.rules.length > 0);
}

/** There to be extended, as its author meant it: that it does not act is no fault. */
function isBase({ abstract, active, enabled, place }: RuleSummary): boolean {
  return abstract && !active && enabled && place === 'live';
}

/** `folderOf`: the folder that a rule's file lies in, as it is shown. */
export function groupByFolder(
  rules: readonly RuleSummary[],
  folderOf: (rule: RuleSummary) => string,
): readonly RuleGroup[] {
  const live = rules.filter(({ place }) => place === 'live');
  const switchedOn = rules.filter(({ place, active }) => place === 'library' && active);
  const folders = [...new Set(live.map(folderOf))].sort();
  const groups = [
    ...folders.map((folder) =>
      group(
        folder,
        live.filter((rule) => folderOf(rule) === folder),
        withKind,
      ),
    ),
    group('Library, Switched On', switchedOn, withKind),
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

function group(
  label: string,
  rules: readonly RuleSummary[],
  detailOf: (rule: RuleSummary) => string = withoutKind,
): RuleGroup {
  const named = rules.map((rule) => ({ rule, detail: detailOf(rule) }));
  return { id: label, label, rules: sorted(named), isCollapsed: false };
}

function reasons<Each extends ExplainedRule & { readonly rule: RuleSummary }>(
  label: string,
  explained: readonly Each[],
  reasonOf: (each: Each) => string,
): RuleGroup {
  const named = explained.map((each) => ({
    rule: each.rule,
    detail: asText(reasonOf(each)),
    change: each.guides.change ?? each.fires.change,
  }));
  return { id: label, label, rules: sorted(named), isCollapsed: false };
}

/** Without the marks of code, which a list shows as they are. */
function asText(markdown: string): string {
  return markdown.replaceAll('`', '');
}

function withKind(rule: RuleSummary): string {
  if (isBase(rule)) return ['Abstract', rule.description].filter(Boolean).join(' · ');
  return rule.active ? [kindName(rule), rule.description].filter(Boolean).join(' · ') : withoutKind(rule);
}

/** Where the group says the kind. */
function withoutKind(rule: RuleSummary): string {
  if (rule.active) return rule.description;
  return rule.place === 'live' ? asText(rule.inactiveReason ?? 'not active') : rule.description;
}

function sorted(rules: readonly GroupedRule[]): readonly GroupedRule[] {
  return rules.toSorted((one, other) => one.rule.name.localeCompare(other.rule.name));
}
