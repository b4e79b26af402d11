import * as vscode from 'vscode';
import { offerCommands } from '../views/offerCommands.ts';
import type { Command } from './command.ts';
import { writeModel } from './modelSettings.ts';
import { askForModel, ollama } from './providers.ts';

const baseUrl = 'http://localhost:11434';
const timeoutMs = 2000;

/** Asks the models of Ollama on this machine; needs no key. */
export const useOllama: Command<'codegenLab.useOllama'> = {
  id: 'codegenLab.useOllama',
  needsTrust: false,
  async run() {
    const installed = await listInstalled();
    if (installed === undefined) return explainMissing();
    const model = installed.length > 0 ? await pickInstalled(installed) : await askForModel(ollama);
    if (!model) return;
    await writeModel({ provider: ollama.id, model: model.trim() });
    void vscode.window.showInformationMessage(`Codegen Lab asks ${model.trim()} of Ollama from now on.`);
  },
};

/** undefined when Ollama does not answer. */
async function listInstalled(): Promise<readonly string[] | undefined> {
  try {
    const response = await fetch(`${baseUrl}/api/tags`, { signal: AbortSignal.timeout(timeoutMs) });
    return response.ok ? readNames(await response.json()) : undefined;
  } catch {
    // Not installed, not started, or something else listens there: all mean that Ollama cannot be used now.
    return undefined;
  }
}

function readNames(answer: unknown): readonly string[] {
  const models = (answer as { readonly models?: unknown } | null)?.models;
  if (!Array.isArray(models)) return [];
  const names = models.map((model: unknown) => (model as { readonly name?: unknown } | null)?.name);
  return names.filter((name): name is string => typeof name === 'string');
}

function pickInstalled(installed: readonly string[]): Thenable<string | undefined> {
  return vscode.window.showQuickPick([...installed], { placeHolder: 'Which model of Ollama?' });
}

function explainMissing(): void {
  offerCommands({
    message: `Ollama does not answer at ${baseUrl}. Start it with "ollama serve", or install it from ollama.com, then try again.`,
    severity: 'warning',
    buttons: [['Try Again', 'codegenLab.useOllama']],
  });
}
