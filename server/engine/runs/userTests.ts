import type { RunTestsRequest, Started, TestsResult } from '../engine.ts';
import type { OpenRun } from './openRuns.ts';
import { runUserTests, type UserTestParts } from './runUserTests.ts';
import type { RunStarter } from './startRun.ts';
import { stopOnAbort } from './stopOnAbort.ts';
import { testsOf } from './testFiles.ts';

/** Runs tests and waits for their end; an abort stops them. */
export async function runTestsNow(
  parts: RunStarter & UserTestParts,
  request: RunTestsRequest,
  signal: AbortSignal,
): Promise<TestsResult> {
  const { open, work } = begin(parts, request);
  return stopOnAbort([signal], () => open.abort.abort(), work);
}

/** The same without waiting. */
export function startTestsNow(parts: RunStarter & UserTestParts, request: RunTestsRequest): Started {
  if (!parts.deps.consent.isTrusted(request.root))
    return { refused: 'This workspace is not trusted, so its tests do not run. Trust it first.' };
  return { run: begin(parts, request).open.run };
}

function begin(
  parts: RunStarter & UserTestParts,
  request: RunTestsRequest,
): { readonly open: OpenRun; readonly work: Promise<TestsResult> } {
  const open = parts.open.begin(parts.deps.random.id(), request.root);
  const work = runUserTests(parts, open, request).finally(() => parts.open.end(open.run));
  void work.then(({ outcome }) => {
    // A command line does what it was asked for and ends.
    if (parts.deps.interactive) parts.deps.onTested(request.root, testsOf(outcome));
  });
  open.settled = work;
  return { open, work };
}
