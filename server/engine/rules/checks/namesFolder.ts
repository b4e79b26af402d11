import { resolveInside } from '../../safety/pathJail.ts';
import type { WorkspacePaths } from '../globs/workspacePaths.ts';
import type { RuleReference } from '../references/ruleReference.ts';

/** Whether a link of the file `from` leads to a folder that holds files; links look from its folder and from the root. */
export function namesFolder(reference: RuleReference, from: string, paths: WorkspacePaths): boolean {
  // A folder with such a name would be read as a pattern.
  if (reference.kind !== 'link' || /[*?[\]{}()!\\]/.test(reference.target)) return false;
  const target = reference.target.replace(/%20/g, ' ');
  const own = from.slice(0, from.lastIndexOf('/') + 1);
  const starts = target.startsWith('/') ? [''] : [own, ''];
  return starts.some((start) => {
    const place = resolveInside(`${start}${target.replace(/^\/+|\/$/g, '')}`);
    return place.kind === 'inside' && paths.countMatching([`${place.path}/**`], '') > 0;
  });
}
