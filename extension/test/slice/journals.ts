import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from '../../../server/protocol/runEvents.ts';
import { eventually } from '../eventually.ts';

export type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

const runLimitMs = 120_000;

/** What the runs of a workspace wrote into their journals, read from the disk. */
export class Journals {
  readonly folder: string;

  constructor(workspace: string) {
    this.folder = join(workspace, '.codegen-lab', 'journal');
  }

  runs(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => name.slice(0, -'.jsonl'.length));
  }

  /** The whole lines; the one that is just being written is left out. */
  read(run: string): readonly RunEvent[] {
    const lines = readFileSync(join(this.folder, `${run}.jsonl`), 'utf8')
      .split('\n')
      .slice(0, -1);
    return lines.flatMap((line) => {
      const frame = JSON.parse(line) as
        | { readonly event: RunEvent }
        | { readonly events: readonly RunEvent[] };
      return 'events' in frame ? frame.events : frame.event;
    });
  }

  /** Does something and waits for the one run that it starts, on this file. */
  async startedBy(file: string, action: () => PromiseLike<unknown>): Promise<string> {
    const known = new Set(this.runs());
    await action();
    let started = '';
    await eventually(() => {
      const [run] = this.runs().filter((name) => !known.has(name) && this.#fileOf(name) === file);
      assert.ok(run, `A run on ${file} starts.`);
      started = run;
    });
    return started;
  }

  /** Waits for a step of a run. Fails at once when the run ends without it. */
  async step<Type extends RunEvent['type']>(
    run: string,
    type: Type,
    holds: (event: EventOf<Type>) => boolean = () => true,
  ): Promise<EventOf<Type>> {
    const end = Date.now() + runLimitMs;
    for (;;) {
      const events = this.read(run);
      const found = events.find(
        (event): event is EventOf<Type> => event.type === type && holds(event as EventOf<Type>),
      );
      if (found) return found;
      const last = events.at(-1);
      if (last?.type === 'run.finished')
        assert.fail(`The run ended without ${type}: ${last.code}, ${last.message}`);
      if (Date.now() > end) assert.fail(`The run came to ${JSON.stringify(last)}, not to ${type}.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Waits for the run's last step. */
  async end(run: string): Promise<EventOf<'run.finished'>> {
    return this.step(run, 'run.finished');
  }

  #fileOf(run: string): string | undefined {
    const [first] = this.read(run);
    return first?.type === 'run.started' ? first.file : undefined;
  }
}
