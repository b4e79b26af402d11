/** Commands of the extension that lenses and messages of the server name, with the one argument each takes. */
export interface CommandArguments {
  /** Without an argument: the active file, and a choice of rules. `path` is relative to `folder`. */
  'codegenLab.runRule':
    | { readonly ruleId: string; readonly folder: string; readonly path?: string }
    | undefined;
  /** Tests that notice small wrong changes of a file. A menu has none to name. */
  'codegenLab.killSurvivors':
    | { readonly folder: string; readonly path: string; readonly survivors: readonly string[] }
    | undefined;
  /** Without an argument: of the file that was last in front. */
  'codegenLab.tryMutants': { readonly uri: string } | undefined;
  'codegenLab.previewPrompt':
    | { readonly ruleId: string; readonly folder: string; readonly path?: string }
    | undefined;
  'codegenLab.showQueue': undefined;
  'codegenLab.toggleFolderRules': undefined;
  'codegenLab.showRuns': { readonly run: string } | undefined;
  'codegenLab.showProposal': { readonly run: string } | undefined;
  'codegenLab.acceptProposal': { readonly run: string } | undefined;
  /** Accepts some of the files, chosen by the person. */
  'codegenLab.acceptFiles': { readonly run: string } | undefined;
  /** Without an argument: the hunk at the cursor. */
  'codegenLab.acceptHunk': { readonly run: string; readonly path: string; readonly hunk: number } | undefined;
  'codegenLab.rejectHunk': { readonly run: string; readonly path: string; readonly hunk: number } | undefined;
  'codegenLab.nextHunk': undefined;
  'codegenLab.previousHunk': undefined;
  'codegenLab.rejectProposal': { readonly run: string } | undefined;
  /** Without an argument: a rule that waits, or a choice of those that are not allowed. */
  'codegenLab.approveRule':
    | { readonly run: string }
    | { readonly folder: string; readonly ruleId: string }
    | undefined;
  'codegenLab.revokeApproval': { readonly folder: string; readonly ruleId: string } | undefined;
  'codegenLab.revokeAllApprovals': undefined;
  /** Without an argument: of all approved rules that changed. */
  'codegenLab.showApprovalChanges': { readonly folder: string; readonly ruleId: string } | undefined;
  /** Why a rule fired. Without an argument: a choice of runs. */
  'codegenLab.explainRun': { readonly run: string } | undefined;
  'codegenLab.allowUnconfined': { readonly run: string } | undefined;
  'codegenLab.stopRun': { readonly run: string } | undefined;
  /** Goes on with a run that was cut short. Without an argument: a choice of runs. */
  'codegenLab.resumeRun': { readonly run: string } | undefined;
  /** Takes back what a run changed. Without an argument: a choice of runs. */
  'codegenLab.undoRun': { readonly run: string } | undefined;
  'codegenLab.stopAll': undefined;
  'codegenLab.runTests':
    | {
        readonly folder: string;
        readonly paths: readonly string[];
        readonly ids: readonly string[];
        /** Under a debugger of the editor. */
        readonly debug?: boolean;
      }
    | undefined;
  /** What a review suggests; a thread's own button hands over the thread. */
  'codegenLab.applySuggestion': { readonly id: string } | undefined;
  'codegenLab.dismissFinding': { readonly id: string } | undefined;
  /** Without an argument: of the file that was last in front. */
  'codegenLab.showUncoveredLines': { readonly uri: string } | undefined;
  /** `line` is zero-based. Without an argument: a choice of rules. */
  'codegenLab.showRule': { readonly uri: string; readonly line: number } | undefined;
  /** The files that a rule is about. Without an argument: a choice of rules. */
  'codegenLab.showMatchedFiles': { readonly ruleId: string; readonly folder: string } | undefined;
  /** A rule with all that it inherits, and where each value comes from. Without an argument: a choice of rules. */
  'codegenLab.showEffectiveRule': { readonly ruleId: string; readonly folder: string } | undefined;
  /** A rule in words. Without an argument: that in front, or a choice of rules. */
  'codegenLab.explainRule': { readonly ruleId: string; readonly folder: string } | undefined;
  /** Why rules fire on a file, or why not. Without an argument: the file that was last in front. */
  'codegenLab.explainRules': { readonly uri: string } | undefined;
  /** A rule file as Markdown. Without an argument: the active file. */
  'codegenLab.showPreview': { readonly uri: string } | undefined;
  'codegenLab.fixRules': undefined;
  'codegenLab.enableRule': { readonly ruleId: string; readonly uri: string } | undefined;
  'codegenLab.disableRule': { readonly ruleId: string; readonly uri: string } | undefined;
  'codegenLab.groupRules': undefined;
  'codegenLab.newRule': undefined;
  'codegenLab.newDraft': undefined;
  'codegenLab.importRules': undefined;
  /** A draft by its URI. Without an argument: the active file. */
  'codegenLab.promoteDraft': { readonly uri: string } | undefined;
  'codegenLab.setApiKey': undefined;
  'codegenLab.removeApiKey': undefined;
  'codegenLab.chooseModel': undefined;
  'codegenLab.checkModels': undefined;
  'codegenLab.showUsage': undefined;
  'codegenLab.useLibrary': undefined;
  'codegenLab.useOllama': undefined;
  'codegenLab.tryRecordedDemo': undefined;
  'codegenLab.doctor': undefined;
  'codegenLab.reportIssue': undefined;
  'codegenLab.showLog': undefined;
  'codegenLab.restartServer': undefined;
  'codegenLab.openWalkthrough': undefined;
  'workbench.trust.manage': undefined;
}

export type CommandName = keyof CommandArguments;
