/** Where recordings of answers are kept: one text per key, in the form of `cassette.schema.json`. */
export interface CassetteStore {
  /** undefined: nothing is recorded under this key. Rejects when a recording exists and cannot be read. */
  read(key: string): Promise<string | undefined>;
  /** Replaces the recording whole or not at all. */
  write(key: string, text: string): Promise<void>;
  /** Keys of what is recorded, sorted. */
  list(): Promise<readonly string[]>;
}
