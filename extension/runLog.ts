import type { Disposable, LogOutputChannel } from 'vscode';
import type { RunView, TimelineEntry } from '../server/protocol/viewState.ts';
import type { ViewStore } from './viewStore.ts';

/** Writes each new line of a run's timeline to the log, once. */
export function logRuns(views: ViewStore, output: LogOutputChannel): Disposable {
  const written = new Map<string, number>();
  return views.onDidChange((state) => {
    for (const run of [...(state?.runs ?? [])].reverse()) {
      for (const entry of run.timeline.slice(written.get(run.run) ?? 0)) writeEntry(output, run, entry);
      written.set(run.run, run.timeline.length);
    }
    const present = new Set(state?.runs.map((run) => run.run));
    for (const run of written.keys()) if (state && !present.has(run)) written.delete(run);
  });
}

function writeEntry(output: LogOutputChannel, run: RunView, entry: TimelineEntry): void {
  const name = run.rule || run.action;
  const detail = entry.detail ? `: ${entry.detail}` : '';
  const line = `[${run.run.slice(-6)}] ${name}${run.file ? ` on ${run.file}` : ''} – ${entry.label}${detail}`;
  if (entry.tone === 'bad') output.warn(line);
  else output.info(line);
}
