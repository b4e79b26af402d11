import { formWishes, secretsWishes } from '../protocol/modelSettings.ts';
import { posix, win32 } from 'node:path';
import { scanWishes } from '../protocol/assessment.ts';
import type { EditorSettings } from '../protocol/requests.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentReading {
  /** `base` with what the environment says on top. */
  readonly settings: EditorSettings;
  /** Variables with a value that cannot be used. The value is not repeated: it may be a secret in the wrong place. */
  readonly problems: readonly { readonly variable: string; readonly message: string }[];
  /** Variables with our prefix that this version does not know. */
  readonly unknown: readonly string[];
}

const prefix = 'CODEGEN_LAB_CONFIG_';

/** The value of a variable, or what it would have to be. */
type Parsed<Value> = { readonly value: Value } | { readonly expected: string };
type Change = (settings: EditorSettings) => EditorSettings;

interface Row {
  /** As in the editor's settings, without `codegenLab.`. */
  readonly key: string;
  /** Other spellings of the variable, without the prefix. */
  readonly aliases?: readonly string[];
  readonly parse: (text: string) => Parsed<Change>;
}

const rows: readonly Row[] = [
  {
    ...row('ai.enabled', parseSwitch, (settings, enabled) => ({
      ...settings,
      ai: { ...settings.ai, enabled },
    })),
    aliases: ['ENABLE_AI'],
  },
  row('ai.provider', parseText, (settings, provider) => ({ ...settings, ai: { ...settings.ai, provider } })),
  row('ai.model', parseText, (settings, model) => ({ ...settings, ai: { ...settings.ai, model } })),
  row('ai.baseUrl', parseUrl, (settings, baseUrl) => ({ ...settings, ai: { ...settings.ai, baseUrl } })),
  row('ai.baseUrls', parseUrls, (settings, baseUrls) => ({ ...settings, ai: { ...settings.ai, baseUrls } })),
  row('ai.keyCommands', parseCommands, (settings, keyCommands) => ({
    ...settings,
    ai: { ...settings.ai, keyCommands },
  })),
  row('ai.answerForm', choice(...formWishes), (settings, answerForm) => ({
    ...settings,
    ai: { ...settings.ai, answerForm },
  })),
  row('ai.secretsInPrompts', choice(...secretsWishes), (settings, secretsInPrompts) => ({
    ...settings,
    ai: { ...settings.ai, secretsInPrompts },
  })),
  row('approval', choice('auto', 'ask', 'preview'), (settings, approval) => ({ ...settings, approval })),
  limit('usdPerRun', parseAmount),
  limit('usdPerDay', parseAmount),
  limit('secondsPerRun', parseCount),
  limit('attempts', parseCount),
  limit('tokensPerRun', parseCount),
  model('providers', parseNames, (providers) => ({ providers })),
  model('roles', parseRecord, (roles) => ({ roles })),
  model('calls', parseRecord, (calls) => ({ calls })),
  model('limits', parseRecord, (limits) => ({ limits })),
  model('prices', parseRecord, (prices) => ({ prices })),
  model('unknownPrice', choice('count', 'refuse'), (unknownPrice) => ({ unknownPrice })),
  model('cache', choice('off', 'repeatable', 'all'), (mode, { cache }) => ({ cache: { ...cache, mode } })),
  model('cacheMegabytes', parseCount, (megabytes, { cache }) => ({ cache: { ...cache, megabytes } })),
  {
    ...model('redis', parseSwitch, (redis, { cache }) => ({ cache: { ...cache, redis } })),
    aliases: ['ENABLE_REDIS'],
  },
  {
    ...model('trace', parseSwitch, (trace) => ({ trace })),
    aliases: ['DEBUG_LANGCHAIN'],
  },
  model('targetFirstTokenMs', parseCount, (firstTokenMs, { target }) => ({
    target: { ...target, firstTokenMs },
  })),
  model('targetTotalMs', parseCount, (totalMs, { target }) => ({ target: { ...target, totalMs } })),
  row('replay.mode', choice('off', 'record', 'replay', 'auto'), (settings, mode) => ({
    ...settings,
    replay: { ...settings.replay, mode },
  })),
  row('replay.folder', parseText, (settings, folder) => ({
    ...settings,
    replay: { ...settings.replay, folder },
  })),
  row('policy.file', parseText, (settings, file) => ({ ...settings, policy: { file } })),
  row('audit.required', parseSwitch, (settings, required) => ({ ...settings, audit: { required } })),
  row('rules.enabled', parseSwitch, (settings, enabled) => ({
    ...settings,
    rules: { ...settings.rules, enabled },
  })),
  row('rules.eventsOff', parseNames, (settings, eventsOff) => ({
    ...settings,
    rules: { ...settings.rules, eventsOff },
  })),
  row('rules.quietHours', parseSwitch, (settings, quietHours) => ({
    ...settings,
    rules: { ...settings.rules, quietHours },
  })),
  row('rules.builtin', parseNames, (settings, builtin) => ({
    ...settings,
    rules: { ...settings.rules, builtin },
  })),
  row('rules.folders', parseNames, (settings, folders) => ({
    ...settings,
    rules: { ...settings.rules, folders },
  })),
  row('rules.dialects', parseNames, (settings, dialects) => ({
    ...settings,
    rules: { ...settings.rules, dialects },
  })),
  row('rules.problems', parseSeverities, (settings, problems) => ({
    ...settings,
    rules: { ...settings.rules, problems },
  })),
  row('tests.pythonPath', parseText, (settings, pythonPath) => ({
    ...settings,
    tests: { ...settings.tests, pythonPath },
  })),
  row('tests.runner', parseRunners, (settings, runner) => ({
    ...settings,
    tests: { ...settings.tests, runner },
  })),
  row('tests.timeoutSeconds', parseCount, (settings, timeoutSeconds) => ({
    ...settings,
    tests: { ...settings.tests, timeoutSeconds },
  })),
  row('tests.retries', parseCount, (settings, retries) => ({
    ...settings,
    tests: { ...settings.tests, retries },
  })),
  row('generatedTests.repetitions', parseCount, (settings, repetitions) => ({
    ...settings,
    generatedTests: { ...settings.generatedTests, repetitions },
  })),
  row('generatedTests.maxMutants', parseCount, (settings, maxMutants) => ({
    ...settings,
    generatedTests: { ...settings.generatedTests, maxMutants },
  })),
  row('generatedTests.maxSeconds', parseCount, (settings, maxSeconds) => ({
    ...settings,
    generatedTests: { ...settings.generatedTests, maxSeconds },
  })),
  row('generatedCode.scan', choice(...scanWishes), (settings, scan) => ({
    ...settings,
    generatedCode: { scan },
  })),
  row('sandbox.domains', parseNames, (settings, domains) => ({ ...settings, sandbox: { domains } })),
  row('trace.server', choice('off', 'messages', 'verbose'), (settings, trace) => ({ ...settings, trace })),
];

