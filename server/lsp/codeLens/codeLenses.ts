import type { CodeLens } from 'vscode-languageserver/node';
import type { RunView, ViewState } from '../../protocol/viewState.ts';
import { lens } from './lens.ts';
import { outcomeTitle } from './outcomeTitle.ts';
import { questionLens } from './questionLens.ts';

/** A rule that would fire on this file. */
export interface FiringRule {
  readonly ruleId: string;
  readonly name: string;
  /** Whether it mends code whose tests fail. */
  readonly fixes: boolean;
}

/** Over the code under test: for each rule that concerns it the run under way or *Run*, and what came last. */
export function codeLenses(
  root: string,
  path: string,
  rules: readonly FiringRule[],
  view: ViewState,
): readonly CodeLens[] {
  const runs = newestOfEachRule(view.runs.filter((run) => run.folder === root && run.file === path));
  const open = runs.filter((run) => run.phase !== 'finished');
  const idle = rules.filter((rule) => !open.some((run) => run.ruleId === rule.ruleId));
  return [
    ...(open.length > 0 ? open : runs.slice(0, 1)).flatMap(runLenses),
    ...ruleLenses(root, path, idle, view),
  ];
}

/** Tests that a person asked for have no rule, and their own lenses. */
function newestOfEachRule(newestFirst: readonly RunView[]): readonly RunView[] {
  const seen = new Set(['']);
  return newestFirst.filter((run) => !seen.has(run.ruleId) && seen.add(run.ruleId));
}

function runLenses(run: RunView): readonly CodeLens[] {
  const argument = { run: run.run };
  if (run.phase === 'finished')
    return [lens(0, `${run.rule}: ${outcomeTitle(run)}`, 'codegenLab.showRuns', argument)];
  if (run.waitingOn === 'decision')
    return [
      lens(0, `$(git-compare) Review: ${outcomeTitle(run)}`, 'codegenLab.showProposal', argument),
      lens(0, '$(check) Accept', 'codegenLab.acceptProposal', argument),
      lens(0, '$(close) Reject', 'codegenLab.rejectProposal', argument),
    ];
  if (run.waitingOn !== undefined) return [questionLens(0, run)];
  return [
    lens(0, `$(sync~spin) ${run.rule}: ${run.message}`, 'codegenLab.showRuns', argument),
    lens(0, 'Stop', 'codegenLab.stopRun', argument),
  ];
}

function ruleLenses(
  root: string,
  path: string,
  rules: readonly FiringRule[],
  view: ViewState,
): readonly CodeLens[] {
  if (view.status.model === undefined || view.status.state === 'restricted') return [];
  return rules.map((rule) =>
    lens(0, `$(beaker) Run ${rule.name}`, 'codegenLab.runRule', { ruleId: rule.ruleId, folder: root, path }),
  );
}
