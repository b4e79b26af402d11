import type { DebugCommand, DebugEnd } from '../../protocol/testDisplay.ts';

/** Runs a command under a debugger that a person holds. */
export interface Debugger {
  /** Resolves when the session is over; an abort ends it. Never rejects. */
  debug(command: DebugCommand, signal: AbortSignal): Promise<DebugEnd>;
}