/**
 * Reads the settings that are written as variables: `codegenLab.aB.cD` is `CODEGEN_LAB_CONFIG_A_B_C_D`. An empty variable
 * counts as not set. Only the environment is asked; `.env` files are never read.
 */
export function parseEnvironmentSettings(environment: Environment, base: EditorSettings): EnvironmentReading {
  const problems: { variable: string; message: string }[] = [];
  let settings = base;
  for (const { key, aliases = [], parse } of rows) {
    const variables = [variableOf(key), ...aliases.map((alias) => prefix + alias)];
    const written = variables.filter((variable) => textOf(environment, variable) !== '');
    const [variable] = written;
    if (variable === undefined) continue;
    const texts = new Set(written.map((name) => textOf(environment, name).toLowerCase()));
    const parsed: Parsed<Change> =
      texts.size > 1
        ? { expected: `the same as ${written.slice(1).join(' and ')}` }
        : parse(textOf(environment, variable));
    if ('value' in parsed) settings = parsed.value(settings);
    else problems.push({ variable, message: `${variable} must be ${parsed.expected}.` });
  }
  return { settings, problems, unknown: unknownVariables(environment) };
}

/** The variable of a setting: `limits.usdPerRun` is `CODEGEN_LAB_CONFIG_LIMITS_USD_PER_RUN`. */
export function variableOf(key: string): string {
  return prefix + key.replaceAll('.', '_').replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** Every setting that the environment can give, in the order of the documentation. */
export const environmentKeys: readonly string[] = rows.map(({ key }) => key);

/** Where the user's own storage lies: approvals, spending, keys of journals. Never inside of a workspace. */
export function storageFolder(
  environment: Environment,
  { platform, home }: { readonly platform: NodeJS.Platform; readonly home: string },
): string {
  const chosen = textOf(environment, 'CODEGEN_LAB_STORAGE');
  if (chosen) return chosen;
  if (platform === 'win32') {
    return win32.join(
      textOf(environment, 'LOCALAPPDATA') || win32.join(home, 'AppData', 'Local'),
      'codegen-lab',
    );
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'codegen-lab');
  const state = textOf(environment, 'XDG_STATE_HOME');
  // A relative path there is invalid, says the XDG specification, and would lie in the workspace.
  return posix.join(posix.isAbsolute(state) ? state : posix.join(home, '.local', 'state'), 'codegen-lab');
}

function row<Value>(
  key: string,
  parse: (text: string) => Parsed<Value>,
  apply: (settings: EditorSettings, value: Value) => EditorSettings,
): Row {
  return {
    key,
    parse: (text) => {
      const parsed = parse(text);
      return 'value' in parsed ? { value: (settings) => apply(settings, parsed.value) } : parsed;
    },
  };
}

function limit(name: keyof EditorSettings['limits'], parse: (text: string) => Parsed<number>): Row {
  return row(`limits.${name}`, parse, (settings, value) => ({
    ...settings,
    limits: { ...settings.limits, [name]: value },
  }));
}

function model<Value>(
  name: string,
  parse: (text: string) => Parsed<Value>,
  change: (value: Value, models: EditorSettings['models']) => Partial<EditorSettings['models']>,
): Row {
  return row(`models.${name}`, parse, (settings, value) => ({
    ...settings,
    models: { ...settings.models, ...change(value, settings.models) },
  }));
}

/** JSON, as the editor's settings hold it; the engine reads it further. */
function parseRecord(text: string): Parsed<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { value: Object.fromEntries(Object.entries(value)) };
  } catch {
    // Said below, without the text: it may be a secret in the wrong place.
  }
  return { expected: 'an object in JSON, as the setting holds it' };
}

