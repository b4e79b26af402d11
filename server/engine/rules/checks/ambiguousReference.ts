import type { FolderCheck } from './folderCheck.ts';

/** `rule.ambiguous-reference`: a name that several rules have, where one of them is meant. For parents, resolving them says so. */
export const ambiguousReference: FolderCheck = ({ document: { path }, catalog }) =>
  catalog.references(path).flatMap((reference) => {
    if (reference.kind === 'parent') return [];
    const target = catalog.resolve(reference, path);
    if (target.kind !== 'ambiguous') return [];
    const ids = target.ruleIds.slice(0, 4).map((id) => `\`${id}\``);
    const message = `Several rules are called \`${reference.target}\`: ${ids.join(', ')}. Write the path of the one that is meant.`;
    return [{ code: 'rule.ambiguous-reference', severity: 'error', message, span: reference.span } as const];
  });
