import type { Connection, Disposable } from 'vscode-languageserver/node';
import type { Engine } from '../engine/engine.ts';
import type { ApprovalView } from '../protocol/approvals.ts';
import { approvalsChanged, viewStateChanged } from '../protocol/requests.ts';
import type { RunView, ViewState } from '../protocol/viewState.ts';

const quietMs = 40;
const shownRuns = 50;
/** Where many runs wait for a person, each message is long: it comes less often, by so many milliseconds for each run. */
const quietMsPerRun = 0.5;

/** Sends the view state after changes, at most once per quiet period; `onPublished` follows for what else shows it. */
export function publishView(connection: Connection, engine: Engine, onPublished: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let sent: readonly ApprovalView[] | undefined;
  let shown = 0;
  const publish = (): void => {
    timer = undefined;
    const state = shownState(engine.viewState());
    shown = state.runs.length;
    void connection.sendNotification(viewStateChanged.method, state);
    const approvals = engine.approvals();
    if (approvals !== sent) void connection.sendNotification(approvalsChanged.method, approvals);
    sent = approvals;
    onPublished();
  };
  const stop = engine.onDidChangeView(() => {
    timer ??= setTimeout(publish, Math.max(quietMs, shown * quietMsPerRun));
  });
  publish();
  return {
    dispose() {
      stop();
      clearTimeout(timer);
    },
  };
}

/** What the screens need, and no more: it crosses the connection at every step of every run. */
function shownState(state: ViewState): ViewState {
  const runs = state.runs.filter((run, index) => index < shownRuns || run.phase !== 'finished');
  return { ...state, runs: runs.map(withoutTexts) };
}

function withoutTexts(run: RunView): RunView {
  const files = run.files.map(({ path, before, after }) => ({
    path,
    ...(before === undefined ? {} : { before: '' }),
    ...(after === undefined ? {} : { after: '' }),
  }));
  return { ...run, files };
}
