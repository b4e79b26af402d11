import type { RunBudget, RunEvent } from '../../protocol/runEvents.ts';
import type { RunLedger } from '../journal/runLedger.ts';

interface KnownRun {
  readonly run: string;
  readonly budget: RunBudget;
  readonly causedBy: string | undefined;
}

const keptRuns = 500;

/** The budgets of the runs that led to a run, also of those from before a restart: a run that others cause inherits what is left. */
export class RunBudgets {
  readonly #runs = new Map<string, KnownRun>();

  constructor(ledger: Pick<RunLedger, 'onDidApply'>) {
    ledger.onDidApply((event) => this.#note(event));
  }

  /** Of the run that caused another, and of those that caused it, the nearest first. */
  above(causedBy: string | undefined): readonly KnownRun[] {
    const chain: KnownRun[] = [];
    for (
      let at = this.#runs.get(causedBy ?? '');
      at && !chain.includes(at);
      at = this.#runs.get(at.causedBy ?? '')
    )
      chain.push(at);
    return chain;
  }

  #note(event: RunEvent): void {
    if (event.type !== 'run.started') return;
    this.#runs.set(event.run, { run: event.run, budget: event.budget, causedBy: event.cause.causedBy });
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > keptRuns && oldest !== undefined) this.#runs.delete(oldest);
  }
}
