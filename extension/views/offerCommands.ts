import * as vscode from 'vscode';
import type { CommandName } from '../../server/protocol/commands.ts';

export interface Offer {
  readonly message: string;
  readonly severity: 'information' | 'warning' | 'error';
  /** Button to the command that it calls. */
  readonly buttons: readonly (readonly [label: string, command: CommandName])[];
}

/** Shows a message whose buttons call commands. Returns at once: nobody waits until a message is read. */
export function offerCommands({ message, severity, buttons }: Offer): void {
  const labels = buttons.map(([label]) => label);
  const text = `Codegen Lab: ${message}`;
  const shown = show(severity, text, labels);
  void shown.then((choice) => {
    const command = buttons.find(([label]) => label === choice)?.[1];
    return command && vscode.commands.executeCommand(command);
  });
}

function show(
  severity: Offer['severity'],
  text: string,
  labels: readonly string[],
): Thenable<string | undefined> {
  switch (severity) {
    case 'information':
      return vscode.window.showInformationMessage(text, ...labels);
    case 'warning':
      return vscode.window.showWarningMessage(text, ...labels);
    case 'error':
      return vscode.window.showErrorMessage(text, ...labels);
  }
}
