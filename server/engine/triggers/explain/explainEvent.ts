import type { Action, EventName, Rule } from '../../rules/rule.ts';
import { actionWords } from '../../rules/vocabulary/actions.ts';
import { decideFirings, sortRules, type Decision } from '../decideFirings.ts';
import type { FileEvent } from '../fileEvent.ts';
import { explainAbsence } from './explainAbsence.ts';
import { explainGlobs } from './explainGlobs.ts';
import { explainedRules, type ExplainRequest } from './explainRules.ts';
import { placeOf, type ExplainedRule, type Explanation } from './explanation.ts';

/** Whether one rule acts on one event, and why. */
export interface EventExplanation {
  /** With all that it inherits. */
  readonly rule: Rule;
  /** Those that may act; empty when it does not fire. */
  readonly actions: readonly Action[];
  readonly fires: Explanation;
}

export interface ExplainEventRequest extends Pick<ExplainRequest, 'catalog' | 'live' | 'context' | 'signal'> {
  readonly event: FileEvent;
  /** Ids of the rules that are asked about; undefined: all. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Explains what every rule of the folder does on an event, drafts included, and the bundled ones that are live, in the
 * order in which they would fire. Rejects after an abort.
 */
export async function explainEvent(request: ExplainEventRequest): Promise<readonly EventExplanation[]> {
  const { catalog, live, event, context, signal, only } = request;
  const known = explainedRules(catalog, live);
  const all = only ? known.filter(({ effective }) => only.has(effective.rule.id)) : known;
  const answers = new Map<string, EventExplanation>();
  const present: Rule[] = [];
  for (const explained of all) {
    const { rule } = explained.effective;
    const absence = explainAbsence(explained, live.has(rule.id));
    if (absence === undefined) present.push(rule);
    else answers.set(rule.id, { rule, actions: [], fires: absence });
  }
  const byId = new Map(all.map((explained) => [explained.effective.rule.id, explained]));
  for (const decision of await decideFirings({ event, rules: present, context, signal })) {
    const { rule, actions } = decision;
    const explained = byId.get(rule.id);
    if (explained === undefined) continue;
    answers.set(rule.id, { rule, actions, fires: explainDecision(explained, decision, event) });
  }
  signal.throwIfAborted();
  const sorted = sortRules(all.map(({ effective }) => effective.rule));
  return sorted.flatMap(({ id }) => answers.get(id) ?? []);
}

function explainDecision(explained: ExplainedRule, decision: Decision, event: FileEvent): Explanation {
  const { fires, reason, decidedBy, span } = decision;
  const glob = decidedBy === 'globs' ? explainGlobs(explained, event.path) : undefined;
  const by = glob?.by ?? placeOf(explained, decidedBy, { span });
  if (fires) return { applies: 'yes', reason, by, change: undefined };
  return { applies: 'no', reason, by, change: glob?.change ?? changeFor(decision, event) };
}

/** What to do so that the rule fires. */
function changeFor({ rule, decidedBy, span }: Decision, event: FileEvent): string {
  switch (decidedBy) {
    case 'depth':
      return 'Take one of the rules out of the loop: narrow its `globs`, or remove the event that closes it.';
    case 'path':
      return 'Choose a file that is not ignored.';
    case 'size':
      return 'Make the file smaller than 1 MB.';
    case 'actions':
      return rule.actions.length === 0
        ? 'Give it `actions`.'
        : `Use a known type: ${actionWords.join(', ')}.`;
    case 'on':
      return rule.on.length === 0
        ? `Give it the event: \`on: ${event.name}\`.`
        : `Add \`${event.name}\` to its \`on\`.`;
    case 'origin':
      return changeOrigin(rule, event);
    case 'filters':
      return filterChanges[rule.filters.find((filter) => filter.span === span)?.type ?? ''] ?? changeFilter;
    case 'globs':
    case 'person':
      return 'Change its `globs`.';
  }
}

const changeFilter = 'Change or remove this filter.';
const filterChanges: Readonly<Record<string, string>> = {
  message: 'Run the rule by hand: a filter on the message then holds. Or remove this filter.',
  tests: 'Run the tests that concern the file, or change this filter.',
  changed_content: 'Change a line so that it finds it; or use `content`, which looks at the whole text.',
};

function changeOrigin({ origin = ['user'] }: Rule, event: FileEvent): string {
  // What our own runs write raises other events, so no origin would help.
  const own: EventName = 'accepted';
  if (event.origin === 'self')
    return `Add \`${own}\` to its \`on\`: it comes when you accept what a rule wrote.`;
  return `Write \`origin: [${[...new Set([...origin, event.origin])].join(', ')}]\`.`;
}
