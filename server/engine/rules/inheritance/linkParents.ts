import { resolveInside } from '../../safety/pathJail.ts';
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
    else
      problems.push({
        ...describe(target, { written: value, from: document.path }),
        severity: 'error',
        span,
      });
  }
  return { parents, problems, asked };
}

/** How a path leaves the workspace folder, read from the folder of its rule; undefined when it does not, or is a name. */
function findWayOut(written: string, from: string): string | undefined {
  if (/^(?:\/|~|[A-Za-z]:[\\/])/.test(written)) return 'is no path within it';
  if (!written.startsWith('.')) return undefined;
  const jailed = resolveInside(`${from.slice(0, from.lastIndexOf('/') + 1)}${written}`);
  return jailed.kind === 'refused' && jailed.reason.startsWith('leaves') ? jailed.reason : undefined;
}

interface WrittenParent {
  readonly written: string;
  /** The file that extends it. */
  readonly from: string;
}

function describe(
  target: Exclude<ReferenceTarget, { readonly kind: 'rule' }>,
  { written, from }: WrittenParent,
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
      const outside = findWayOut(written, from);
      if (outside !== undefined) {
        const message = `“${written}” lies outside of the workspace folder: it ${outside}. A rule inherits only from files of that folder, so copy the parent into it, or extend one that is there.`;
        return { code: 'rule.missing-parent', message };
      }
      const places = target.lookedAt.map((path) => `\`${path}\``).join(', ');
      const looked = places === '' ? '' : ` Looked at ${places}.`;
      const message = `There is no rule “${written}” to extend.${looked} Write the path of a rule file, a rule’s name, or \`builtin:NAME\`.`;
      return { code: 'rule.missing-parent', message };
    }
  }
}
