import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import type { Health } from '../engine/engine.ts';
import { renderHealth } from '../engine/health/renderHealth.ts';
import type { GuardedLog } from '../engine/safety/guardLog.ts';
import { describeIssue, examineHealth } from '../protocol/health.ts';
import type { Folders } from './folders.ts';
import { toAbortSignal } from './toAbortSignal.ts';
import { toResponseError } from './toResponseError.ts';

export interface HealthAnswerParts {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly health: Health;
  readonly log: GuardedLog;
}

/** Answers how the installation is, and what a report of an issue may hold, for each open folder. */
export function answerHealth({ connection, folders, health, log }: HealthAnswerParts): void {
  const answer = (
    { method }: { readonly method: string },
    describe: (root: string, signal: AbortSignal) => Promise<string>,
  ): void => {
    connection.onRequest(method, async (_: unknown, token: CancellationToken): Promise<unknown> => {
      const signal = toAbortSignal(token);
      try {
        const answers: { readonly folder: string; readonly markdown: string }[] = [];
        for (const folder of folders.roots())
          answers.push({ folder, markdown: log.redact(await describe(folder, signal)) });
        return answers;
      } catch (error) {
        return toResponseError({ method, error }, log, signal);
      }
    });
  };
  answer(examineHealth, async (root, signal) => renderHealth(await health.examine(root, signal)));
  answer(describeIssue, (root, signal) => health.describeIssue(root, signal));
}
