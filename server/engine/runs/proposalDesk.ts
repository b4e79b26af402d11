import type { RunView } from '../../protocol/viewState.ts';
import type { Decided, Decision } from '../engine.ts';
import { foldRun } from '../journal/foldRun.ts';
import { recordRun, type RunRecorder } from '../journal/recordRun.ts';
import type { Settings } from '../settings.ts';
import { decideProposal } from './decideProposal.ts';
import { superseded } from './firingQueue.ts';
import type { OpenRun } from './openRuns.ts';
import type { RunStarter } from './startRun.ts';

const notOpen: Decided = { ok: false, message: 'This proposal is not open any more.' };
const notOurs: Decided = {
  ok: false,
  message: 'This proposal belongs to another window; decide it there.',
};

const notTrusted: Decided = {
  ok: false,
  message: 'This workspace is not trusted, so nothing lands and no test runs here. Trust it first.',
};

type DeskParts = Pick<RunStarter, 'deps' | 'journal' | 'ledger' | 'open'>;

/** Where people decide on proposals: each once, and also those of earlier processes. */
export class ProposalDesk {
  readonly #parts: DeskParts;
  /** Whose decision is under way: a second click decides nothing. */
  readonly #deciding = new Set<string>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  async decide(decision: Decision, settings: Settings, signal: AbortSignal): Promise<Decided> {
    const { run } = decision;
    const view = this.#parts.ledger.view(run);
    if (view?.waitingOn !== 'decision' || this.#deciding.has(run)) return notOpen;
    if (decision.accept && !this.#parts.deps.consent.isTrusted(view.folder)) return notTrusted;
    this.#deciding.add(run);
    try {
      return await this.#carryOut({ view, decision, settings }, signal);
    } finally {
      this.#deciding.delete(run);
    }
  }

  async #carryOut(
    order: { readonly view: RunView; readonly decision: Decision; readonly settings: Settings },
    signal: AbortSignal,
  ): Promise<Decided> {
    const { deps, open: openRuns, ledger } = this.#parts;
    const { view, decision, settings } = order;
    const { run, folder: root } = view;
    const open = openRuns.get(run) ?? (await this.#takeOver(root, run));
    if (!open?.recorder) return ledger.view(run)?.waitingOn === 'decision' ? notOurs : notOpen;
    // Stopping the run stops its tests in place, whoever asked for the landing.
    const stopped = AbortSignal.any([signal, stopOf(open)]);
    const scope = { deps, root, settings, recorder: open.recorder, signal: stopped };
    const deciding = decideProposal(scope, view, decision);
    open.settled = deciding;
    const end = await deciding;
    if ('unproven' in end) return { ok: false, message: end.message, unproven: true };
    openRuns.end(run);
    return { ok: end.outcome === 'landed' || end.outcome === 'rejected', message: end.message };
  }

  async #takeOver(root: string, run: string): Promise<OpenRun | undefined> {
    const recorder = await this.#resume(root, run);
    return recorder && Object.assign(this.#parts.open.begin(run, root), { recorder });
  }

  /** undefined: a living process has it, or somebody decided it since it was read; then the screens show that. */
  async #resume(root: string, run: string): Promise<RunRecorder | undefined> {
    const { journal, ledger, deps } = this.#parts;
    const resumed = await journal.resume(root, run);
    if (!resumed) return undefined;
    const { writer, events: earlier } = resumed;
    const recorder = recordRun({ root, writer, ledger, clock: deps.clock, earlier });
    if (foldRun(root, resumed.events)?.waitingOn === 'decision') return recorder;
    for (const event of resumed.events) ledger.apply(root, event);
    await recorder.close();
    return undefined;
  }
}

/** Aborts when somebody stops the run; not when a newer firing takes its place, since what a person accepts lands. */
function stopOf({ abort: { signal } }: OpenRun): AbortSignal {
  const stop = new AbortController();
  const follow = (): void => {
    if (signal.reason !== superseded) stop.abort(signal.reason);
  };
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return stop.signal;
}
