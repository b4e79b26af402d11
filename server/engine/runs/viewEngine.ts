import type { CoverageStamp } from '../../protocol/testDisplay.ts';
import { countTests } from '../../protocol/tests.ts';
import type { ViewState } from '../../protocol/viewState.ts';
import { renderModel } from '../journal/renderModel.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import { statusView } from '../journal/statusView.ts';
import type { ProviderGates } from '../llm/limits/providerGates.ts';
import type { Settings } from '../settings.ts';
import { explainNoModel } from './explainNoModel.ts';
import type { FolderState } from './folderState.ts';
import { folderSwitches } from './folderSwitches.ts';

export interface EngineViewParts {
  readonly ledger: RunLedger;
  readonly folders: readonly FolderState[];
  readonly settings: Settings;
  readonly isTrusted: (root: string) => boolean;
  /** Why nothing begins by itself in a folder now. */
  readonly heldBy: (root: string) => string | undefined;
  readonly spentToday: ViewState['status']['spentToday'];
  readonly gates: Pick<ProviderGates, 'troubled'>;
  readonly coverage: readonly CoverageStamp[];
}

/** What every screen is made of, at this moment. */
export function viewEngine({
  ledger,
  folders,
  settings,
  isTrusted,
  spentToday,
  gates,
  heldBy,
  coverage,
}: EngineViewParts): ViewState {
  const runs = ledger.views();
  const firing = folders.filter(({ root }) => folderSwitches(settings, root).enabled);
  // Where none fires, what would fire is told.
  const counted = firing.length > 0 ? firing : folders;
  const tests = ledger.testFiles();
  const noModel = explainNoModel(settings.ai);
  const { provider, model } = settings.ai;
  const status = statusView({
    runs,
    rules: counted.reduce(
      (sum, { rules }) => sum + rules.summaries().filter((rule) => rule.active).length,
      0,
    ),
    trusted: folders.every(({ root }) => isTrusted(root)),
    enabled: folders.length === 0 ? settings.rules.enabled : firing.length > 0,
    off: folders.filter((folder) => !firing.includes(folder)).map(({ root }) => root),
    held: firing.map(({ root }) => heldBy(root)).find((reason) => reason !== undefined),
    model: noModel === undefined ? renderModel(provider, model) : undefined,
    noModel,
    trouble: explainTrouble(gates),
    spentToday,
    usdPerDay: settings.limits.usdPerDay,
    redTests: tests.reduce((sum, file) => sum + countTests(file.tests).failed, 0),
  });
  return { status, runs, tests, coverage };
}

/** The clock of a person is another than ours, so no time of day is said. */
function explainTrouble(gates: Pick<ProviderGates, 'troubled'>): string | undefined {
  const [first] = gates.troubled();
  if (!first) return undefined;
  return first.circuit.kind === 'probing'
    ? `${first.provider} is tried again with one call, after it failed too often.`
    : `${first.provider} failed too often in a row, so it is left alone for a while and then tried with one call.`;
}
