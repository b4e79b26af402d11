import * as vscode from 'vscode';

/** Writes the user's settings, as a person who chose a model did. */
export async function chooseModel(baseUrl: string): Promise<void> {
  // Suites wait for proposals, and each filter has tests of its own.
  await setSetting('generatedTests.repetitions', 2);
  await setSetting('generatedTests.maxMutants', 0);
  await setSetting('ai.enabled', 'on');
  await setSetting('ai.model', 'scripted');
  await setSetting('ai.baseUrl', baseUrl);
  await setSetting('ai.provider', 'ollama');
}

/** undefined takes a setting back to its default. */
export async function setSetting(name: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('codegenLab')
    .update(name, value, vscode.ConfigurationTarget.Global);
}
