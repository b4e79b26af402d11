import { formWishes, secretsWishes } from '../server/protocol/modelSettings.ts';
import { scanWishes } from '../server/protocol/assessment.ts';
import type { EditorSettings } from '../server/protocol/requests.ts';

/** The value of a setting by its full name, such as `codegenLab.ai.provider`; undefined when it has none. */
export type SettingReader = (name: string) => unknown;

/** What one workspace folder says itself. */
export interface FolderSettings {
  /** Its absolute path. */
  readonly root: string;
  readonly read: SettingReader;
}

/** Maps the editor's settings to what the server takes. A value of the wrong type counts as not set. */
export function resolveSettings(
  read: SettingReader,
  folders: readonly FolderSettings[] = [],
): EditorSettings {
  const own = (name: string): unknown => read(`codegenLab.${name}`);
  const byFolder = Object.fromEntries(
    folders.map((folder) => [
      folder.root,
      {
        enabled: folder.read('codegenLab.rules.enabled') !== false,
        eventsOff: texts(folder.read('codegenLab.rules.eventsOff')),
      },
    ]),
  );
  return {
    ai: {
      enabled: resolveSwitch(own('ai.enabled')),
      provider: text(own('ai.provider')),
      model: text(own('ai.model')),
      baseUrl: text(own('ai.baseUrl')),
      baseUrls: wordsByName(own('ai.baseUrls')),
      keyCommands: listsByName(own('ai.keyCommands')),
      answerForm: oneOf(own('ai.answerForm'), formWishes, 'auto'),
      secretsInPrompts: oneOf(own('ai.secretsInPrompts'), secretsWishes, 'mask'),
    },
    approval: oneOf(own('approval'), ['auto', 'ask', 'preview'], 'preview'),
    limits: {
      usdPerRun: amount(own('limits.usdPerRun'), 0.5),
      usdPerDay: amount(own('limits.usdPerDay'), 5),
      secondsPerRun: amount(own('limits.secondsPerRun'), 600),
      attempts: amount(own('limits.attempts'), 5),
      tokensPerRun: amount(own('limits.tokensPerRun'), 200_000),
    },
    models: {
      providers: texts(own('models.providers')),
      roles: record(own('models.roles')),
      calls: record(own('models.calls')),
      limits: record(own('models.limits')),
      prices: record(own('models.prices')),
      unknownPrice: oneOf(own('models.unknownPrice'), ['count', 'refuse'], 'count'),
      cache: {
        mode: oneOf(own('models.cache'), ['off', 'repeatable', 'all'], 'repeatable'),
        megabytes: amount(own('models.cacheMegabytes'), 50),
        redis: own('models.redis') === true,
      },
      trace: own('models.trace') === true,
      target: {
        firstTokenMs: amount(own('models.targetFirstTokenMs'), 0),
        totalMs: amount(own('models.targetTotalMs'), 0),
      },
    },
    replay: {
      mode: oneOf(own('replay.mode'), ['off', 'record', 'replay', 'auto'], 'off'),
      folder: text(own('replay.folder')),
    },
    policy: { file: text(own('policy.file')) },
    audit: { required: own('audit.required') !== false },
    rules: {
      builtin: texts(own('rules.builtin')),
      folders: texts(own('rules.folders')),
      dialects: texts(own('rules.dialects')),
      problems: wordsByName(own('rules.problems')),
      eventsOff: texts(own('rules.eventsOff')),
      enabled: own('rules.enabled') !== false,
      quietHours: own('rules.quietHours') !== false,
      byFolder,
    },
    tests: {
      pythonPath: text(own('tests.pythonPath')),
      timeoutSeconds: amount(own('tests.timeoutSeconds'), 120),
      runner: wordsByName(own('tests.runner')),
      retries: amount(own('tests.retries'), 0),
    },
    generatedTests: {
      repetitions: Math.max(1, amount(own('generatedTests.repetitions'), 5)),
      maxMutants: amount(own('generatedTests.maxMutants'), 40),
      maxSeconds: Math.max(1, amount(own('generatedTests.maxSeconds'), 180)),
    },
    generatedCode: { scan: oneOf(own('generatedCode.scan'), scanWishes, 'show') },
    sandbox: { domains: texts(own('sandbox.domains')) },
    trace: oneOf(own('trace.server'), ['off', 'messages', 'verbose'], 'off'),
    proxy: read('http.proxySupport') === 'off' ? 'off' : text(read('http.proxy')),
    noProxy: texts(read('http.noProxy')),
  };
}

/** `unset` stays so until a person chose a provider; `on` and `off` are what the Settings UI writes. */
function resolveSwitch(value: unknown): boolean | 'unset' {
  if (value === 'on' || value === true) return true;
  if (value === 'off' || value === false) return false;
  return 'unset';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Read further by the engine, which says what is wrong in it. */
function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function wordsByName(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  const words = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(words);
}

function listsByName(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, list]: [string, unknown]) => [name, texts(list)]),
  );
}

/** A limit that is not a number must not become no limit. */
function amount(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : fallback;
}

function oneOf<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): Choice {
  return choices.find((choice) => choice === value) ?? fallback;
}
