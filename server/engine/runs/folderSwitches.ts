import type { Settings } from '../settings.ts';

/** Whether rules fire in a folder, and on which events they do not; a folder can only switch off. */
export function folderSwitches(
  { rules }: Pick<Settings, 'rules'>,
  root: string,
): { readonly enabled: boolean; readonly eventsOff: readonly string[] } {
  const own = rules.byFolder[root];
  return {
    enabled: rules.enabled && own?.enabled !== false,
    eventsOff: [...rules.eventsOff, ...(own?.eventsOff ?? [])],
  };
}