function parseText(text: string): Parsed<string> {
  return { value: text };
}

function parseSwitch(text: string): Parsed<boolean> {
  if (/^(true|on|1)$/i.test(text)) return { value: true };
  if (/^(false|off|0)$/i.test(text)) return { value: false };
  return { expected: 'true or false' };
}

function choice<Choice extends string>(...choices: readonly Choice[]): (text: string) => Parsed<Choice> {
  return (text) => {
    const value = choices.find((candidate) => candidate === text);
    return value === undefined ? { expected: `one of ${choices.join(', ')}` } : { value };
  };
}

function parseAmount(text: string): Parsed<number> {
  return /^\d+(\.\d+)?$/.test(text) ? { value: Number(text) } : { expected: 'an amount such as 0.50' };
}

function parseCount(text: string): Parsed<number> {
  const value = Number(text);
  return /^\d+$/.test(text) && value > 0 && Number.isSafeInteger(value)
    ? { value }
    : { expected: 'a whole number above 0' };
}

function parseNames(text: string): Parsed<readonly string[]> {
  return {
    value: text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  };
}

/** `rule.bare-glob=off, rule.missing-file=error`. */
function parseSeverities(text: string): Parsed<Readonly<Record<string, string>>> {
  const pairs = text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => /^\s*(rule\.[\w-]+)\s*=\s*(off|hint|information|warning|error)\s*$/.exec(pair));
  const read = pairs.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''] as const);
  if (pairs.includes(null)) {
    return { expected: 'codes with off, hint, information, warning or error, as in `rule.bare-glob=off`' };
  }
  return { value: Object.fromEntries(read) };
}

/** `pytest`, or `tools/**=unittest, **=pytest`. */
function parseRunners(text: string): Parsed<Readonly<Record<string, string>>> {
  const pairs = text
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => /^\s*(?:(\S+?)\s*=\s*)?([\w-]+)\s*$/.exec(pair));
  if (pairs.includes(null))
    return { expected: 'names of runners, or globs with them, as in `tools/**=unittest`' };
  return { value: Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '**', pair?.[2] ?? ''])) };
}

function parseUrl(text: string): Parsed<string> {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  return protocol === 'http:' || protocol === 'https:'
    ? { value: text }
    : { expected: 'an http or https address' };
}

/** `azure=https://…, vllm=http://…`. */
function parseUrls(text: string): Parsed<Readonly<Record<string, string>>> {
  const pairs = parseNames(text);
  const read = ('value' in pairs ? pairs.value : []).map((pair) => /^([\w-]+)\s*=\s*(\S+)$/.exec(pair));
  const urls = read.map((pair) => [pair?.[1] ?? '', pair?.[2] ?? ''] as const);
  return urls.every(([, url]) => 'value' in parseUrl(url))
    ? { value: Object.fromEntries(urls) }
    : { expected: 'providers with http or https addresses, as in `vllm=http://localhost:8000/v1`' };
}

/** JSON, since an argument may hold any character: `{"anthropic":["op","read","op://vault/anthropic/key"]}`. */
function parseCommands(text: string): Parsed<Readonly<Record<string, readonly string[]>>> {
  const expected = 'JSON such as `{"anthropic":["op","read","op://vault/anthropic/key"]}`';
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { expected };
    const rows = Object.entries(value).filter((entry): entry is [string, string[]] => isCommand(entry[1]));
    return rows.length === Object.keys(value).length ? { value: Object.fromEntries(rows) } : { expected };
  } catch {
    return { expected };
  }
}

function isCommand(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

function textOf(environment: Environment, variable: string): string {
  return environment[variable]?.trim() ?? '';
}

function unknownVariables(environment: Environment): readonly string[] {
  const known = new Set(
    rows.flatMap(({ key, aliases = [] }) => [variableOf(key), ...aliases.map((alias) => prefix + alias)]),
  );
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.has(name))
    .sort();
}
