import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { GuardedLog } from '../engine/safety/guardLog.ts';

/** What the editor is told of a request that failed: cancelled, or a fault of ours that stands in the log. */
export function toResponseError(
  { method, error }: { readonly method: string; readonly error: unknown },
  log: GuardedLog,
  signal: AbortSignal,
): ResponseError<void> {
  if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
  log.error(`${method} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const message = error instanceof Error ? error.message : String(error);
  return new ResponseError(
    LSPErrorCodes.RequestFailed,
    `Codegen Lab failed inside: ${log.redact(message)}. See its log.`,
  );
}
