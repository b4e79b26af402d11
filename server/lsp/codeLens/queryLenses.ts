import type { CodeLens } from 'vscode-languageserver/node';
import type { RuleDocument } from '../../engine/rules/rule.ts';
import { linesOf } from '../authoring/openRule.ts';
import { lens } from './lens.ts';

/** Over every rule, active or not: the files that it is about, and the rule with all that it inherits. */
export function queryLenses(root: string, document: RuleDocument): readonly CodeLens[] {
  const lines = linesOf(document);
  return [document.file, ...document.blocks].flatMap((rule) => {
    const { line } = lines.positionAt(rule.span.start);
    const target = { ruleId: rule.id, folder: root };
    return [
      lens(line, 'Show Matches', 'codegenLab.showMatchedFiles', target),
      lens(line, 'Effective Rule', 'codegenLab.showEffectiveRule', target),
    ];
  });
}
