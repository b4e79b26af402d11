import type { MutateRequest, MutateResult } from '../../engine.ts';
import type { RunStarter } from '../startRun.ts';
import { stopOnAbort } from '../stopOnAbort.ts';
import { mutateFile, type MutateParts } from './mutateFile.ts';

/** Asks the tests of a file about its mutants and waits for the answer; an abort stops it. */
export async function mutateNow(
  parts: RunStarter & MutateParts,
  request: MutateRequest,
  signal: AbortSignal,
): Promise<MutateResult> {
  const open = parts.open.begin(parts.deps.random.id(), request.root);
  const work = mutateFile(parts, open, request).finally(() => parts.open.end(open.run));
  open.settled = work;
  return stopOnAbort([signal], () => open.abort.abort(), work);
}
