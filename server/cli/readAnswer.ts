/** Asks in one line and returns what was typed; undefined: no answer came. */
export type ReadAnswer = (question: string, signal: AbortSignal) => Promise<string | undefined>;
