import type { Settings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';

/** Whether the person wants no rule to start anything on all that happened. */
export function isSwitchedOff(
  { name, names = [name] }: FileEvent,
  { rules }: Pick<Settings, 'rules'>,
): boolean {
  return names.every((each) => rules.eventsOff.includes(each));
}
