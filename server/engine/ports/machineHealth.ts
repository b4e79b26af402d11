/** What can be seen of an installation and of its places on this machine. None of its methods rejects. */
export interface MachineHealth {
  versions(signal: AbortSignal): Promise<MachineVersions>;
  /** The folder of the user's own data. */
  storage(): Promise<FolderHealth>;
  /** A workspace folder. */
  workspace(root: string): Promise<FolderHealth>;
  /** Living processes of this product that write to journals of the folder, this one excepted. */
  otherProcesses(root: string): Promise<readonly number[]>;
  /** Values of variables whose names say that they are secret; for masking alone, never shown. */
  secretValues(): readonly string[];
}

export interface MachineVersions {
  /** Such as `24.1.0`. */
  readonly node: string;
  /** System and architecture, such as `linux x64`. */
  readonly platform: string;
  /** Such as `2.39.5`; undefined: git is not there, or does not start. */
  readonly git: string | undefined;
  /** The user's home folder, absolute. */
  readonly home: string;
}

export interface FolderHealth {
  /** Absolute. */
  readonly path: string;
  /** Why nothing can be written there, as the system says it; undefined: it can. */
  readonly unwritable: string | undefined;
  /** Bytes that are free on its disk; undefined: the system does not tell. */
  readonly freeBytes: number | undefined;
}
