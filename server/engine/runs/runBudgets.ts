import type { RunBudget, RunCause, RunEvent } from '../../protocol/runEvents.ts';
import type { RunLedger } from '../journal/runLedger.ts';

interface KnownRun {
  readonly run: string;
  readonly budget: RunBudget;
  readonly causedBy: string | undefined;
}

const keptRuns = 500;

/**
 * The budgets of the runs that led to a run, also of those from before a restart: a run that another one caused, or that goes on
 * with one that was cut short, has what is left.
 */
export class RunBudgets {
  readonly #runs = new Map<string, KnownRun>();

  constructor(ledger: Pick<RunLedger, 'onDidApply'>) {
    ledger.onDidApply((event) => this.#note(event));
  }

  /** Of the run that caused another or that it goes on with, and of those that led to that one, the nearest first. */
  above(cause: RunCause): readonly KnownRun[] {
    const chain: KnownRun[] = [];
    for (
      let at = this.#runs.get(before(cause) ?? '');
      at && !chain.includes(at);
      at = this.#runs.get(at.causedBy ?? '')
    )
      chain.push(at);
    return chain;
  }

  #note(event: RunEvent): void {
    if (event.type !== 'run.started') return;
    this.#runs.set(event.run, { run: event.run, budget: event.budget, causedBy: before(event.cause) });
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > keptRuns && oldest !== undefined) this.#runs.delete(oldest);
  }
}

/** A run that goes on with another one comes after all that led to that one. */
function before({ causedBy, resumes }: RunCause): string | undefined {
  return resumes ?? causedBy;
}
