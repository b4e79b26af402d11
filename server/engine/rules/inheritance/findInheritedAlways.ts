import type { Rule, RuleDocument, RuleProblem } from '../rule.ts';
import { documentsOf, type EffectiveWorld } from './effectiveWorld.ts';
import { writerOf } from './writtenKeys.ts';

const none: readonly never[] = [];

/** `rule.inherited-always`: nothing in the file itself says that its text is in every prompt. */
export function findInheritedAlways(
  { file }: RuleDocument,
  merged: Rule,
  world: EffectiveWorld,
): readonly RuleProblem[] {
  if (!merged.alwaysApply || file.written.has('alwaysApply')) return none;
  const links = world.links(file.path).parents;
  const isAlways = (id: string): boolean =>
    writerOf(
      documentsOf(world.lineageOf(id).ids, world).map((document) => document.file),
      'alwaysApply',
    )?.alwaysApply === true;
  const link = links.find(({ id }) => isAlways(id)) ?? links[0];
  if (link === undefined) return none;
  const name = world.document(link.id)?.file.name ?? link.id;
  const message = `This rule is in every prompt, because it inherits \`alwaysApply: true\` from “${name}”. Write the key here too if that is meant, or \`alwaysApply: false\`.`;
  return [{ code: 'rule.inherited-always', severity: 'hint', message, span: link.span }];
}
