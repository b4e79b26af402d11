/** Where the book of what was spent is kept: one text that all windows and command lines of this user share. */
export interface SpendingStore {
  /** The text as it is now; undefined: there is none yet. Rejects when it cannot be read. */
  read(): Promise<string | undefined>;
  /** Replaces the text by what `work` makes of it, while nobody else can; durable when it resolves. Rejects when it cannot. */
  change<Result>(
    work: (text: string | undefined) => { readonly text: string; readonly result: Result },
  ): Promise<Result>;
}
