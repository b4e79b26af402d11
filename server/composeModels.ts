import { createFileCassettes } from './adapters/models/fileCassettes.ts';
import { createEnvironmentSecrets } from './adapters/models/environmentSecrets.ts';
import { createModels, type ModelsOptions } from './adapters/models/createModels.ts';
import { withInstructedAnswers } from './adapters/models/instructedAnswers.ts';
import { createKeyCommands } from './adapters/models/keyCommands.ts';
import { createKeyRing, type KeyRefusal } from './adapters/models/keyRing.ts';
import { createProxiedFetch } from './adapters/models/proxiedFetch.ts';
import { sha256 } from './adapters/sha256.ts';
import { systemClock } from './adapters/systemClock.ts';
import { createReplayProvider } from './engine/llm/replayProvider.ts';
import type { ModelProvider, Models } from './engine/ports/models.ts';
import type { Keys, Secrets } from './engine/ports/secrets.ts';
import { createRedactor } from './engine/safety/redact.ts';
import type { EditorSettings } from './protocol/requests.ts';

export interface ModelParts {
  readonly environment: NodeJS.ProcessEnv;
  /** The editor's own vault; it comes before the environment and before key commands. */
  readonly secrets: Secrets;
  /** The models of the editor itself; undefined where there is no editor. */
  readonly editorModels?: ModelProvider;
  /** Asks the person for a key; called once for each key that was refused. */
  readonly onKeyRefused?: (refusal: KeyRefusal) => void;
  readonly warn: (message: string) => void;
}

export interface ComposedModels {
  readonly models: Models;
  /** The same providers as if the user had set these addresses, by provider. */
  readonly modelsAt: (baseUrls: Readonly<Record<string, string>>) => Models;
  readonly keys: Keys;
  readonly configure: (settings: EditorSettings) => void;
}

/** Providers, keys and recordings, as the user's settings say. What is asked already goes on as it began. */
export function composeModels(parts: ModelParts, initial: EditorSettings): ComposedModels {
  let settings = initial;
  const keys = createKeyRing({
    sources: [
      { name: "the editor's secret storage", read: (name, signal) => parts.secrets.read(name, signal) },
      createEnvironmentSecrets(parts.environment),
      createKeyCommands({
        commands: () => settings.ai.keyCommands ?? {},
        environment: parts.environment,
        now: () => systemClock.now(),
      }),
    ],
    digest: sha256,
    ...(parts.onKeyRefused && { onRefused: parts.onKeyRefused }),
  });
  let models = modelsFor({ parts, keys, settings });
  return {
    models: { provider: (id) => models.provider(id) },
    // Who looks at a list sees what is wrong with the key there, and need not be asked about it besides.
    modelsAt: (baseUrls) =>
      createModels({
        ...optionsOf({ parts, keys, settings }, baseUrls),
        secrets: { read: (name, signal) => keys.read(name, signal) },
      }),
    keys,
    configure: (changed) => {
      settings = changed;
      models = modelsFor({ parts, keys, settings });
    },
  };
}

interface Chosen {
  readonly parts: ModelParts;
  readonly keys: Keys;
  readonly settings: EditorSettings;
}

function optionsOf(
  { parts, keys, settings }: Chosen,
  baseUrls: Readonly<Record<string, string>> = {},
): ModelsOptions {
  const { ai, proxy, noProxy = [] } = settings;
  return {
    secrets: keys,
    baseUrls: { ...ai.baseUrls, ...(ai.baseUrl !== '' && { [ai.provider]: ai.baseUrl }), ...baseUrls },
    fetch: createProxiedFetch({ proxy, noProxy, environment: parts.environment }),
    others: parts.editorModels ? [withInstructedAnswers(parts.editorModels)] : [],
  };
}

function modelsFor(chosen: Chosen): Models {
  const { parts, settings } = chosen;
  const { ai, replay } = settings;
  const options = optionsOf(chosen);
  const live = createModels(options);
  if (replay.mode === 'off') return live;
  const record = live.provider(ai.provider);
  const recorded = createReplayProvider({
    store: createFileCassettes(replay.folder),
    mode: replay.mode,
    ...(record ? { record } : {}),
    digest: sha256,
    clock: systemClock,
    redact: createRedactor([]),
    onWriteFailed: parts.warn,
  });
  return createModels({ ...options, others: [...(options.others ?? []), recorded] });
}
