import type { Command, Confinement, ProcessEnd } from '../../engine/ports/processes.ts';

/** A way of confining commands on this machine. */
export interface Confiner {
  /** For people, such as `bubblewrap`. */
  readonly name: string;
  readonly mountsTree: boolean;
  /** What to install or to allow when the sandbox does not start. */
  readonly remedy: string;
  /** Turns a command into the one that runs it confined. Starts nothing that belongs to the command. */
  prepare(command: ConfinedCommand, signal: AbortSignal): Promise<Prepared>;
}

export type ConfinedCommand = Omit<Command, 'confinement'> & { readonly confinement: SandboxConfinement };
export type SandboxConfinement = Extract<Confinement, { kind: 'sandbox' }>;
export type CouldNotStart = Extract<ProcessEnd, { kind: 'couldNotStart' }>;

export type Prepared =
  | {
      readonly kind: 'ready';
      readonly argv: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      /** The sandbox reports on this descriptor that the command really ran; undefined if it has no such report. */
      readonly statusFd?: number;
      /** A pipe for this descriptor must stay open as long as the command may run: all of it is killed when it closes. */
      readonly lifelineFd?: number;
      /** Called once the command has ended. */
      readonly cleanUp?: () => void;
    }
  | CouldNotStart;

/** A confiner, or why this machine has none. */
export type ConfinerFound =
  | { readonly kind: 'found'; readonly confiner: Confiner }
  | { readonly kind: 'none'; readonly reason: string; readonly remedy: string };

export interface ConfinerOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Whether a path relative to the tree must not be written by what runs there. */
  readonly isProtected: (path: string) => boolean;
}

export function refused(message: string): CouldNotStart {
  return { kind: 'couldNotStart', why: 'refused', message };
}
