/** Where answers of models are kept for the same request; none of it lies in a workspace. Its methods never reject. */
export interface AnswerStore {
  /** undefined: nothing is kept under the key, or it cannot be read. */
  read(key: string): Promise<string | undefined>;
  /** Keeps the text whole or not at all, and lets the oldest go where all of them take more than `maxBytes`. */
  write(key: string, text: string, maxBytes: number): Promise<void>;
}
