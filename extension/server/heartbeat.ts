/** All in milliseconds. */
export interface HeartbeatLimits {
  /** Two looks that lie further apart tell of a machine that slept, or has no time: nobody is blamed for it. */
  readonly late: number;
  /** Silence after which a person is told. */
  readonly silent: number;
  /** Silence after which waiting any longer helps nobody. */
  readonly hung: number;
  /** The same for a server that has given no sign yet: it is being read from the disk. */
  readonly start: number;
}

/** How often the editor looks, in milliseconds; a living server gives a sign as often. */
export const lookEveryMs = 1_000;

/**
 * Under full load the server's loop stands still for less than a tenth of a second, so ten seconds are a hundred times what
 * the heaviest honest work takes; what is slower runs in workers and processes of its own.
 */
const usualLimits: HeartbeatLimits = { late: 2_500, silent: 5_000, hung: 10_000, start: 60_000 };

/** `paused`: a debugger is open on the server, so that its silence says nothing. */
export type Pulse = 'beating' | 'silent' | 'paused' | 'hung';

/**
 * Tells a server that hangs from one that lives. Silence is counted in looks that came in time alone: while the machine sleeps,
 * the editor itself is held by a debugger, or nobody gets time to run, none is counted, and then it is counted anew.
 */
export class Heartbeat {
  readonly #limits: HeartbeatLimits;
  #lastLook: number | undefined;
  #silence = 0;
  #hasBegun = false;
  #isDebugged = false;

  constructor(limits: HeartbeatLimits = usualLimits) {
    this.#limits = limits;
  }

  /** Another server was started. */
  begin(): void {
    [this.#lastLook, this.#silence, this.#hasBegun, this.#isDebugged] = [undefined, 0, false, false];
  }

  /** The server sent something. `debugged`: whether a debugger is open on it; undefined: it did not tell. */
  sign(debugged?: boolean): void {
    this.#hasBegun = true;
    this.#silence = 0;
    this.#isDebugged = debugged ?? this.#isDebugged;
  }

  /** How long there was no sign, in milliseconds, as far as it counts. */
  get silence(): number {
    return this.#silence;
  }

  /** `now`: of a clock that never goes back, in milliseconds. */
  look(now: number): Pulse {
    const elapsed = this.#lastLook === undefined ? 0 : now - this.#lastLook;
    this.#lastLook = now;
    this.#silence = elapsed > this.#limits.late ? 0 : this.#silence + elapsed;
    const { silent, hung, start } = this.#limits;
    if (this.#silence < silent) return 'beating';
    if (this.#isDebugged) return 'paused';
    if (!this.#hasBegun) return this.#silence < start ? 'beating' : 'hung';
    return this.#silence < hung ? 'silent' : 'hung';
  }
}
