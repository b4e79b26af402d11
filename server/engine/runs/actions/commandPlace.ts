import type { ActionPlace } from '../../../protocol/runEvents.ts';
import type { Confinement } from '../../ports/processes.ts';
import type { Action } from '../../rules/rule.ts';
import type { RunScope } from '../runScope.ts';
import type { Where } from '../testFiles.ts';
import { refusedAction, resultOfEnd, type ActionResult } from './actionResult.ts';
import type { SharedCopy } from './runCopy.ts';

/** Where an action that runs something works. */
export interface CommandPlace {
  readonly place: ActionPlace;
  readonly where: Where;
  readonly confinement: Confinement;
  /** The workspace folder as the command sees it, absolute. */
  readonly seenAs: string;
}

/**
 * The user's tree, as the user's own command, until an action of the run has edited; from then on the copy, always in the
 * sandbox. What asks for the sandbox works in the copy from the start: a mount over the user's own tree could not keep names
 * from coming that are protected and not there yet. A sandbox that is asked for and cannot start is a refusal.
 */
export async function placeCommand(
  scope: RunScope,
  action: Action,
  copy: SharedCopy,
): Promise<CommandPlace | ActionResult> {
  const { deps, root, signal } = scope;
  const confined = copy.isEdited || action.switches.sandbox;
  if (!confined)
    return {
      place: 'workspace',
      where: { kind: 'inPlace', confined },
      confinement: { kind: 'none' },
      seenAs: root,
    };
  const status = await deps.processes.confinement(signal);
  if (status.kind === 'unavailable')
    return refusedAction('sandbox.unavailable', `${status.reason} ${status.remedy}`);
  const open = await copy.open();
  if ('outcome' in open) return resultOfEnd(open);
  const { tree } = open;
  const mounted = status.mountsTree;
  const seenAs = mounted ? root : tree.location;
  const { location, dependencies } = tree;
  return {
    place: 'copy',
    where: { kind: 'scratch', tree, confined: true, mounted },
    confinement: {
      kind: 'sandbox',
      tree: location,
      mountAt: seenAs,
      treeAccess: 'write',
      dependencies,
      writable: [],
    },
    seenAs,
  };
}
