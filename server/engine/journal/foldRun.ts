import { mutationSentence } from '../../protocol/mutants.ts';
import type {
  ActionFinished,
  ActionStarted,
  RunEvent,
  RunStarted,
  RunWaiting,
  TestFinished,
  TokenUsage,
} from '../../protocol/runEvents.ts';
import { countTests } from '../../protocol/tests.ts';
import type { ActionView, RunPhase, RunView } from '../../protocol/viewState.ts';
import { renderModel } from './renderModel.ts';
import { timelineEntry } from './timelineEntry.ts';

/** What a screen shows of a run, from its events alone. `undefined` when the journal does not begin with `run.started`. */
export function foldRun(root: string, events: readonly RunEvent[]): RunView | undefined {
  let view: RunView | undefined;
  for (const event of events) view = foldRunEvent(root, view, event);
  return view;
}

/** The view after one more event. Events before `run.started` are not shown. */
export function foldRunEvent(root: string, view: RunView | undefined, event: RunEvent): RunView | undefined {
  if (event.type === 'run.started') return withLine(startedView(root, event, event.run, event.at), event);
  if (!view) return undefined;
  return withLine({ ...view, ...changeOf(view, event) }, event);
}

function startedView(root: string, event: RunStarted, run: string, at: number): RunView {
  return {
    run,
    folder: root,
    rule: event.rule,
    ruleId: event.ruleId,
    ruleHash: event.ruleHash,
    action: event.action,
    file: event.file,
    cause: event.cause,
    phase: 'starting',
    startedAt: at,
    attempt: 0,
    attempts: event.budget.attempts,
    approval: event.approval,
    usage: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: false },
    cost: 0,
    unknownPrice: false,
    actions: [],
    files: [],
    message: `${event.rule || event.action} started`,
    timeline: [],
  };
}

function changeOf(view: RunView, event: Exclude<RunEvent, RunStarted>): Partial<RunView> {
  switch (event.type) {
    case 'run.waiting':
      return waitingChange(event);
    case 'scratch.ready':
      return moved('starting', 'Copying the workspace');
    case 'prompt.built':
      return { ...moved('prompting', 'Building the prompt'), attempt: event.attempt };
    case 'model.asked':
      return {
        ...moved('asking', `Asking ${renderModel(event.provider, event.model)}`),
        model: renderModel(event.provider, event.model),
      };
    case 'model.answered':
      return {
        ...moved('checking', 'Reading the answer'),
        ...spent(view, event.usage, event.cost),
        // Of several that were asked at once, the last one asked need not be the one that answered.
        model:
          event.provider === 'replay'
            ? `${event.model} (recorded)`
            : renderModel(event.provider, event.model),
      };
    case 'model.failed':
      return {
        message: event.message,
        ...(event.usage || event.cost !== undefined
          ? spent(view, event.usage ?? noTokens, event.cost ?? 'unknown')
          : {}),
      };
    case 'edit.proposed':
    case 'gate.checked':
      return moved('checking', 'Checking the edit');
    case 'candidates.started':
      return moved('testing', `Judging ${event.candidates} new tests`);
    case 'candidates.judged':
      return { candidates: event.report };
    case 'edit.refused':
      return { message: event.reason };
    case 'action.started':
      return {
        ...moved('running', event.command === '' ? `Action ${event.action}` : `Running ${event.command}`),
        actions: withAction(view, begunAction(event)),
      };
    case 'action.finished':
      return {
        message: event.message,
        actions: withAction(view, endedAction(view, event)),
        ...(event.place === 'workspace' && (event.changed ?? []).length > 0 && { landed: true as const }),
      };
    case 'test.started':
      return moved('testing', `Running ${event.command}`);
    case 'test.finished':
      return testChange(view, event);
    case 'mutants.tested':
      return moved('testing', mutationSentence(event.path, event.score));
    case 'proposal.ready':
      return { ...moved('deciding', event.summary), files: event.files };
    case 'proposal.assessed':
      return assessedChange(view, event);
    case 'proposal.narrowed':
      // The places that were found are those of the whole.
      return {
        ...moved('testing', 'Proving the parts that were chosen'),
        ...(view.assessment && { assessment: { ...view.assessment, findings: [] } }),
      };
    case 'proposal.accepted':
      return moved('landing', 'Landing the edit');
    case 'proposal.rejected':
      return { message: event.reason };
    case 'undo.planned':
      return { ...moved('landing', 'Undoing'), files: event.files };
    case 'edit.landed':
      return { ...moved('landing', 'Landed'), landed: true };
    case 'edit.notLanded':
      return { message: event.message };
    case 'run.finished':
      return {
        ...moved('finished', event.message),
        // A call whose process died may be billed, and nobody was there to be told.
        ...(event.outcome === 'interrupted' && view.phase === 'asking' && { unknownPrice: true }),
        endedAt: event.at,
        outcome: event.outcome,
        code: event.code,
      };
  }
}

