import { resolveReference, type ReferenceWorld } from '../references/resolveReference.ts';
import type { ReferenceTarget, RuleReference } from '../references/ruleReference.ts';
import type { RuleDocument, RuleProblem } from '../rule.ts';
import type { ParentLink } from './resolveLineage.ts';

/** The parents of a rule file, as far as they were found. */
export interface FileLinks {
  readonly parents: readonly ParentLink[];
  readonly problems: readonly RuleProblem[];
  /** What was looked for: paths, and names as `name:NAME`. */
  readonly asked: readonly string[];
}

const none: FileLinks = { parents: [], problems: [], asked: [] };

/** Looks up what `extends` names. */
export function linkParents(document: RuleDocument | undefined, world: ReferenceWorld): FileLinks {
  if (document === undefined || document.file.extends.length === 0) return none;
  const parents: ParentLink[] = [];
  const problems: RuleProblem[] = [];
  const asked: string[] = [];
  for (const { value, span } of document.file.extends) {
    const reference: RuleReference = { kind: 'parent', target: value, heading: undefined, span, whole: span };
    const resolution = resolveReference(reference, document.path, world);
    asked.push(...resolution.asked);
    const { target } = resolution;
    if (target.kind === 'rule') parents.push({ id: target.path, span });
    else problems.push({ ...describe(target, value), severity: 'error', span });
  }
  return { parents, problems, asked };
}

function describe(
  target: Exclude<ReferenceTarget, { readonly kind: 'rule' }>,
  written: string,
): Pick<RuleProblem, 'code' | 'message' | 'data'> {
  switch (target.kind) {
    case 'ambiguous': {
      const paths = target.ruleIds.map((id) => `\`${id}\``).join(', ');
      const message = `Several rules are called “${written}”: write the path of the one that is meant, ${paths}.`;
      return { code: 'rule.ambiguous-reference', message };
    }
    case 'file': {
      const message = `\`${target.path}\` is no rule file; to put its text here, write \`@include\` in the body.`;
      return { code: 'rule.missing-parent', message };
    }
    case 'missing': {
      const places = target.lookedAt.map((path) => `\`${path}\``).join(', ');
      const looked = places === '' ? '' : ` Looked at ${places}.`;
      const message = `There is no rule “${written}” to extend.${looked} Write the path of a rule file, a rule’s name, or \`builtin:NAME\`.`;
      return { code: 'rule.missing-parent', message };
    }
  }
}
