import { foldUsage } from '../engine/journal/foldUsage.ts';
import type { Engine, RunResult } from '../engine/engine.ts';
import type { ViewState } from '../protocol/viewState.ts';

const idleState: ViewState = {
  status: {
    state: 'idle',
    message: '',
    rules: 0,
    running: 0,
    waiting: 0,
    spentToday: { usd: 0, tokens: 0, unknownPrice: false },
  },
  runs: [],
  tests: [],
};

export interface ScriptedEngine extends Engine {
  /** Names of the calls that changed or ran something, in order. */
  readonly calls: readonly string[];
  /** Shows another state to all who listen. */
  show(state: Partial<ViewState>): void;
}

/** An engine whose answers a test writes; what is not written is an idle engine without rules. */
export function createScriptedEngine(answers: Partial<Engine> = {}): ScriptedEngine {
  const calls: string[] = [];
  const listeners = new Set<(state: ViewState) => void>();
  let state = idleState;
  const refused: RunResult = {
    run: '',
    outcome: 'refused',
    code: 'rule.not-runnable',
    message: 'Nothing is scripted.',
  };
  return {
    calls,
    openFolder: async (root) => void calls.push(`open ${root}`),
    closeFolder: (root) => void calls.push(`close ${root}`),
    configure: () => void calls.push('configure'),
    reloadRules: async () => undefined,
    setTypedText: async () => new Set(),
    ruleCatalog: () => undefined,
    ruleDocuments: () => [],
    rules: () => [],
    rulesFor: () => [],
    ruleQueries: () => undefined,
    workspacePaths: () => undefined,
    pathsChanged: async () => false,
    typed: () => undefined,
    handleEvent: async () => [],
    problemsChanged: async () => undefined,
    listensTo: () => false,
    setDebugging: () => undefined,
    runRule: async () => refused,
    killSurvivors: async () => ({ refused: refused.message }),
    startRule: async () => ({ refused: refused.message }),
    models: () => ({
      check: async () => ({ roles: [], limits: [], problems: [], tried: [] }),
      usage: async () => ({ ...foldUsage([]), target: { firstTokenMs: 0, totalMs: 0 } }),
      problemsOf: () => [],
      known: () => ({ providers: [], models: [] }),
    }),
    resumeRun: async () => ({ refused: refused.message }),
    previewPrompt: async () => '',
    check: async () => [],
    fixes: async () => ({ files: [], fixed: [] }),
    testQueries: () => undefined,
    runTests: async () => ({ run: '', outcome: { kind: 'cancelled' } }),
    startTests: async () => ({ refused: refused.message }),
    mutate: async () => ({ run: '', end: refused, tested: [], text: '' }),
    decide: async () => ({ ok: false, message: refused.message }),
    undo: async () => ({ ok: false, message: refused.message, restored: [], left: [] }),
    approvals: () => [],
    approvalTexts: async () => undefined,
    approve: async () => undefined,
    revokeApprovals: async () => undefined,
    allowUnconfined: () => false,
    readProposal: () => undefined,
    queue: () => [],
    stop: async () => 0,
    viewState: () => state,
    actionFindings: () => [],
    onDidChangeView: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: async () => void calls.push('dispose'),
    ...answers,
    show(change) {
      state = { ...state, ...change };
      for (const listener of listeners) listener(state);
    },
  };
}
