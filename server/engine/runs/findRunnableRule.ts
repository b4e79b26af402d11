import type { Rule } from '../rules/rule.ts';
import type { FolderState } from './folderState.ts';
import { findUnavailable } from './findUnavailable.ts';
import { actingActions } from './startRun.ts';

/** The rule that a person means to run, or why it cannot be run, as a sentence. */
export async function findRunnableRule(
  folder: FolderState | undefined,
  idOrName: string,
): Promise<{ readonly folder: FolderState; readonly rule: Rule } | { readonly refused: string }> {
  if (!folder) return { refused: 'This folder is not open.' };
  await folder.ready;
  const found = folder.rules.findRule(idOrName);
  if (found.kind !== 'found') return { refused: found.message };
  const { rule } = found;
  if (!rule.active)
    return { refused: `Rule ${rule.name} is not active: ${rule.inactiveReason ?? 'it is switched off'}.` };
  if (actingActions(rule.actions).length === 0)
    return {
      refused: `Rule ${rule.name} has no action that does something when it is run; add one, such as run, test or generate_tests.`,
    };
  const unavailable = findUnavailable(rule.actions);
  if (unavailable !== undefined) return { refused: `Rule ${rule.name} cannot run: ${unavailable}.` };
  return { folder, rule };
}
