import type { ScanReport } from '../../../protocol/assessment.ts';
import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Finding } from '../../../protocol/text.ts';
import type { OpenCopy } from '../actions/runCopy.ts';
import { auditsOf } from '../../scanning/auditors.ts';
import { addedFindings } from '../../scanning/addedFindings.ts';
import { chooseScanners, type ChosenScanner } from './chooseScanners.ts';
import { runScanner, type ScanRun } from './runScanner.ts';
import type { RunScope } from '../runScope.ts';

export interface Scans {
  readonly scans: readonly ScanReport[];
  /** Only what the change brings in. */
  readonly findings: readonly Finding[];
}

/**
 * Lets the scanners that the project has look at what would change, in the sandbox, on the copy: with the change, and where
 * that finds something, without it; afterwards the copy has the change. They are programs of the workspace, so without a sandbox they do not run.
 */
export async function scanProposal(
  scope: RunScope,
  files: readonly ProposedFile[],
  open: OpenCopy,
): Promise<Scans> {
  const changed = files.filter(({ after }) => after !== undefined).map(({ path }) => path);
  const audits = auditsOf(changed).map((audit) => ({ ...audit, outcome: 'notRun' as const, ms: 0 }));
  const chosen = await chooseScanners(scope, changed);
  const scans: ScanReport[] = [...audits];
  const findings: Finding[] = [];
  for (const scanner of chosen) {
    if (scope.signal.aborted) break;
    const { report, found } = await scan(scope, { scanner, files, open });
    scans.push(report);
    findings.push(...found);
  }
  return { scans, findings };
}

interface ScanOrder {
  readonly scanner: ChosenScanner;
  readonly files: readonly ProposedFile[];
  readonly open: OpenCopy;
}

interface Scanned {
  readonly report: ScanReport;
  readonly found: readonly Finding[];
}

async function scan(scope: RunScope, { scanner, files, open }: ScanOrder): Promise<Scanned> {
  const started = scope.deps.clock.now();
  const { title } = scanner.scanner;
  const reportOf = (outcome: ScanReport['outcome'], message: string): ScanReport => ({
    scanner: title,
    outcome,
    message,
    ms: scope.deps.clock.now() - started,
  });
  const notRun = (message: string): Scanned => ({
    report: reportOf('notRun', `Not run: ${message}`),
    found: [],
  });
  if (scanner.kind === 'missing') return notRun(scanner.message);
  const { confinement, tree } = open;
  if (confinement.kind === 'unavailable')
    return notRun(
      `it is a program of the workspace, and there is no sandbox. ${confinement.reason} ${confinement.remedy}`,
    );

  const run = (paths: readonly string[]): Promise<ScanRun> =>
    runScanner(scope, { scanner, paths, tree, mounted: confinement.mountsTree });
  const withChange = async (): Promise<void> => {
    await tree.reset();
    for (const { path, after } of files) await tree.write(path, after);
  };
  await withChange();
  const after = await run(scanner.paths);
  if (after.kind === 'notRun') return notRun(after.message);
  const old = new Map(
    files.flatMap(({ path, before }) => (before === undefined ? [] : [[path, before] as const])),
  );
  const known = scanner.paths.filter((path) => old.has(path));
  let added = after.findings;
  if (added.length > 0 && known.length > 0) {
    for (const { path, before } of files) await tree.write(path, before);
    const before = await run(known);
    await withChange();
    // Without the report of the text before, everything is shown: too much rather than too little.
    if (before.kind === 'ran')
      added = addedFindings({ ...before, texts: old }, { ...after, texts: textsOf(files) });
  }
  const left =
    after.leftOut.length === 0
      ? ''
      : ` Not looked at: ${after.leftOut.join(', ')}. ${scanner.scanner.leavesOut ?? ''}`;
  if (after.leftOut.length === scanner.paths.length) return notRun(left.trim());
  const count = added.length === 1 ? '1 new finding' : `${added.length} new findings`;
  return {
    report: reportOf(
      added.length === 0 ? 'clean' : 'found',
      `${count} in ${scanner.paths.join(', ')}.${left}`,
    ),
    found: added,
  };
}

function textsOf(files: readonly ProposedFile[]): ReadonlyMap<string, string> {
  return new Map(files.flatMap(({ path, after }) => (after === undefined ? [] : [[path, after] as const])));
}
