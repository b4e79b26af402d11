import { CancellationTokenSource, type Connection } from 'vscode-languageserver/node';
import type { Debugger } from '../engine/ports/debugger.ts';
import type { DebugEnd } from '../protocol/testDisplay.ts';
import { debugTests } from '../protocol/testRequests.ts';

/** The debuggers that the editor has; which one takes a command is its choice. */
export function createEditorDebugger(connection: Connection): Debugger {
  return {
    async debug(command, signal) {
      const cancelling = new CancellationTokenSource();
      const cancel = (): void => cancelling.cancel();
      if (signal.aborted) return { kind: 'stopped' };
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return await connection.sendRequest<DebugEnd>(debugTests.method, command, cancelling.token);
      } catch (error) {
        if (signal.aborted) return { kind: 'stopped' };
        const reason = error instanceof Error ? error.message : String(error);
        return { kind: 'refused', message: `The editor did not debug the tests: ${reason}` };
      } finally {
        signal.removeEventListener('abort', cancel);
        cancelling.dispose();
      }
    },
  };
}
