import * as vscode from 'vscode';
import { startServer } from '../server/startWhenConcerned.ts';
import { offerCommands, type Offer } from '../views/offerCommands.ts';
import type { Command, Host } from './command.ts';
import { commandList } from './commandList.ts';

/** Registers all commands. Trust and failures are dealt with here, once. */
export function registerCommands(host: Host): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandList.map((command) =>
      vscode.commands.registerCommand(command.id, (argument: unknown) => runCommand(host, command, argument)),
    ),
  );
}

async function runCommand(host: Host, command: Command, argument: unknown): Promise<void> {
  if (command.needsTrust && !vscode.workspace.isTrusted) return offerCommands(refusal);
  // Who asks for something here wants the rest of it, too.
  if (command.id !== 'codegenLab.restartServer') startServer(host.server);
  try {
    await command.run(host, argument as Parameters<Command['run']>[1]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    host.output.error(`${command.id}: ${message}`);
    offerCommands({ message, severity: 'error', buttons: [['Show Log', 'codegenLab.showLog']] });
  }
}

const refusal: Offer = {
  message: 'no model is asked and nothing runs in a restricted workspace. Trust it first.',
  severity: 'warning',
  buttons: [['Manage Trust', 'workbench.trust.manage']],
};
