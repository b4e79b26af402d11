import type { CodeLens } from 'vscode-languageserver/node';
import type { Rule, RuleDocument } from '../../engine/rules/rule.ts';
import type { Explanation } from '../../engine/triggers/explain/explanation.ts';
import { linesOf } from '../authoring/openRule.ts';
import type { SourceAnswer } from '../lastSource.ts';
import { lens } from './lens.ts';

/** Rules that could do something on an event; others guide, and there is nothing to ask. */
export function actingRules({ file, blocks }: RuleDocument): readonly Rule[] {
  return [file, ...blocks].filter(({ actions }) => actions.length > 0);
}

/** Over each rule: whether it would fire if the file that was looked at last were saved, and the first thing that decides. */
export function sourceLenses(
  document: RuleDocument,
  { uri, path, byRule }: SourceAnswer,
): readonly CodeLens[] {
  const lines = linesOf(document);
  return actingRules(document).flatMap((rule) => {
    const fires = byRule.get(rule.id);
    if (fires === undefined) return [];
    const { line } = lines.positionAt(rule.span.start);
    return [lens(line, titleOf(fires, path), 'codegenLab.explainRules', { uri })];
  });
}

const shownReason = 60;

function titleOf({ applies, reason }: Explanation, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const why = reason.length > shownReason ? `${reason.slice(0, shownReason - 1)}…` : reason;
  switch (applies) {
    case 'yes':
      return `$(check) Fires when ${name} is saved`;
    case 'onRequest':
      return `$(shield) On saving ${name}: ${why}`;
    case 'no':
      return `$(circle-slash) Not on saving ${name}: ${why}`;
  }
}
