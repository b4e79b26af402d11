import type { RunEvent } from '../../protocol/runEvents.ts';

export interface KilledRuns {
  readonly runs: readonly (readonly RunEvent[])[];
  /** Commands that really began, in order. */
  readonly steps: readonly string[];
  /** Files of which a living process had said that a rule fires on them. */
  readonly acknowledged: ReadonlySet<string>;
}

/** What does not hold of runs whose processes were killed, as sentences. */
export function findKillFaults({ runs, steps, acknowledged }: KilledRuns): readonly string[] {
  const repeated = steps.filter((step, at) => steps.indexOf(step) !== at);
  const started = new Map<string, number>();
  for (const [first] of runs)
    if (first?.type === 'run.started') started.set(first.file, (started.get(first.file) ?? 0) + 1);
  const lost = [...acknowledged].filter((path) => !started.has(path));
  const doubled = [...started].filter(([, count]) => count > 1).map(([path]) => path);
  const open = runs.filter((events) => events.length > 0 && events.at(-1)?.type !== 'run.finished');
  const cutShort = runs.filter((events) => isCutShort(events) && !saysInterrupted(events));
  return [
    ...repeated.map((step) => `A command began again: ${step}`),
    ...lost.map((path) => `It was said that a rule fires on ${path}, and none ran.`),
    ...doubled.map((path) => `More than one run began on ${path}.`),
    ...open.map(([first]) => `A run has no end: ${first?.run ?? ''}`),
    ...cutShort.map(([first]) => `A run was cut short and does not say so: ${first?.run ?? ''}`),
  ];
}

/** A command began in it of which no end is known. */
export function isCutShort(events: readonly RunEvent[]): boolean {
  const count = (type: RunEvent['type']): number => events.filter((event) => event.type === type).length;
  return (
    count('action.started') > count('action.finished') && !events.some(({ type }) => type === 'prompt.built')
  );
}

function saysInterrupted(events: readonly RunEvent[]): boolean {
  const last = events.at(-1);
  return last?.type === 'run.finished' && last.outcome === 'interrupted';
}
