import type { Settings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { folderSwitches } from './folderSwitches.ts';

/** Whether the person wants no rule to start anything on all that happened. */
export function isSwitchedOff(
  { root, name, names = [name] }: FileEvent,
  settings: Pick<Settings, 'rules'>,
): boolean {
  const { eventsOff } = folderSwitches(settings, root);
  return names.every((each) => eventsOff.includes(each));
}
