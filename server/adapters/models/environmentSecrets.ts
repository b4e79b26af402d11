import type { KeySource } from './keyRing.ts';
import { presets } from './presets.ts';

/** Keys from the environment, read anew each time. An empty variable counts as none. */
export function createEnvironmentSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): KeySource {
  return {
    name: 'the environment',
    read: (name) => {
      const variables = presets.find((preset) => preset.id === name)?.keyVariables ?? [];
      return Promise.resolve(variables.map((variable) => environment[variable]?.trim()).find(Boolean));
    },
  };
}
