import type { RunOutcome } from '../../server/protocol/runEvents.ts';
import type { RunView } from '../../server/protocol/viewState.ts';
import { renderCost, renderDuration, renderTests } from './render.ts';

/** How a run stands in lists: for eyes and for screen readers. */
export interface RunDescription {
  readonly label: string;
  readonly description: string;
  /** A codicon's name. */
  readonly icon: string;
  /** A theme colour's name; undefined for the usual one. */
  readonly color?: string;
  /** For `when` clauses: the parts are joined by dots, such as `run.waiting.decision`. */
  readonly contextValue: string;
  readonly accessibilityLabel: string;
}

const phaseTexts: Readonly<Record<RunView['phase'], string>> = {
  starting: 'starting',
  waiting: 'waiting for you',
  prompting: 'building the prompt',
  asking: 'asking the model',
  running: 'running a command',
  checking: 'checking the answer',
  testing: 'running tests',
  deciding: 'to be reviewed',
  landing: 'landing',
  finished: 'finished',
};

const outcomes: Readonly<Record<RunOutcome, { readonly icon: string; readonly color?: string }>> = {
  landed: { icon: 'pass', color: 'testing.iconPassed' },
  proposed: { icon: 'git-compare' },
  rejected: { icon: 'circle-slash' },
  unchanged: { icon: 'dash' },
  refused: { icon: 'shield', color: 'list.warningForeground' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  cancelled: { icon: 'debug-stop' },
  interrupted: { icon: 'debug-disconnect', color: 'list.warningForeground' },
};

/** A phase in words that follow a name. */
export function describePhase(run: RunView): string {
  if (run.waitingOn === 'approval') return 'waits to be allowed';
  if (run.waitingOn === 'unconfined') return 'tests wait for you';
  if (run.phase === 'finished') return isGreenTestRun(run) ? 'green' : (run.outcome ?? phaseTexts.finished);
  return phaseTexts[run.phase];
}

export function describeRun(run: RunView): RunDescription {
  const name = run.rule || run.action;
  const label = run.file ? `${name} · ${run.file}` : name;
  const facts = [
    describePhase(run),
    renderTests(run.testsAfter),
    renderCost(run.cost, run.unknownPrice),
    duration(run),
  ];
  const description = facts.filter((fact) => fact !== '').join(' · ');
  return {
    label,
    description,
    ...iconOf(run),
    contextValue: contextValueOf(run),
    accessibilityLabel: `${name} on ${run.file || 'the workspace'}: ${facts.filter((fact) => fact !== '').join(', ')}`,
  };
}

function duration(run: RunView): string {
  return run.endedAt === undefined ? '' : renderDuration(run.endedAt - run.startedAt);
}

/** Tests that a person asked for change nothing; what counts is that they passed. */
function isGreenTestRun(run: RunView): boolean {
  return run.action === 'test' && run.outcome === 'unchanged';
}

function iconOf(run: RunView): { readonly icon: string; readonly color?: string } {
  if (isGreenTestRun(run)) return outcomes.landed;
  if (run.phase === 'finished') return run.outcome ? outcomes[run.outcome] : { icon: 'dash' };
  if (run.waitingOn !== undefined) return { icon: 'bell-dot', color: 'list.warningForeground' };
  return { icon: 'sync~spin' };
}

function contextValueOf(run: RunView): string {
  const proposal = run.files.length > 0 ? '.proposal' : '';
  if (run.phase === 'finished') {
    const isInterrupted = run.outcome === 'interrupted' && run.rule !== '';
    const undoable = run.landed === true ? '.landed' : '';
    return `run.finished${isInterrupted ? '.interrupted' : ''}${undoable}${proposal}`;
  }
  return run.waitingOn === undefined ? `run.busy${proposal}` : `run.waiting.${run.waitingOn}${proposal}`;
}
