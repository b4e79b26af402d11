import type { ViewState } from '../../protocol/viewState.ts';
import { renderModel } from '../journal/renderModel.ts';
import type { RunLedger } from '../journal/runLedger.ts';
import { statusView } from '../journal/statusView.ts';
import type { Settings } from '../settings.ts';
import { explainNoModel } from './explainNoModel.ts';
import type { FolderState } from './folderState.ts';

export interface EngineViewParts {
  readonly ledger: RunLedger;
  readonly folders: readonly FolderState[];
  readonly settings: Settings;
  readonly isTrusted: (root: string) => boolean;
  readonly spentToday: ViewState['status']['spentToday'];
}

/** What every screen is made of, at this moment. */
export function viewEngine({ ledger, folders, settings, isTrusted, spentToday }: EngineViewParts): ViewState {
  const runs = ledger.views();
  const tests = ledger.testFiles();
  const noModel = explainNoModel(settings.ai);
  const { provider, model } = settings.ai;
  const status = statusView({
    runs,
    rules: folders.reduce(
      (sum, { rules }) => sum + rules.summaries().filter((rule) => rule.active).length,
      0,
    ),
    trusted: folders.every(({ root }) => isTrusted(root)),
    enabled: settings.rules.enabled,
    model: noModel === undefined ? renderModel(provider, model) : undefined,
    noModel,
    spentToday,
    redTests: tests.reduce((sum, file) => sum + file.tests.filter((test) => test.failure).length, 0),
  });
  return { status, runs, tests };
}
