/** An end of the server that nobody asked for. */
export interface ServerRestart {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How long it had given no sign of life when it was ended; undefined: it ended by itself. */
  readonly hungSeconds: number | undefined;
  /** Runs that were under way. */
  readonly busyRuns: number;
}

/** What a person is told: what happened, what is lost and what is not. */
export function explainRestart({ hungSeconds = 0, busyRuns }: ServerRestart): string {
  const lost =
    busyRuns === 0
      ? 'No run was under way.'
      : `${busyRuns === 1 ? 'One run was' : `${busyRuns} runs were`} cut short: see Runs, where each can be resumed.`;
  return `The language server of Codegen Lab gave no sign of life for ${hungSeconds} s, so it was started again. ${lost} Your files and what you typed are whole.`;
}

/** For the doctor's page, as a sentence; undefined: there was none. */
export function countRestarts(restarts: readonly ServerRestart[]): string | undefined {
  const last = restarts.at(-1);
  if (last === undefined) return undefined;
  const count = restarts.length === 1 ? 'once' : `${restarts.length} times`;
  const why =
    last.hungSeconds === undefined
      ? 'it had ended by itself'
      : `it had given no sign of life for ${last.hungSeconds} s`;
  const at = new Date(last.at).toISOString().slice(11, 19);
  return `In this window it stopped unasked ${count}, the last time at ${at} UTC: ${why}. *Codegen Lab: Show Log* tells more.`;
}
