import type { FolderCheck } from './folderCheck.ts';

/** `rule.unused-id`: an `id` that no action waits for and no rule can replace. */
export const unusedId: FolderCheck = ({ document: { path, file }, catalog }) => {
  const named = file.actions.filter(({ id, remove }) => id !== undefined && !remove);
  if (named.length === 0 || file.abstract || file.extends.length > 0) return [];
  if (catalog.referrers(path).some(({ reference }) => reference.kind === 'parent')) return [];
  const used = new Set(
    file.actions.flatMap(({ needs, fallback }) => [
      ...needs.map(({ value }) => value),
      fallback?.value ?? '',
    ]),
  );
  return named.flatMap(({ id = '', fields }) => {
    const span = fields.get('id');
    if (span === undefined || used.has(id)) return [];
    const message = `Nothing refers to \`${id}\`: no \`needs\`, no \`fallback\`, no rule that extends this one.`;
    return [{ code: 'rule.unused-id', severity: 'hint', message, span } as const];
  });
};
