import type { ReferenceTarget, RuleReference } from '../../rules/references/ruleReference.ts';
import type { AuthoringFile } from '../authoringFile.ts';
import { referenceAt } from '../references/referenceAt.ts';
import { explainRule } from './explainRule.ts';
import type { Hover } from './hover.ts';
import { code } from './markdown.ts';

/** What a reference names: the rule with all that it says, or the file. */
export function hoverReference(file: AuthoringFile, offset: number): Hover | undefined {
  const reference = referenceAt(file, offset);
  if (reference === undefined) return undefined;
  const target = file.catalog.resolve(reference, file.document.path);
  return { markdown: explainTarget(file, reference, target), span: reference.whole };
}

function explainTarget(file: AuthoringFile, reference: RuleReference, target: ReferenceTarget): string {
  switch (target.kind) {
    case 'rule': {
      const rule = file.catalog.rule(target.ruleId);
      return rule === undefined ? code(target.path) : `${code(target.path)}\n\n${explainRule(file, rule)}`;
    }
    case 'file':
      return `${code(target.path)}${reference.heading === undefined ? '' : `, section ${code(reference.heading)}`}`;
    case 'missing':
      return `Nothing of this name is there. Looked for ${target.lookedAt.map((path) => code(path)).join(', ')}.`;
    case 'ambiguous':
      return `Several rules have this name: ${target.ruleIds.map((id) => code(id)).join(', ')}. Write the path of the one that is meant.`;
  }
}
