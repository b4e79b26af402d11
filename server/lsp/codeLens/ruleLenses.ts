import type { CodeLens } from 'vscode-languageserver/node';
import type { RunView, ViewState } from '../../protocol/viewState.ts';
import { createLineMap } from '../../engine/documents/lineMap.ts';
import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import { isCheckAction, isModelAction } from '../../engine/rules/modelActions.ts';
import { lens } from './lens.ts';
import { outcomeTitle } from './outcomeTitle.ts';
import { questionLens } from './questionLens.ts';

/** Over each rule that does something: run it, look at its prompt, what came of it last; or what keeps it from asking a model. */
export function ruleLenses(root: string, document: RuleDocument, view: ViewState): readonly CodeLens[] {
  const lines = createLineMap(document.text);
  return [document.file, ...document.blocks].flatMap((rule) => {
    if (!rule.active || rule.actions.every(({ type }) => isCheckAction(type))) return [];
    const { line } = lines.positionAt(rule.span.start);
    return lensesOf(root, rule, line, view);
  });
}

function lensesOf(root: string, rule: Rule, line: number, view: ViewState): readonly CodeLens[] {
  const target = { ruleId: rule.id, folder: root };
  const last = view.runs.find((run) => run.ruleId === rule.id && run.folder === root);
  return [
    ...actingLenses(line, { target, asksModel: rule.actions.some(({ type }) => isModelAction(type)) }, view),
    ...(last ? [lens(line, `Last: ${outcomeTitle(last)}`, 'codegenLab.showRuns', { run: last.run })] : []),
    ...decisionLenses(line, last),
  ];
}

interface ActingRule {
  readonly target: { readonly ruleId: string; readonly folder: string };
  readonly asksModel: boolean;
}

function actingLenses(line: number, { target, asksModel }: ActingRule, view: ViewState): readonly CodeLens[] {
  if (view.status.state === 'restricted')
    return [lens(line, 'Restricted: trust this workspace to run rules', 'workbench.trust.manage')];
  const run = lens(line, '$(play) Run', 'codegenLab.runRule', target);
  if (!asksModel) return [run];
  if (view.status.model === undefined) {
    return [
      lens(line, 'No model chosen: Set API Key', 'codegenLab.setApiKey'),
      lens(line, 'Use Ollama', 'codegenLab.useOllama'),
      lens(line, 'Try Recorded Demo', 'codegenLab.tryRecordedDemo'),
    ];
  }
  return [run, lens(line, 'Preview Prompt', 'codegenLab.previewPrompt', target)];
}

function decisionLenses(line: number, run: RunView | undefined): readonly CodeLens[] {
  if (run?.waitingOn === undefined) return [];
  if (run.waitingOn !== 'decision') return [questionLens(line, run)];
  return [lens(line, '$(git-compare) Review Proposal', 'codegenLab.showProposal', { run: run.run })];
}
