import type { RunLedger } from '../journal/runLedger.ts';
import { createAnswerCache } from '../llm/cache/answerCache.ts';
import { ProviderGates } from '../llm/limits/providerGates.ts';
import { createSpending } from '../llm/spending.ts';
import type { AnswerStore } from '../ports/answerStore.ts';
import type { CheckCache } from '../ports/checkCache.ts';
import type { FiringLog } from '../ports/firingLog.ts';
import type { GitOperations } from '../ports/gitOperation.ts';
import type { JournalStore } from '../ports/journal.ts';
import type { Leftovers } from '../ports/leftovers.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { SpendingStore } from '../ports/spending.ts';
import { createRedactor } from '../safety/redact.ts';
import { createImportIndex } from '../testing/imports/importIndex.ts';
import type { OpenRuns } from './openRuns.ts';
import { OwnWrites } from './ownWrites.ts';
import { RunBudgets } from './runBudgets.ts';
import type { RunDeps } from './runScope.ts';
import { RunWaits } from './runWaits.ts';
import type { RunStarter } from './startRun.ts';

/** What runs tell of themselves while they go on. */
type RunNews = Pick<RunDeps, 'onLanded' | 'onSelfWritten' | 'onTested'>;

/** The world, as the composition roots hand it over. */
export interface EnginePorts extends Omit<
  RunDeps,
  'answers' | 'gates' | 'ownWrites' | 'imports' | keyof RunNews | 'approvals' | 'unconfined'
> {
  readonly journal: JournalStore;
  readonly leftovers: Leftovers;
  readonly firings: FiringLog;
  readonly spending: SpendingStore;
  readonly answerStore: AnswerStore;
  readonly patterns: Patterns;
  readonly gitOperations: GitOperations;
  readonly checkCache: CheckCache;
  /** Texts of the bundled rules, by file name. */
  readonly builtinRules: ReadonlyMap<string, string>;
}

/** What every run of this process shares. */
export function createRunStarter(
  ports: EnginePorts,
  { ledger, open, news }: { readonly ledger: RunLedger; readonly open: OpenRuns; readonly news: RunNews },
): RunStarter {
  const { digest, clock, answerStore, journal, spending, files, checkCache } = ports;
  const deps: RunDeps = {
    ...ports,
    ...news,
    answers: createAnswerCache({ store: answerStore, digest, redact: createRedactor([]) }),
    gates: new ProviderGates(clock),
    ownWrites: new OwnWrites(digest),
    // An editor tells of every change; on the command line nobody does.
    imports: createImportIndex({
      files,
      ...(ports.interactive ? {} : { stamp: (root, path) => checkCache.stamp(root, path) }),
    }),
    approvals: new RunWaits(),
    unconfined: new RunWaits(),
  };
  return {
    deps,
    ledger,
    open,
    journal,
    spending: createSpending(spending),
    budgets: new RunBudgets(ledger),
  };
}
