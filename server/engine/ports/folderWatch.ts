/** Files of a folder, relative to it. */
export interface DiskChanges {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
}

export interface WatchOrder {
  readonly root: string;
  /** All files that count now, relative to the folder; asked when files came or went. */
  readonly list: () => Promise<readonly string[]>;
  /** What happened since the last call; the next one waits until it has settled. */
  readonly onChanges: (changes: DiskChanges) => Promise<void>;
  /** The system watches no more folders, so the files are looked at again and again; `reason` is the system's. */
  readonly onPolling: (reason: string) => void;
}

/** Follows what any program does to the files of a folder. */
export interface FolderWatch {
  /** Until an abort; resolves then, when `onChanges` has settled. Calls `ready` when nothing can be missed any more. */
  watch(order: WatchOrder, signal: AbortSignal, ready: () => void): Promise<void>;
}
