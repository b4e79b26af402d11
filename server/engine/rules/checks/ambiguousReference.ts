import type { FolderCheck } from './folderCheck.ts';

/** `rule.ambiguous-reference`: a name that several rules have, where one of them is meant. For parents, resolving them says so. */
export const ambiguousReference: FolderCheck = ({ references }) =>
  references.flatMap(({ reference, target }) => {
    if (reference.kind === 'parent') return [];
    if (target.kind !== 'ambiguous') return [];
    const ids = target.ruleIds.slice(0, 4).map((id) => `\`${id}\``);
    const message = `Several rules are called \`${reference.target}\`: ${ids.join(', ')}. Write the path of the one that is meant.`;
    return [{ code: 'rule.ambiguous-reference', severity: 'error', message, span: reference.span } as const];
  });
