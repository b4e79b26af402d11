import { outlineOf } from './outline/documentOutline.ts';
import type { Rule, RuleDocument } from '../rules/rule.ts';

/** The block that holds the offset, else the rule of the file. */
export function ruleAt(document: RuleDocument, offset: number): Rule {
  const index = outlineOf(document).blocks.findIndex(
    ({ whole }) => whole.start <= offset && offset <= whole.end,
  );
  return document.blocks[index] ?? document.file;
}
