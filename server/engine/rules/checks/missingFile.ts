import type { FolderCheck } from './folderCheck.ts';
import { namesFolder } from './namesFolder.ts';
import { nearReference } from './nearReference.ts';

/** `rule.missing-file`: `@file`, `[text](mdc:file)` or a rule in `context` that is not there. Parents and includes have codes of their own. */
export const missingFile: FolderCheck = ({ document, references, catalog, paths }) =>
  references.flatMap(({ reference, target }) => {
    if (reference.kind === 'parent' || reference.kind === 'include') return [];
    // Editors wrote `mdc:` in front of addresses too.
    if (target.kind !== 'missing' || /^https?:/.test(reference.target)) return [];
    if (namesFolder(reference, document.path, paths)) return [];
    const looked = target.lookedAt.slice(0, 3).map((each) => `\`${each}\``);
    const where = looked.length === 0 ? '' : ` Looked for ${looked.join(', ')}.`;
    const near = nearReference(reference.target, { catalog, paths, from: document.path });
    const guess = near === undefined ? '' : ` Did you mean \`${near}\`?`;
    const message = `\`${reference.target}\` is neither a file nor a rule of this folder.${where}${guess}`;
    return [
      {
        code: 'rule.missing-file',
        severity: 'warning',
        message,
        span: reference.span,
        ...(near === undefined ? {} : { data: { near } }),
      } as const,
    ];
  });
