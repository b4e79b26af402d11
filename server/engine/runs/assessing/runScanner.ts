import type { Finding } from '../../../protocol/text.ts';
import type { ProcessEnd } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { createRedactor } from '../../safety/redact.ts';
import { neutralise } from '../../safety/neutralise.ts';
import type { ScanFinding } from '../../scanning/scanner.ts';
import type { RunScope } from '../runScope.ts';
import { stopOnAbort } from '../stopOnAbort.ts';
import { takeCommandRight } from '../takeCommandRight.ts';
import type { ReadyScanner } from './chooseScanners.ts';

export type ScanRun =
  | { readonly kind: 'ran'; readonly findings: readonly Finding[]; readonly leftOut: readonly string[] }
  /** A sentence. */
  | { readonly kind: 'notRun'; readonly message: string };

export interface ScannerOrder {
  readonly scanner: ReadyScanner;
  /** Relative to the workspace folder; at least one. */
  readonly paths: readonly string[];
  readonly tree: ScratchTree;
  /** The sandbox shows the copy at the workspace's own path. */
  readonly mounted: boolean;
}

const maxReportBytes = 4 * 1024 * 1024;
const timeoutMs = 60_000;
/** Of one scan; who has more has none that a person reads. */
const maxFindings = 200;
const maxMessage = 500;
const mask = createRedactor([]);

/** Runs a scanner once, in the sandbox, on the copy as it is, which it cannot change. Never rejects for what it does. */
export async function runScanner(scope: RunScope, order: ScannerOrder): Promise<ScanRun> {
  const { deps, root } = scope;
  const { scanner, paths, tree, mounted } = order;
  const seenAs = mounted ? root : tree.location;
  const folder = await deps.reports.open();
  try {
    const [program, ...rest] = scanner.program;
    const command = scanner.scanner.command({
      program: [program.startsWith(`${root}/`) ? seenAs + program.slice(root.length) : program, ...rest],
      files: paths.map((path) => fromBase(scanner.base, path)),
      support: folder.location,
    });
    for (const { name, text } of command.support ?? []) await folder.write(name, text);
    const { argv, display } = command;
    const denied = await takeCommandRight(scope, { argv, display, code: 'model', sandbox: true });
    if (denied !== undefined) return { kind: 'notRun', message: denied.message };
    const end = await run(scope, {
      argv,
      cwd: scanner.base === '' ? seenAs : `${seenAs}/${scanner.base}`,
      confinement: {
        kind: 'sandbox',
        tree: tree.location,
        mountAt: seenAs,
        treeAccess: 'read',
        dependencies: tree.dependencies,
        writable: [folder.location],
      },
    });
    return readEnd(order, end, [root, tree.location]);
  } finally {
    await folder.dispose();
  }
}

async function run(
  { deps, meter, signal }: RunScope,
  command: Pick<Parameters<RunScope['deps']['processes']['start']>[0], 'argv' | 'cwd' | 'confinement'>,
): Promise<ProcessEnd> {
  const handle = deps.processes.start({
    ...command,
    env: {},
    timeoutMs: Math.max(1, Math.min(timeoutMs, meter.remainingMs())),
    maxOutputBytes: 64 * 1024,
    keeps: { stream: 'stdout', maxBytes: maxReportBytes },
  });
  return stopOnAbort([signal], () => void handle.stop(), handle.finished);
}

function readEnd({ scanner, paths }: ScannerOrder, end: ProcessEnd, prefixes: readonly string[]): ScanRun {
  const notRun = (message: string): ScanRun => ({ kind: 'notRun', message });
  switch (end.kind) {
    case 'couldNotStart':
      return notRun(end.message);
    case 'stopped':
      return notRun('it was stopped.');
    case 'timedOut':
      return notRun(`it did not end within ${Math.round(end.ms / 1_000)} s.`);
    case 'killed':
      return notRun(`it was killed by ${end.signal}, perhaps for taking too much memory.`);
    case 'exited':
      break;
  }
  if (end.kept === undefined) return notRun(`its report is larger than ${maxReportBytes / 1024 / 1024} MiB.`);
  const reading = scanner.scanner.read({ text: end.kept, exitCode: end.code });
  if (reading.kind === 'unreadable') {
    const said = lastLine(end.output);
    return notRun(`${reading.reason}${said === '' ? '' : ` (${said})`}.`);
  }
  const inTree = (path: string): string | undefined => pathOf(path, scanner.base, prefixes);
  const wanted = new Set(paths);
  const findings = reading.findings
    .flatMap((found): readonly Finding[] => {
      const path = inTree(found.path);
      return path === undefined || !wanted.has(path) ? [] : [toFinding(scanner.scanner.id, path, found)];
    })
    .slice(0, maxFindings);
  const looked = new Set((reading.looked ?? []).map(inTree));
  const leftOut = reading.looked === undefined ? [] : paths.filter((path) => !looked.has(path));
  return { kind: 'ran', findings, leftOut };
}

function toFinding(id: string, path: string, { rule, message, ...found }: ScanFinding): Finding {
  const said = mask(neutralise(message)).slice(0, maxMessage);
  return {
    path,
    range: found.range,
    severity: found.severity,
    code: `${id}.${rule}`,
    message: said,
    ...(found.learnMore === undefined ? {} : { learnMore: found.learnMore }),
  };
}

function lastLine(output: string): string {
  const lines = neutralise(output).split('\n');
  return mask(lines.findLast((line) => line.trim() !== '')?.trim() ?? '').slice(0, 200);
}

function pathOf(reported: string, base: string, prefixes: readonly string[]): string | undefined {
  const inside = prefixes.find((prefix) => reported.startsWith(`${prefix}/`));
  if (inside !== undefined) return reported.slice(inside.length + 1);
  if (reported.startsWith('/')) return undefined;
  const plain = reported.replace(/^\.\//u, '');
  return base === '' ? plain : `${base}/${plain}`;
}

function fromBase(base: string, path: string): string {
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length + 1) : path;
}
