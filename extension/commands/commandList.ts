import { acceptFiles } from './acceptFiles.ts';
import { acceptHunk } from './acceptHunk.ts';
import { acceptProposal } from './acceptProposal.ts';
import { allowUnconfined } from './allowUnconfined.ts';
import { applySuggestion } from './applySuggestion.ts';
import { approveRule } from './approveRule.ts';
import { checkModels } from './checkModels.ts';
import { chooseModel } from './chooseModel.ts';
import type { Command } from './command.ts';
import { disableRule } from './disableRule.ts';
import { dismissFinding } from './dismissFinding.ts';
import { doctor } from './doctor.ts';
import { enableRule } from './enableRule.ts';
import { explainRule } from './explainRule.ts';
import { explainRules } from './explainRules.ts';
import { explainRun } from './explainRun.ts';
import { fixRules } from './fixRules.ts';
import { groupRules } from './groupRules.ts';
import { importRules } from './importRules.ts';
import { killSurvivors } from './killSurvivors.ts';
import { newDraft } from './newDraft.ts';
import { newRule } from './newRule.ts';
import { nextHunk } from './nextHunk.ts';
import { openWalkthrough } from './openWalkthrough.ts';
import { previewPrompt } from './previewPrompt.ts';
import { previousHunk } from './previousHunk.ts';
import { rejectHunk } from './rejectHunk.ts';
import { promoteDraft } from './promoteDraft.ts';
import { rejectProposal } from './rejectProposal.ts';
import { removeApiKey } from './removeApiKey.ts';
import { restartServer } from './restartServer.ts';
import { revokeAllApprovals } from './revokeAllApprovals.ts';
import { revokeApproval } from './revokeApproval.ts';
import { runRule } from './runRule.ts';
import { runTests } from './runTests.ts';
import { setApiKey } from './setApiKey.ts';
import { showApprovalChanges } from './showApprovalChanges.ts';
import { showEffectiveRule } from './showEffectiveRule.ts';
import { showLog } from './showLog.ts';
import { showMatchedFiles } from './showMatchedFiles.ts';
import { showPreview } from './showPreview.ts';
import { showProposal } from './showProposal.ts';
import { showQueue } from './showQueue.ts';
import { toggleFolderRules } from './toggleFolderRules.ts';
import { showRule } from './showRule.ts';
import { showRuns } from './showRuns.ts';
import { showUncoveredLines } from './showUncoveredLines.ts';
import { showUsage } from './showUsage.ts';
import { stopAll } from './stopAll.ts';
import { reportIssue } from './reportIssue.ts';
import { resumeRun } from './resumeRun.ts';
import { stopRun } from './stopRun.ts';
import { tryMutants } from './tryMutants.ts';
import { tryRecordedDemo } from './tryRecordedDemo.ts';
import { undoRun } from './undoRun.ts';
import { useLibrary } from './useLibrary.ts';
import { useOllama } from './useOllama.ts';

/** Every command, as package.json contributes them. */
export const commandList: readonly Command[] = [
  acceptFiles,
  acceptHunk,
  acceptProposal,
  allowUnconfined,
  applySuggestion,
  approveRule,
  checkModels,
  chooseModel,
  disableRule,
  dismissFinding,
  doctor,
  enableRule,
  explainRule,
  explainRules,
  explainRun,
  fixRules,
  groupRules,
  importRules,
  killSurvivors,
  newDraft,
  newRule,
  nextHunk,
  openWalkthrough,
  previewPrompt,
  previousHunk,
  promoteDraft,
  rejectHunk,
  rejectProposal,
  removeApiKey,
  reportIssue,
  restartServer,
  revokeAllApprovals,
  revokeApproval,
  runRule,
  runTests,
  setApiKey,
  showApprovalChanges,
  showEffectiveRule,
  showLog,
  showMatchedFiles,
  showPreview,
  showProposal,
  showQueue,
  toggleFolderRules,
  showRule,
  showRuns,
  showUncoveredLines,
  showUsage,
  stopAll,
  stopRun,
  resumeRun,
  tryMutants,
  tryRecordedDemo,
  undoRun,
  useLibrary,
  useOllama,
];
