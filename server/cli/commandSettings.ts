import { resolve } from 'node:path';
import type { EditorSettings } from '../protocol/requests.ts';
import type { WorkInvocation } from './invocation.ts';

/**
 * The settings of one invocation: its flags above the environment. Edits land by `--apply`, `--ask` or `--accept` alone: without them the
 * approval is `preview`, whatever the environment says.
 */
export function resolveCommandSettings(
  base: EditorSettings,
  invocation: WorkInvocation,
  cwd: string,
): EditorSettings {
  const settings = withReplayFolder({ ...base, approval: 'preview' }, cwd);
  if (invocation.kind !== 'run') return settings;
  const { model, baseUrl, replay, budgetUsd, apply, ask, accept } = invocation;
  return withReplayFolder(
    {
      ...settings,
      // An address in the environment belongs to the provider that stands beside it there.
      ai: {
        ...settings.ai,
        ...(model && model.provider !== settings.ai.provider ? { baseUrl: '' } : {}),
        ...model,
        ...(baseUrl === undefined ? {} : { baseUrl }),
      },
      approval: apply ? 'auto' : ask || accept.length > 0 ? 'ask' : 'preview',
      limits: budgetUsd === undefined ? settings.limits : { ...settings.limits, usdPerRun: budgetUsd },
      replay: replay ?? settings.replay,
    },
    cwd,
  );
}

function withReplayFolder(settings: EditorSettings, cwd: string): EditorSettings {
  const { mode, folder } = settings.replay;
  return folder === '' ? settings : { ...settings, replay: { mode, folder: resolve(cwd, folder) } };
}
