import * as vscode from 'vscode';

export interface ModelChoice {
  readonly provider: string;
  readonly model: string;
  readonly baseUrl?: string;
}

type SettingValues = readonly (readonly [name: string, value: unknown])[];

/**
 * Writes a choice of model to the user's settings: a workspace never says who is asked. The provider goes first and
 * comes last, so that no key is sent to the address of another while the settings change one by one.
 */
export async function writeModel({ provider, model, baseUrl = '' }: ModelChoice): Promise<void> {
  const endsDemo = settings().get('replay.mode') === 'replay';
  await writeSettings([
    ['ai.provider', ''],
    ['ai.baseUrl', baseUrl],
    ['ai.model', model],
    ...(endsDemo ? [['replay.mode', 'off'] as const] : []),
    ['ai.enabled', 'on'],
    ['ai.provider', provider],
  ]);
}

/** Answers from recordings in `folder` from now on. */
export async function writeRecordedDemo(folder: string): Promise<void> {
  await writeSettings([
    ['ai.provider', ''],
    ['ai.model', ''],
    ['replay.folder', folder],
    ['replay.mode', 'replay'],
    ['ai.enabled', 'on'],
    ['ai.provider', 'replay'],
  ]);
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('codegenLab');
}

async function writeSettings(values: SettingValues): Promise<void> {
  for (const [name, value] of values) {
    const isDefault = value === settings().inspect(name)?.defaultValue;
    await settings().update(name, isDefault ? undefined : value, vscode.ConfigurationTarget.Global);
  }
}

/** The provider that is chosen now; empty when there is none. */
export function chosenProvider(): string {
  return settings().get<string>('ai.provider', '');
}

/** Roles and rules may name this provider from now on, beside the chosen one. */
export async function addProvider(id: string): Promise<void> {
  const known = settings().get<readonly string[]>('models.providers', []);
  if (id !== chosenProvider() && !known.includes(id))
    await writeSettings([['models.providers', [...known, id]]]);
}
