import { mayHoldSecrets } from '../../safety/protectedPaths.ts';
import type { Review } from '../reviewing/judgeRemarks.ts';
import { reviewFile, type ReadText } from '../reviewing/reviewFile.ts';
import type { RunEnd } from '../runScope.ts';
import { refusedAction, resultOfEnd, succeeded, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';

/** Findings on the file, as the actions before left it. Nothing is edited. */
export async function performReview(scope: ActionScope): Promise<ActionResult> {
  const { action, key, attempt, copy, file, deps, root, signal } = scope;
  if (mayHoldSecrets(file))
    return refusedAction(
      'source.secret',
      `${file} may hold secrets, so no model is shown it. Exclude it by a glob.`,
    );
  const place = copy.isEdited ? 'copy' : 'workspace';
  await scope.recorder.record({
    type: 'action.started',
    action: key,
    kind: action.type,
    attempt,
    command: '',
    place,
    confined: false,
    idempotent: true,
  });
  const reviewed =
    place === 'copy'
      ? await copy.exclusively(() => reviewCopy(scope))
      : await reviewFile(scope, (path) => deps.edits.current(root, path, signal));
  if ('outcome' in reviewed) return resultOfEnd(reviewed);
  const { findings, dropped } = reviewed;
  return succeeded(describe(findings.length, dropped), { place, findings });
}

async function reviewCopy(scope: ActionScope): Promise<Review | RunEnd> {
  const open = await scope.copy.open();
  if ('outcome' in open) return open;
  const read: ReadText = (path) => open.tree.original(path);
  return reviewFile(scope, read);
}

const maxSaid = 5;

function describe(count: number, dropped: readonly string[]): string {
  const found = count === 0 ? 'Nothing found.' : `${count} finding${count === 1 ? '' : 's'}.`;
  if (dropped.length === 0) return found;
  const more = dropped.length > maxSaid ? [`And ${dropped.length - maxSaid} more.`] : [];
  return [found, `${dropped.length} left out:`, ...dropped.slice(0, maxSaid), ...more].join(' ');
}
