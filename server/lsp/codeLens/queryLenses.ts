import type { CodeLens } from 'vscode-languageserver/node';
import type { RuleDocument } from '../../engine/rules/rule.ts';
import { isDraftPath } from '../../engine/rules/rulePaths.ts';
import { linesOf } from '../authoring/openRule.ts';
import { uriOf } from '../folders.ts';
import { lens } from './lens.ts';

/** Over every rule, active or not: the files that it is about, and the rule with all that it inherits; a draft can act. */
export function queryLenses(root: string, document: RuleDocument): readonly CodeLens[] {
  const lines = linesOf(document);
  const promote = isDraftPath(document.path)
    ? [lens(0, '$(rocket) Promote Draft', 'codegenLab.promoteDraft', { uri: uriOf(root, document.path) })]
    : [];
  const queries = [document.file, ...document.blocks].flatMap((rule) => {
    const { line } = lines.positionAt(rule.span.start);
    const target = { ruleId: rule.id, folder: root };
    return [
      lens(line, 'Show Matches', 'codegenLab.showMatchedFiles', target),
      lens(line, 'Effective Rule', 'codegenLab.showEffectiveRule', target),
    ];
  });
  return [...promote, ...queries];
}
