import type { MutateRequest, MutateResult } from '../../engine.ts';
import type { RunStarter } from '../startRun.ts';
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
  const stop = (): void => open.abort.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const result = await work;
  signal.removeEventListener('abort', stop);
  return result;
}
