import type { ProposalAssessment } from '../../../protocol/assessment.ts';
import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Finding } from '../../../protocol/text.ts';
import {
  findDependencyChanges,
  type DependencyChange,
} from '../../generation/dependencies/findDependencyChanges.ts';
import { findInstallingCode } from '../../generation/dependencies/findInstallingCode.ts';
import { findUnknownModules } from '../../generation/dependencies/findUnknownModules.ts';
import { createLineMap } from '../../documents/lineMap.ts';
import { secretsGate } from '../../generation/gates/secretsGate.ts';
import { scanWish } from '../../settings.ts';
import type { OpenCopy } from '../actions/runCopy.ts';
import type { RunEnd, RunScope } from '../runScope.ts';
import { knownPackages } from './knownPackages.ts';
import { scanProposal } from './scanProposal.ts';

/** Looks at what a run would change beside its tests: what it would install, which secrets and dangers it brings in. */
export async function assessProposal(
  scope: RunScope,
  files: readonly ProposedFile[],
  open: OpenCopy | RunEnd,
): Promise<ProposalAssessment> {
  const changes = [
    ...findDependencyChanges(files),
    ...findInstallingCode(files),
    ...(await findUnknownModules(files, await knownPackages(scope, files))),
  ];
  const keys: Finding[] = [];
  for (const file of files) keys.push(...(await keysIn(scope, file)));
  const isScanned = scanWish(scope.settings) !== 'off' && !('outcome' in open);
  const scanned = isScanned ? await scanProposal(scope, files, open) : { scans: [], findings: [] };
  return {
    scans: scanned.scans,
    findings: [...changes.map((change) => dependencyFinding(files, change)), ...keys, ...scanned.findings],
    held: [
      ...changes.map(({ path, line, message }) => `${path}:${line + 1}: ${message}`),
      ...keys.map(({ path, range, message }) => `${path}:${range.start.line + 1}: ${message}`),
    ],
  };
}

/** What no model may bring in, a command that worked in the copy may have. */
async function keysIn({ deps, signal }: RunScope, file: ProposedFile): Promise<readonly Finding[]> {
  const { outcome, note } = await secretsGate.judge(
    file,
    { syntax: deps.syntax, isAllowed: () => true },
    signal,
  );
  if (outcome !== 'refused') return [];
  const line = Number(/^line (\d+) /u.exec(note)?.[1] ?? 1) - 1;
  const message = `It brings in a secret: ${note}.`;
  return [
    {
      path: file.path,
      range: lineRange(file.after ?? '', line),
      severity: 'error',
      code: 'secret.in-code',
      message,
    },
  ];
}

function dependencyFinding(files: readonly ProposedFile[], change: DependencyChange): Finding {
  const { path, line, kind, message, isGrave } = change;
  const text = files.find((file) => file.path === path)?.after ?? '';
  return {
    path,
    range: lineRange(text, line),
    severity: isGrave ? 'warning' : 'information',
    code: `dependency.${kind}`,
    message,
  };
}

function lineRange(text: string, line: number): Finding['range'] {
  const lines = createLineMap(text);
  return lines.toRange(lines.lineSpan(line));
}

/** A few lines for the summary of a proposal; empty: there is nothing to tell. */
export function describeAssessment({ scans, findings, held }: ProposalAssessment): readonly string[] {
  const grave = findings.filter(({ code }) => !/^(?:dependency|secret)\./u.test(code));
  return [
    ...held.map((reason) => `Needs your word: ${reason}`),
    ...grave.map(({ path, range, code, message }) => `${path}:${range.start.line + 1}: ${message} (${code})`),
    ...scans.map(({ scanner, message }) => `${scanner}: ${message}`),
  ];
}
