import type { RunRecorder } from '../journal/recordRun.ts';

/** A run that has begun and not finished; it may only be waiting for a person. */
export interface OpenRun {
  readonly run: string;
  readonly root: string;
  readonly abort: AbortController;
  /** Resolves when nothing of the run goes on: finished, or waiting for a decision. Never rejects. */
  settled: Promise<unknown>;
  recorder?: RunRecorder;
}

/** The runs of this process that are under way or wait for a decision. */
export class OpenRuns {
  readonly #runs = new Map<string, OpenRun>();

  begin(run: string, root: string): OpenRun {
    const open: OpenRun = { run, root, abort: new AbortController(), settled: Promise.resolve() };
    this.#runs.set(run, open);
    return open;
  }

  get(run: string): OpenRun | undefined {
    return this.#runs.get(run);
  }

  end(run: string): void {
    this.#runs.delete(run);
  }

  /** Ends a run of a folder that is closed; a proposal stays open in its journal, for when the folder comes back. */
  async leave(open: OpenRun): Promise<void> {
    open.abort.abort();
    await open.settled;
    await open.recorder?.close().catch(() => undefined);
    this.end(open.run);
  }

  all(): readonly OpenRun[] {
    return [...this.#runs.values()];
  }
}
