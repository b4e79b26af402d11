/** A policy file as it was found. */
export interface PolicyText {
  /** For people. */
  readonly file: string;
  /** `unreadable`: it is there, or was named, and cannot be read. */
  readonly text: string | { readonly unreadable: string };
}

/** The policies that hold in a folder: those of the machine, the user's, the team's. */
export interface Policies {
  /** Read anew each time, since what they take away must be gone at once. Files that are not there are left out. Never rejects. */
  read(root: string): Promise<readonly PolicyText[]>;
}