const noTokens: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: false };

function waitingChange(event: RunWaiting): Partial<RunView> {
  return {
    phase: event.on === 'decision' ? 'deciding' : 'waiting',
    waitingOn: event.on,
    message: event.message,
    ...(event.files ? { files: event.files } : {}),
  };
}

function moved(phase: RunPhase, message: string): { phase: RunPhase; message: string; waitingOn?: never } {
  return { phase, message };
}

/** What is held is decided by a person who looks at it, whatever the rule and the settings say. */
function assessedChange(
  { approval }: RunView,
  { scans, findings, held }: Extract<RunEvent, { readonly type: 'proposal.assessed' }>,
): Partial<RunView> {
  return {
    assessment: { scans, findings, held },
    ...(held.length > 0 && approval === 'auto' && { approval: 'preview' as const }),
  };
}

function spent(view: RunView, usage: TokenUsage, cost: number | 'unknown'): Partial<RunView> {
  return {
    usage: {
      input: view.usage.input + usage.input,
      output: view.usage.output + usage.output,
      cacheRead: view.usage.cacheRead + usage.cacheRead,
      cacheWrite: view.usage.cacheWrite + usage.cacheWrite,
      estimated: view.usage.estimated || usage.estimated,
    },
    cost: view.cost + (cost === 'unknown' ? 0 : cost),
    unknownPrice: view.unknownPrice || cost === 'unknown',
  };
}

function begunAction({ action, kind, command, attempt }: ActionStarted): ActionView {
  return { action, kind, command, attempt, message: '', findings: [] };
}

function endedAction(view: RunView, event: ActionFinished): ActionView {
  const { action, kind, attempt, result, message, findings = [] } = event;
  const command = view.actions.find((known) => known.action === action)?.command ?? '';
  return { action, kind, command, attempt, result, message, findings };
}

/** A new try takes the place of the one before. */
function withAction({ actions }: RunView, fresh: ActionView): readonly ActionView[] {
  const isKnown = actions.some(({ action }) => action === fresh.action);
  return isKnown
    ? actions.map((known) => (known.action === fresh.action ? fresh : known))
    : [...actions, fresh];
}

function testChange(view: RunView, event: TestFinished): Partial<RunView> {
  if (event.outcome.kind !== 'finished') {
    return { message: event.outcome.kind === 'cancelled' ? 'Tests cancelled' : event.outcome.message };
  }
  const counts = countTests(event.outcome.tests);
  const message = `${counts.passed} passed, ${counts.failed} failed`;
  if (event.phase === 'baseline') return { testsBefore: counts, message };
  // In place fewer tests run than before the edit; green, they change nothing about what the edit came to.
  if (event.phase === 'inPlace' && view.testsAfter && counts.failed === 0) return { message };
  return { testsAfter: counts, message };
}

function withLine(view: RunView, event: RunEvent): RunView {
  const line = timelineEntry(event);
  const { waitingOn, ...rest } = view;
  // What a run waits on ends with the next event of any other kind.
  const kept = event.type === 'run.waiting' && waitingOn ? { ...rest, waitingOn } : rest;
  return line ? { ...kept, timeline: [...kept.timeline, line] } : kept;
}
