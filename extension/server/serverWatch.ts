import type { ChildProcess } from 'node:child_process';
import { beat } from '../../server/protocol/requests.ts';
import { endProcessTree } from './endProcessTree.ts';
import { Heartbeat, lookEveryMs, type Pulse } from './heartbeat.ts';

interface WatchEvents {
  /** Whether there was a sign of life lately; called at each look. */
  readonly onPulse: (isSilent: boolean) => void;
  /** Called right before the server is ended. */
  readonly onHung: (seconds: number) => void;
  readonly onFault: (error: unknown) => void;
}

interface WatchTime {
  /** Of a clock that never goes back, in milliseconds. */
  readonly now: () => number;
  /** Returns how to stop. */
  readonly everySecond: (work: () => void) => () => void;
}

const systemTime: WatchTime = {
  now: () => performance.now(),
  everySecond(work) {
    const timer = setInterval(work, lookEveryMs);
    return () => clearInterval(timer);
  },
};

/**
 * Watches the server's process and ends it, with all that it started, when it hangs. Whoever speaks with it sees the connection
 * close then, as after a crash. Anything that the process sends is a sign of life, as it arrives: what the editor has not had the
 * time to read counts too.
 */
export class ServerWatch {
  readonly #events: WatchEvents;
  readonly #heart = new Heartbeat();
  readonly #time: WatchTime;
  #stopLooking: () => void = () => undefined;
  #find: () => ChildProcess | undefined = () => undefined;
  #watched: ChildProcess | undefined;
  #pulse: Pulse = 'beating';
  #ending: { readonly child: ChildProcess; readonly done: Promise<void> } | undefined;
  #endedAfter: number | undefined;

  constructor(events: WatchEvents, time: WatchTime = systemTime) {
    this.#events = events;
    this.#time = time;
  }

  /** `find` tells the process as it is now; undefined while there is none. */
  start(find: () => ChildProcess | undefined): void {
    this.stop();
    this.#find = find;
    this.#stopLooking = this.#time.everySecond(() => this.#look());
  }

  stop(): void {
    this.#stopLooking();
    this.#follow(undefined);
  }

  /** How long the server that closed last had been silent when it was ended; undefined: it ended by itself. Told once. */
  endedAfterSeconds(): number | undefined {
    const seconds = this.#endedAfter;
    this.#endedAfter = undefined;
    return seconds;
  }

  /** Ends a server that cannot hear that it shall end. */
  async endIfSilent(): Promise<void> {
    if (this.#pulse === 'silent' || this.#pulse === 'hung') await this.#end();
  }

  #look(): void {
    const found = living(this.#find());
    if (found !== this.#watched) this.#follow(found);
    if (found === undefined || found === this.#ending?.child) return;
    this.#pulse = this.#heart.look(this.#time.now());
    this.#events.onPulse(this.#pulse === 'silent' || this.#pulse === 'hung');
    if (this.#pulse !== 'hung') return;
    this.#endedAfter = Math.round(this.#heart.silence / 1_000);
    this.#events.onHung(this.#endedAfter);
    void this.#end();
  }

  #follow(next: ChildProcess | undefined): void {
    this.#watched?.off('message', this.#hear);
    this.#watched = next;
    this.#pulse = 'beating';
    this.#heart.begin();
    next?.on('message', this.#hear);
  }

  readonly #hear = (message: unknown): void => {
    this.#heart.sign(readBeat(message));
  };

  #end(): Promise<void> {
    const child = this.#watched;
    if (child?.pid === undefined) return Promise.resolve();
    if (this.#ending?.child !== child)
      this.#ending = { child, done: endProcessTree(child.pid).catch(this.#events.onFault) };
    return this.#ending.done;
  }
}

/** A process that has ended is silent for ever. */
function living(found: ChildProcess | undefined): ChildProcess | undefined {
  return found?.exitCode === null && found.signalCode === null ? found : undefined;
}

/** Whether a debugger is open on the server; undefined: the message does not tell. */
function readBeat(message: unknown): boolean | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  if (!('method' in message) || message.method !== beat.method || !('params' in message)) return undefined;
  const { params } = message;
  if (typeof params !== 'object' || params === null || !('debugged' in params)) return undefined;
  return params.debugged === true;
}
