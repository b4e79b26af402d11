import { FileChangeType, type FileEvent as WatchedChange } from 'vscode-languageserver/node';
import type { Engine, Firing } from '../../engine/engine.ts';
import type { Log } from '../../engine/ports/log.ts';
import type { FileEvent } from '../../engine/triggers/fileEvent.ts';
import type { Folders } from '../folders.ts';

export interface TellEventsParts {
  readonly engine: Engine;
  readonly folders: Folders;
  readonly log: Log;
}

const neverAborted = new AbortController().signal;

/** Lets rules fire on an event, and logs for each what decided, when `after` has settled. Never rejects. */
export async function tellEvent(
  { engine, log }: TellEventsParts,
  event: FileEvent,
  after?: Promise<unknown>,
): Promise<void> {
  try {
    const firings = await engine.handleEvent(event, neverAborted, after);
    const told = [...firings.filter(({ fires }) => fires), ...firings.filter(({ fires }) => !fires)];
    // In one message: each is masked and sent for itself, and many rules may be about a file that is saved often.
    if (told.length > 0) log.debug(told.slice(0, maxTold).map(tellFiring(event)).join('\n'));
  } catch (error) {
    log.error(`The event ${event.name} of ${event.path} could not be followed: ${String(error)}`);
  }
}

/** Of a thousand rules the rest is told by *Why Did No Rule Fire?*. */
const maxTold = 20;

function tellFiring({ path }: FileEvent): (firing: Firing) => string {
  return ({ fires, rule, reason }) => `${fires ? 'Fires' : 'Does not fire'}: ${rule} on ${path}: ${reason}`;
}

/** What a watcher of the disk saw; what the editor did itself it sees too, and that is told by content. */
export async function tellDiskChanges(
  parts: TellEventsParts,
  changes: readonly WatchedChange[],
): Promise<void> {
  const told = changes.flatMap(({ uri, type }) => {
    const placed = parts.folders.place(uri);
    const name = namesByType.get(type);
    return placed && name ? [{ ...placed, name, origin: 'disk', depth: 0 } as const] : [];
  });
  await Promise.all(told.map((event) => tellEvent(parts, event)));
}

const namesByType: ReadonlyMap<FileChangeType, 'create' | 'save' | 'delete'> = new Map([
  [FileChangeType.Created, 'create'],
  [FileChangeType.Changed, 'save'],
  [FileChangeType.Deleted, 'delete'],
]);
