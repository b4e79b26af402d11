import type { FileCoverage } from '../../protocol/tests.ts';
import { mergeCoverage } from '../testing/coverage/mergeCoverage.ts';
import { readCoverageReport } from '../testing/coverage/readCoverageReport.ts';
import type { RunDeps } from './runScope.ts';

const maxReportBytes = 32 * 1024 * 1024;

export interface NamedReports {
  /** undefined: none was named, or none could be read. */
  readonly coverage?: readonly FileCoverage[];
  /** A sentence for each that could not be read. */
  readonly problems: readonly string[];
}

/** Coverage from report files of the folder that other commands wrote, as one. */
export async function readNamedReports(
  {
    deps,
    root,
    signal,
  }: { readonly deps: Pick<RunDeps, 'files'>; readonly root: string; readonly signal: AbortSignal },
  names: readonly string[],
): Promise<NamedReports> {
  const reports: (readonly FileCoverage[])[] = [];
  const problems: string[] = [];
  const manifest = names.length === 0 ? undefined : await deps.files.read(root, 'go.mod', signal);
  const module = manifest?.kind === 'text' ? /^module[ \t]+(\S+)/mu.exec(manifest.text)?.[1] : undefined;
  for (const name of names) {
    const read = await deps.files.read(root, name, signal, maxReportBytes);
    const report = read.kind === 'text' ? readCoverageReport(read.text, placed(root), module) : undefined;
    if (report !== undefined) reports.push(report);
    else
      problems.push(
        `${name} is ${read.kind === 'missing' ? 'not there' : 'no whole coverage report of a known format'}.`,
      );
  }
  return { problems, ...(reports.length === 0 ? {} : { coverage: mergeCoverage(reports) }) };
}

/** Reports name files absolutely or relative to the folder; dependencies are not the user's code. */
function placed(root: string): (reported: string) => string | undefined {
  const folder = `${root.replaceAll('\\', '/')}/`;
  return (reported) => {
    const plain = reported.replace(/^file:\/\//u, '').replaceAll('\\', '/');
    const path = plain.startsWith(folder) ? plain.slice(folder.length) : plain.replace(/^\.\//u, '');
    const isOutside = /^(?:\/|[A-Za-z]:|\.\.\/)/u.test(path);
    return isOutside || /(?:^|\/)(?:node_modules|\.venv|venv|site-packages)\//u.test(path) ? undefined : path;
  };
}
