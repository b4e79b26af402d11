import type { RunView, StatusView } from '../../protocol/viewState.ts';

export interface StatusFacts {
  readonly runs: readonly RunView[];
  /** Active rules over all folders. */
  readonly rules: number;
  readonly trusted: boolean;
  /** Rules may fire at all. */
  readonly enabled: boolean;
  /** Absolute paths of folders in which no rule fires. */
  readonly off?: readonly string[];
  /** Why nothing begins by itself now; goes on after "because", without a full stop. */
  readonly held?: string | undefined;
  /** `provider/model` that would be asked; undefined: see `noModel`. */
  readonly model: string | undefined;
  /** Why no model can be asked; undefined when one can. */
  readonly noModel: string | undefined;
  /** What keeps a provider from being asked for now, as a sentence; undefined: nothing. */
  readonly trouble: string | undefined;
  readonly spentToday: StatusView['spentToday'];
  /** USD that a day may cost. */
  readonly usdPerDay: number;
  readonly redTests: number;
}

/** The one status item: the most pressing state wins. */
export function statusView(facts: StatusFacts): StatusView {
  const running = facts.runs.filter((run) => run.phase !== 'finished' && run.waitingOn === undefined);
  const waiting = facts.runs.filter((run) => run.phase !== 'finished' && run.waitingOn !== undefined);
  return {
    ...pressing(facts, running, waiting),
    rules: facts.rules,
    running: running.length,
    waiting: waiting.length,
    spentToday: facts.spentToday,
    usdPerDay: facts.usdPerDay,
    ...(facts.model === undefined ? {} : { model: facts.model }),
  };
}

function pressing(
  facts: StatusFacts,
  running: readonly RunView[],
  waiting: readonly RunView[],
): Pick<StatusView, 'state' | 'message'> {
  const [busy] = running;
  const [asking] = waiting;
  const last = facts.runs.find((run) => run.phase === 'finished');
  if (!facts.trusted)
    return {
      state: 'restricted',
      message: 'This workspace is not trusted: rules are checked and shown, nothing runs.',
    };
  if (!facts.enabled) return { state: 'off', message: 'Rules are switched off (codegenLab.rules.enabled).' };
  if (busy) return { state: 'busy', message: `${busy.rule || 'Tests'}: ${busy.message}` };
  if (asking) return { state: 'waiting', message: `${asking.rule}: ${asking.message}` };
  if (facts.rules === 0) return { state: 'noRules', message: 'No rules here yet. Add one in .cursor/rules.' };
  if (facts.held !== undefined)
    return {
      state: 'idle',
      message: `No rule begins anything by itself now, because ${facts.held}. What waits goes on afterwards; *Show Queue* lists it.`,
    };
  if (facts.redTests > 0)
    return { state: 'red', message: `${count(facts.redTests, 'test')} failed: see Problems.` };
  if (last && (last.outcome === 'failed' || last.outcome === 'interrupted'))
    return { state: 'error', message: `${last.rule}: ${last.message}` };
  if (facts.noModel !== undefined) return { state: 'noModel', message: facts.noModel };
  if (facts.trouble !== undefined) return { state: 'error', message: facts.trouble };
  return {
    state: 'idle',
    message: `${count(facts.rules, 'rule')} ready. ${last ? last.message : 'Save a file to let them fire.'}${nameOff(facts)}`,
  };
}

function nameOff({ off = [] }: StatusFacts): string {
  return off.length === 0 ? '' : ` Switched off in ${off.join(', ')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
