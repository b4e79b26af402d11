import type { RunEvent } from '../../protocol/runEvents.ts';
import type { RunView } from '../../protocol/viewState.ts';
import type { Finding } from '../../protocol/text.ts';

/** What problem matchers read and reviews found last, by folder, rule and file; the next run of the same begins without. */
export type ActionFindings = ReadonlyMap<string, FoundByRule>;

/** What an action found, and in which run. */
export interface ActionFinding extends Finding {
  /** Made of the run and its place in it, so that it is the same after a restart. */
  readonly id: string;
  readonly run: string;
}

interface FoundByRule {
  readonly root: string;
  /** By action: a new try reads its own. */
  readonly byAction: ReadonlyMap<string, readonly ActionFinding[]>;
}

/** The findings after one more event; `view` is that of its run. What was read in a copy stands in no file of the user. */
export function foldActionFindings(
  before: ActionFindings,
  view: RunView | undefined,
  event: RunEvent,
): ActionFindings {
  if (view === undefined) return before;
  const key = `${view.folder}\n${view.ruleId}\n${view.file}`;
  // What tests let live was asked of other tests than those that are there now.
  const known = event.type === 'edit.landed' ? without(before, `${view.folder}\n\n${view.file}`) : before;
  if (event.type === 'run.started') return known.has(key) ? without(known, key) : known;
  const told = toldBy(view, event);
  if (told === undefined) return known;
  const { run } = event;
  const { action } = told;
  const fresh = told.findings.map((finding, index): ActionFinding => ({
    ...finding,
    rule: view.rule,
    id: [run, action, index].join('/'),
    run,
  }));
  const byAction = new Map(known.get(key)?.byAction).set(action, fresh);
  return new Map(known).set(key, { root: view.folder, byAction });
}

/** What tests let live, what a command read in the user's tree, and what was found in a proposal once it stands there. */
function toldBy(
  { assessment }: RunView,
  event: RunEvent,
): { readonly action: string; readonly findings: readonly Finding[] } | undefined {
  if (event.type === 'edit.landed' && assessment !== undefined)
    return {
      action: 'proposal',
      findings: assessment.findings.filter(({ path }) => event.paths.includes(path)),
    };
  if (event.type === 'mutants.tested') return { action: 'mutants', findings: event.findings ?? [] };
  return event.type === 'action.finished' && event.place === 'workspace' && event.findings !== undefined
    ? { action: event.action, findings: event.findings }
    : undefined;
}

/** All that is known of one folder. */
export function listActionFindings(known: ActionFindings, root: string): readonly ActionFinding[] {
  return [...known.values()].flatMap((found) =>
    found.root === root ? [...found.byAction.values()].flat() : [],
  );
}

function without(known: ActionFindings, key: string): ActionFindings {
  const next = new Map(known);
  next.delete(key);
  return next;
}
