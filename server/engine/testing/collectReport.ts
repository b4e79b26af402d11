import type { ProcessEnd } from '../ports/processes.ts';
import type { ReportFolder, Reports, WatchedReports } from '../ports/reports.ts';
import type { TerminalView } from '../ports/terminal.ts';
import type { RunnerCommand } from './runners/runner.ts';
import type { RunPlace, TestRun } from './testRun.ts';

/** A report larger than this is not read. */
export const maxReportBytes = 32 * 1024 * 1024;

/** Remembers which reports an earlier run left in the tree; undefined: this runner writes none there. */
export async function watchTree(
  reports: Reports,
  { report }: RunnerCommand,
  place: RunPlace,
): Promise<WatchedReports | undefined> {
  if (typeof report !== 'object' || !('folder' in report)) return undefined;
  return reports.watch(`${packageOnDisk(place)}/${report.folder}`, report.ending);
}

/** Texts of all reports of a run that ended; none when it wrote none. */
export async function readReports(
  { report }: RunnerCommand,
  end: Extract<ProcessEnd, { readonly kind: 'exited' }>,
  folder: ReportFolder,
  watched: WatchedReports | undefined,
): Promise<readonly string[]> {
  if (watched !== undefined) return watched.written(maxReportBytes);
  if (typeof report === 'object') return end.kept === undefined ? [] : [end.kept];
  const read = await folder.read(report, maxReportBytes);
  return read.kind === 'text' ? [read.text] : [];
}

const maxSources = 400;

/** Texts that the runner needs to find the places of tests. */
export async function readSources({
  runner,
  files,
  source,
  place,
}: Pick<TestRun, 'runner' | 'files' | 'source'> & {
  readonly place: Pick<TestRun['place'], 'base'>;
}): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (source === undefined || runner.sourcesOf === undefined) return texts;
  // A file that a run has just written is not among those of the folder yet.
  const all = new Set([...source.files, ...files]);
  for (const path of runner.sourcesOf(files, all, place.base).slice(0, maxSources)) {
    const text = await source.read(path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** Shows lines as the command wants them shown; the last one when it is whole. */
export function shownBy(
  { show }: RunnerCommand,
  view: TerminalView,
): Pick<TerminalView, 'write' | 'stopped'> {
  if (show === undefined) return view;
  let rest = '';
  return {
    stopped: view.stopped,
    write(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      const shown = lines.map((line) => show(line)).filter((line) => line !== undefined);
      if (shown.length > 0) view.write(shown.map((line) => `${line}\n`).join(''));
    },
  };
}

/** Where the package lies on this machine: a sandbox shows it at another place. */
function packageOnDisk({ cwd, base, confinement }: RunPlace): string {
  if (confinement.kind === 'none') return cwd;
  return base === '' ? confinement.tree : `${confinement.tree}/${base}`;
}
