import { FileChangeType, type FileEvent as WatchedChange } from 'vscode-languageserver/node';
import type { Engine } from '../../engine/engine.ts';
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
    for (const firing of await engine.handleEvent(event, neverAborted, after)) {
      const verdict = firing.fires ? 'Fires' : 'Does not fire';
      log.debug(`${verdict}: ${firing.rule} on ${event.path}: ${firing.reason}`);
    }
  } catch (error) {
    log.error(`The event ${event.name} of ${event.path} could not be followed: ${String(error)}`);
  }
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
