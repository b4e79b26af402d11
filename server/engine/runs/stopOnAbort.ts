/**
 * Calls `stop` when one of the signals aborts before `work` has ended, at once where one has; gives what the work gives.
 */
export async function stopOnAbort<Value>(
  signals: readonly AbortSignal[],
  stop: () => void,
  work: Promise<Value>,
): Promise<Value> {
  for (const signal of signals) {
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }
  try {
    return await work;
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}
