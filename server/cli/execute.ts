import type { CommandContext } from './commandContext.ts';
import { check } from './commands/check.ts';
import { checkModels } from './commands/checkModels.ts';
import { createRule } from './commands/createRule.ts';
import { examineHealth } from './commands/examineHealth.ts';
import { examineSandbox } from './commands/examineSandbox.ts';
import { explain } from './commands/explain.ts';
import { explainRun } from './commands/explainRun.ts';
import { exportRules } from './commands/exportRules.ts';
import { importRules } from './commands/importRules.ts';
import { listModels } from './commands/listModels.ts';
import { listRules } from './commands/listRules.ts';
import { manageApprovals } from './commands/manageApprovals.ts';
import { manageAudit } from './commands/manageAudit.ts';
import { manageCassettes } from './commands/manageCassettes.ts';
import { manageHooks } from './commands/manageHooks.ts';
import { migrateRules } from './commands/migrateRules.ts';
import { mutate } from './commands/mutate.ts';
import { renameRule } from './commands/renameRule.ts';
import { reportIssue } from './commands/reportIssue.ts';
import { runRule } from './commands/runRule.ts';
import { runTests } from './commands/runTests.ts';
import { showEffectiveRule } from './commands/showEffectiveRule.ts';
import { showLog } from './commands/showLog.ts';
import { showRule } from './commands/showRule.ts';
import { showUsage } from './commands/showUsage.ts';
import { testRules } from './commands/testRules.ts';
import { validateRules } from './commands/validateRules.ts';
import { undoRun } from './commands/undoRun.ts';
import { watch } from './commands/watch.ts';
import type { ExitCode } from './exitCodes.ts';
import { usageError, type UsageError, type WorkInvocation } from './invocation.ts';
import { placeName, type PlacedFiles } from './placeFiles.ts';

/** Runs the command of an invocation whose files are placed. */
export async function execute(
  invocation: WorkInvocation,
  placed: PlacedFiles,
  context: CommandContext,
  signal: AbortSignal,
): Promise<ExitCode | UsageError> {
  switch (invocation.kind) {
    case 'run':
      return runRule(invocation, placed.files[0] ?? '', context, signal);
    case 'check':
      return check(invocation, placed, context, signal);
    case 'test':
      return runTests(invocation, placed.files, context, signal);
    case 'mutate':
      return mutate(invocation, placed.files, context, signal);
    case 'watch':
      return watch(invocation, context, signal);
    case 'explain': {
      const { about, json } = invocation;
      if (about.kind === 'run') return explainRun({ run: about.run, json }, context, signal);
      const path = placeName(about.file, context);
      if (path === undefined) return outside('explain', about.file, context);
      return explain({ about, json }, path, context, signal);
    }
    case 'undo':
      return undoRun(invocation, context, signal);
    case 'sandbox':
      return examineSandbox(invocation, context, signal);
    case 'doctor':
      return examineHealth(invocation, context, signal);
    case 'report':
      return reportIssue(invocation, context, signal);
    case 'approvals':
      return manageApprovals(invocation, context, signal);
    case 'hooks':
      return manageHooks(invocation, context, signal);
    case 'rules': {
      const { file } = invocation;
      const path = file === undefined ? undefined : placeName(file, context);
      if (file !== undefined && path === undefined) return outside('ctl rule', file, context);
      return listRules({ json: invocation.json, path }, context, signal);
    }
    case 'ruleShow':
      return invocation.effective
        ? showEffectiveRule(invocation, context, signal)
        : showRule(invocation, context, signal);
    case 'ruleCreate':
      return createRule(invocation, context, signal);
    case 'ruleRename':
      return renameRule(invocation, context, signal);
    case 'ruleTest':
      return testRules(invocation, context, signal);
    case 'validateRules':
      return validateRules(invocation, placed, context, signal);
    case 'migrate':
      return migrateRules(invocation, placed, context, signal);
    case 'import':
      return importRules(invocation, placed, context, signal);
    case 'export': {
      const folder = placeName(invocation.out ?? context.root, context);
      if (folder === undefined) return outside('ctl export', invocation.out ?? '', context);
      return exportRules(invocation, folder, context, signal);
    }
    case 'audit':
      return manageAudit(invocation, context);
    case 'cassette':
      return manageCassettes(invocation, context, signal);
    case 'models':
      return listModels(invocation.json, context, signal);
    case 'modelsCheck':
      return checkModels(invocation, context, signal);
    case 'usage':
      return showUsage(invocation, context, signal);
    case 'log':
      return showLog(invocation, context, signal);
  }
}

function outside(topic: UsageError['topic'], name: string, { root }: CommandContext): UsageError {
  return usageError(topic, `${name} lies outside of the workspace folder ${root}.`);
}
