import { scanWishes } from './assessment.ts';
import { formWishes, secretsWishes } from './modelSettings.ts';

export interface SettingsFault {
  /** Keys with dots between them; empty: all of it. */
  readonly at: string;
  /** What must stand there, for a person. */
  readonly expected: string;
}

/** undefined: the value is as it must be. Places begin with a dot. */
type Check = (value: unknown) => SettingsFault | undefined;

/**
 * What of a message is no settings (`EditorSettings`), as its first wrong place and what must stand there; undefined: nothing.
 * Keys that nobody knows are let be.
 */
export function findSettingsFault(settings: unknown): SettingsFault | undefined {
  const fault = checkSettings(settings);
  return fault && { at: fault.at.replace(/^\./u, ''), expected: fault.expected };
}

const must =
  (expected: string, holds: (value: unknown) => boolean): Check =>
  (value) =>
    holds(value) ? undefined : { at: '', expected };

const text = must('a text', (value) => typeof value === 'string');
const flag = must('true or false', (value) => typeof value === 'boolean');
const amount = must(
  'a number that is not negative',
  (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
);
const oneOf = (...choices: readonly unknown[]): Check =>
  must(`one of ${choices.join(', ')}`, (value) => choices.includes(value));

const anything: Check = () => undefined;

const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined ? undefined : check(value);

const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return { at: '', expected: 'a list' };
    return firstFault(value.map((item: unknown, index) => [String(index), item, check]));
  };

const recordOf =
  (check: Check): Check =>
  (value) => {
    if (!isObject(value)) return { at: '', expected: 'an object' };
    return firstFault(Object.entries(value).map(([key, item]) => [key, item, check]));
  };

const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) => {
    if (!isObject(value)) return { at: '', expected: 'an object' };
    const given = new Map(Object.entries(value));
    return firstFault(Object.entries(checks).map(([key, check]) => [key, given.get(key), check]));
  };

function firstFault(
  parts: readonly (readonly [key: string, value: unknown, check: Check])[],
): ReturnType<Check> {
  for (const [key, value, check] of parts) {
    const fault = check(value);
    if (fault !== undefined) return { ...fault, at: `.${key}${fault.at}` };
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const checkSettings = shape({
  ai: shape({
    enabled: oneOf(true, false, 'unset'),
    provider: text,
    model: text,
    baseUrl: text,
    baseUrls: maybe(recordOf(text)),
    keyCommands: maybe(recordOf(listOf(text))),
    answerForm: maybe(oneOf(...formWishes)),
    secretsInPrompts: maybe(oneOf(...secretsWishes)),
  }),
  approval: oneOf('auto', 'ask', 'preview'),
  limits: shape({
    usdPerRun: amount,
    usdPerDay: amount,
    secondsPerRun: amount,
    attempts: amount,
    tokensPerRun: amount,
  }),
  models: shape({
    providers: listOf(text),
    // The engine reads these further, and tells what is wrong in them.
    roles: recordOf(anything),
    calls: recordOf(anything),
    limits: recordOf(anything),
    prices: recordOf(anything),
    unknownPrice: oneOf('count', 'refuse'),
    cache: shape({ mode: oneOf('off', 'repeatable', 'all'), megabytes: amount, redis: flag }),
    trace: flag,
    target: shape({ firstTokenMs: amount, totalMs: amount }),
  }),
  audit: maybe(shape({ required: flag })),
  policy: maybe(shape({ file: text })),
  replay: shape({ mode: oneOf('off', 'record', 'replay', 'auto'), folder: text }),
  rules: shape({
    builtin: listOf(text),
    folders: listOf(text),
    dialects: listOf(text),
    problems: recordOf(text),
    eventsOff: listOf(text),
    enabled: flag,
    quietHours: flag,
    byFolder: recordOf(shape({ enabled: flag, eventsOff: listOf(text) })),
  }),
  tests: shape({
    pythonPath: text,
    timeoutSeconds: amount,
    retries: maybe(amount),
    runner: maybe(recordOf(text)),
  }),
  generatedTests: maybe(
    shape({ repetitions: maybe(amount), maxMutants: maybe(amount), maxSeconds: maybe(amount) }),
  ),
  generatedCode: maybe(shape({ scan: oneOf(...scanWishes) })),
  sandbox: maybe(shape({ domains: listOf(text) })),
  trace: oneOf('off', 'messages', 'verbose'),
  proxy: text,
  noProxy: maybe(listOf(text)),
});
