import type { KillSurvivorsRequest, RunResult, RunRuleRequest, Started } from '../engine.ts';
import type { Rule } from '../rules/rule.ts';
import { isModelAction } from '../rules/modelActions.ts';
import type { Settings } from '../settings.ts';
import { explainNoModel } from './explainNoModel.ts';
import { findRunnableRule } from './findRunnableRule.ts';
import type { FolderState } from './folderState.ts';
import type { OpenRun } from './openRuns.ts';
import { runResult } from './runResult.ts';
import { refused, type RunEnd } from './runScope.ts';
import { actingActions, startRun, type RunStarter } from './startRun.ts';
import { stopOnAbort } from './stopOnAbort.ts';

export interface ByHandParts extends RunStarter {
  /** undefined: it is not open. */
  readonly folder: FolderState | undefined;
  readonly settings: Settings;
}

/** A run that a person asked for, or why there is none, as a sentence. */
export type Begun =
  | { readonly open: OpenRun; readonly end: Promise<RunEnd | undefined> }
  | { readonly refused: string };

/** Runs a rule on a file and waits for its end. */
export async function runRuleNow(
  parts: ByHandParts,
  request: RunRuleRequest,
  signal: AbortSignal,
): Promise<RunResult> {
  const begun = await beginRule(parts, request);
  if ('refused' in begun) return { run: '', ...refused('rule.not-runnable', begun.refused) };
  const end = await stopOnAbort([signal], () => begun.open.abort.abort(), begun.end);
  return runResult(begun.open.run, end, parts.ledger.view(begun.open.run));
}

/** The same without waiting for its end. */
export async function startRuleNow(parts: ByHandParts, request: RunRuleRequest): Promise<Started> {
  const begun = await beginRule(parts, request);
  return 'refused' in begun ? begun : { run: begun.open.run };
}

/** Runs the rule that generates tests for a file, and asks for tests that notice these mutants of it. */
export async function killSurvivors(
  parts: ByHandParts,
  { root, path, survivors }: KillSurvivorsRequest,
): Promise<Started> {
  const { folder } = parts;
  await folder?.ready;
  const rule = folder?.rules.rulesFor(path).find(generatesTests);
  if (folder !== undefined && rule === undefined)
    return {
      refused: `No active rule generates tests for ${path}. Write one with the action generate_tests, or use one of the library, such as generate-pytest-tests (codegenLab.rules.builtin).`,
    };
  const begun = await beginRule(parts, { root, rule: rule?.id ?? '', path }, survivors);
  return 'refused' in begun ? begun : { run: begun.open.run };
}

function generatesTests({ active, actions }: Rule): boolean {
  return active && actions.some(({ type, switches }) => type === 'generate_tests' && !switches.redFirst);
}

async function beginRule(
  parts: ByHandParts,
  { root, rule: name, path }: RunRuleRequest,
  survivors: readonly string[] = [],
): Promise<Begun> {
  const { deps, open, settings } = parts;
  const found = await findRunnableRule(parts.folder, name);
  if ('refused' in found) return found;
  const { folder, rule } = found;
  const actions = actingActions(rule.actions);
  const asksModel = actions.some(({ type }) => isModelAction(type));
  const noModel = asksModel ? explainNoModel(settings.ai) : undefined;
  if (noModel !== undefined) return { refused: noModel };
  const run = open.begin(deps.random.id(), root);
  const end = startRun(parts, {
    run,
    rules: folder.rules,
    rule,
    actions,
    file: path,
    fileDigest: '',
    subject: survivors.length === 0 ? {} : { survivors },
    cause: { event: 'manual', origin: 'user', depth: 0 },
    settings,
  });
  return { open: run, end };
}
