import type { CancellationToken } from 'vscode-languageserver/node';

/** The editor's cancellation as the engine knows it. */
export function toAbortSignal(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
