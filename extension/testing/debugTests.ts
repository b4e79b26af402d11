import * as vscode from 'vscode';
import type { DebugCommand, DebugEnd } from '../../server/protocol/testDisplay.ts';
import { configureDebugger } from './debugConfiguration.ts';

/** In the configuration of a session that runs tests: of which command it is. */
const marker = 'codegenLabCommand';
let count = 0;

/** Runs a test command under the debugger of its language; resolves when its session is over. */
export async function debugTests(command: DebugCommand, token: vscode.CancellationToken): Promise<DebugEnd> {
  const chosen = configureDebugger(command, isThere);
  if (chosen.kind === 'refused') {
    const { message, extension } = chosen;
    if (extension !== undefined) void offerExtension(message, extension);
    return { kind: 'refused', message };
  }
  count += 1;
  const id = `${command.run}-${count}`;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(command.folder));
  const session = followSession(id, token);
  try {
    const begun = await vscode.debug.startDebugging(folder, { ...chosen.configuration, [marker]: id });
    if (!begun)
      return { kind: 'refused', message: `The debugger ${chosen.configuration.type} did not start.` };
    return await session.ended;
  } finally {
    session.dispose();
  }
}

/** The first session of a command; those of its child processes belong to it. */
function followSession(
  id: string,
  token: vscode.CancellationToken,
): { readonly ended: Promise<DebugEnd>; readonly dispose: () => void } {
  const isOurs = (session: vscode.DebugSession): boolean =>
    session.parentSession === undefined && session.configuration[marker] === id;
  let current: vscode.DebugSession | undefined;
  let end: (end: DebugEnd) => void;
  const ended = new Promise<DebugEnd>((resolve) => (end = resolve));
  const stop = (): void => void vscode.debug.stopDebugging(current);
  const following = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => {
      if (!isOurs(session)) return;
      current = session;
      if (token.isCancellationRequested) stop();
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      if (isOurs(session)) end(token.isCancellationRequested ? { kind: 'stopped' } : { kind: 'ended' });
    }),
    token.onCancellationRequested(() => current && stop()),
  );
  return { ended, dispose: () => void following.dispose() };
}

function isThere(type: string): boolean {
  return vscode.extensions.all.some(({ packageJSON }) => {
    const { contributes } = packageJSON as {
      readonly contributes?: { readonly debuggers?: readonly { readonly type?: string }[] };
    };
    return contributes?.debuggers?.some((each) => each.type === type) === true;
  });
}

async function offerExtension(message: string, extension: string): Promise<void> {
  const show = 'Show Extension';
  if ((await vscode.window.showErrorMessage(`Codegen Lab: ${message}`, show)) === show)
    await vscode.commands.executeCommand('extension.open', extension);
}
