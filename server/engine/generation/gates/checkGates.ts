import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Gate, GateDeps, GateResult } from './gate.ts';
import { pathsGate } from './pathsGate.ts';
import { secretsGate } from './secretsGate.ts';
import { sizeGate } from './sizeGate.ts';
import { syntaxGate } from './syntaxGate.ts';
import { testsGate } from './testsGate.ts';

/** In the order in which they are asked: what is cheap and what protects most comes first. */
const gates: readonly Gate[] = [pathsGate, sizeGate, syntaxGate, secretsGate, testsGate];

const maxFiles = 50;

/**
 * Lets proposed files through the gates, before anything is written. One `refused` among the results refuses the
 * whole proposal; the others are still judged, so that all reasons go back to the model at once. After an abort what
 * is left is refused.
 */
export async function checkGates(
  files: readonly ProposedFile[],
  deps: GateDeps,
  signal: AbortSignal,
): Promise<readonly GateResult[]> {
  if (files.length > maxFiles) {
    const note = `the answer changes ${files.length} files; at most ${maxFiles} are taken at once`;
    return [{ gate: 'size', path: files[0]?.path ?? '', outcome: 'refused', note }];
  }
  const results: GateResult[] = [];
  let open = files;
  for (const gate of gates) {
    const next: ProposedFile[] = [];
    for (const file of open) {
      const verdict = await gate.judge(file, deps, signal);
      const judged = signal.aborted
        ? { outcome: 'refused' as const, note: 'the run was stopped before the file was checked' }
        : verdict;
      results.push({ gate: gate.name, path: file.path, ...judged });
      if (judged.outcome !== 'refused') next.push(file);
    }
    open = next;
  }
  return results;
}
