import type { Engine } from '../engine/engine.ts';
import type { RunView, TimelineEntry } from '../protocol/viewState.ts';
import type { Output } from './output.ts';
import type { Paint } from './render/paint.ts';
import { plainLine } from './render/plainText.ts';

const marks: Readonly<Record<TimelineEntry['tone'], string>> = {
  neutral: '·',
  good: '✓',
  bad: '✗',
  waiting: '…',
};

/** Where the details stand: behind the seconds, the mark and the label. */
const detailColumn = 34;

/** An entry of a run's timeline, with the seconds since the run began; what its detail says in further lines stands below. */
export function renderEntry(entry: TimelineEntry, startedAt: number, paint: Paint): string {
  const seconds = `${(Math.max(0, entry.at - startedAt) / 1000).toFixed(1)} s`.padStart(8);
  const line = `${marks[entry.tone]} ${plainLine(entry.label).padEnd(22)}`;
  const colour = { neutral: paint.bold, good: paint.green, bad: paint.red, waiting: paint.yellow }[
    entry.tone
  ];
  const [first = '', ...more] = entry.detail.split('\n').map(plainLine);
  const below = more.map((text) => `${' '.repeat(detailColumn)}${text}\n`).join('');
  return `${`${paint.dim(seconds)} ${colour(line)} ${first}`.trimEnd()}\n${below}`;
}

export interface TimelineFollower {
  /** Prints what a run's last view adds. */
  finish(view: RunView | undefined): void;
  /** Nothing is printed afterwards. */
  stop(): void;
}

/** Prints the steps of runs that begin from now on, each line once, as they happen. Older runs stay silent. */
export function followTimeline(engine: Engine, output: Output, paint: Paint): TimelineFollower {
  const older = new Set(engine.viewState().runs.map((view) => view.run));
  const printed = new Map<string, number>();
  const print = (view: RunView): void => {
    if (older.has(view.run)) return;
    for (const entry of view.timeline.slice(printed.get(view.run) ?? 0)) {
      output.stderr(renderEntry(entry, view.startedAt, paint));
    }
    printed.set(view.run, Math.max(view.timeline.length, printed.get(view.run) ?? 0));
  };
  const stop = engine.onDidChangeView((state) => state.runs.toReversed().forEach(print));
  return { finish: (view) => view && print(view), stop };
}
