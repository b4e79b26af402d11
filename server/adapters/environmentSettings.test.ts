import assert from 'node:assert/strict';
import { defaultModelSettings } from '../protocol/modelSettings.ts';
import type { EditorSettings } from '../protocol/requests.ts';
import {
  environmentKeys,
  parseEnvironmentSettings,
  storageFolder,
  variableOf,
} from './environmentSettings.ts';

const base: EditorSettings = {
  ai: { enabled: 'unset', provider: '', model: '', baseUrl: '' },
  approval: 'preview',
  limits: { usdPerRun: 0.5, usdPerDay: 5, secondsPerRun: 600, attempts: 5, tokensPerRun: 200_000 },
  models: defaultModelSettings,
  replay: { mode: 'off', folder: '' },
  rules: {
    builtin: [],
    folders: [],
    dialects: [],
    problems: {},
    eventsOff: [],
    enabled: true,
    quietHours: true,
    byFolder: {},
  },
  tests: { pythonPath: '', timeoutSeconds: 120 },
  trace: 'off',
  proxy: '',
};

/** A variable, a good value, and the setting that must hold the result. */
const good: readonly (readonly [string, string, string, unknown])[] = [
  ['CODEGEN_LAB_CONFIG_AI_ENABLED', 'true', 'ai.enabled', true],
  ['CODEGEN_LAB_CONFIG_ENABLE_AI', 'OFF', 'ai.enabled', false],
  ['CODEGEN_LAB_CONFIG_AI_PROVIDER', ' openai ', 'ai.provider', 'openai'],
  ['CODEGEN_LAB_CONFIG_AI_MODEL', 'gpt-5', 'ai.model', 'gpt-5'],
  ['CODEGEN_LAB_CONFIG_AI_BASE_URL', 'http://127.0.0.1:1/v1', 'ai.baseUrl', 'http://127.0.0.1:1/v1'],
  [
    'CODEGEN_LAB_CONFIG_AI_BASE_URLS',
    'azure=https://r.test/v1, vllm = http://h:1',
    'ai.baseUrls',
    { azure: 'https://r.test/v1', vllm: 'http://h:1' },
  ],
  ['CODEGEN_LAB_CONFIG_AI_ANSWER_FORM', 'chunks', 'ai.answerForm', 'chunks'],
  ['CODEGEN_LAB_CONFIG_AI_SECRETS_IN_PROMPTS', 'refuse', 'ai.secretsInPrompts', 'refuse'],
  [
    'CODEGEN_LAB_CONFIG_AI_KEY_COMMANDS',
    '{"openai":["op","read","op://a, b=c"]}',
    'ai.keyCommands',
    { openai: ['op', 'read', 'op://a, b=c'] },
  ],
  ['CODEGEN_LAB_CONFIG_APPROVAL', 'auto', 'approval', 'auto'],
  ['CODEGEN_LAB_CONFIG_LIMITS_USD_PER_RUN', '0', 'limits.usdPerRun', 0],
  ['CODEGEN_LAB_CONFIG_LIMITS_USD_PER_DAY', '1.25', 'limits.usdPerDay', 1.25],
  ['CODEGEN_LAB_CONFIG_LIMITS_SECONDS_PER_RUN', '30', 'limits.secondsPerRun', 30],
  ['CODEGEN_LAB_CONFIG_LIMITS_ATTEMPTS', '2', 'limits.attempts', 2],
  ['CODEGEN_LAB_CONFIG_LIMITS_TOKENS_PER_RUN', '1000', 'limits.tokensPerRun', 1000],
  ['CODEGEN_LAB_CONFIG_MODELS_PROVIDERS', 'openai, ollama', 'models.providers', ['openai', 'ollama']],
  [
    'CODEGEN_LAB_CONFIG_MODELS_ROLES',
    '{"tester":{"use":["a/b"]}}',
    'models.roles',
    { tester: { use: ['a/b'] } },
  ],
  ['CODEGEN_LAB_CONFIG_MODELS_CALLS', '{"plan":{"timeout":9}}', 'models.calls', { plan: { timeout: 9 } }],
  ['CODEGEN_LAB_CONFIG_MODELS_LIMITS', '{"usd":{"call":1}}', 'models.limits', { usd: { call: 1 } }],
  ['CODEGEN_LAB_CONFIG_MODELS_PRICES', '{"a/b":{"input":1}}', 'models.prices', { 'a/b': { input: 1 } }],
  ['CODEGEN_LAB_CONFIG_MODELS_UNKNOWN_PRICE', 'refuse', 'models.unknownPrice', 'refuse'],
  ['CODEGEN_LAB_CONFIG_MODELS_CACHE', 'all', 'models.cache.mode', 'all'],
  ['CODEGEN_LAB_CONFIG_MODELS_CACHE_MEGABYTES', '7', 'models.cache.megabytes', 7],
  ['CODEGEN_LAB_CONFIG_MODELS_REDIS', 'true', 'models.cache.redis', true],
  ['CODEGEN_LAB_CONFIG_ENABLE_REDIS', 'on', 'models.cache.redis', true],
  ['CODEGEN_LAB_CONFIG_MODELS_TRACE', 'true', 'models.trace', true],
  ['CODEGEN_LAB_CONFIG_DEBUG_LANGCHAIN', '1', 'models.trace', true],
  ['CODEGEN_LAB_CONFIG_MODELS_TARGET_FIRST_TOKEN_MS', '900', 'models.target.firstTokenMs', 900],
  ['CODEGEN_LAB_CONFIG_MODELS_TARGET_TOTAL_MS', '9000', 'models.target.totalMs', 9000],
  ['CODEGEN_LAB_CONFIG_REPLAY_MODE', 'replay', 'replay.mode', 'replay'],
  ['CODEGEN_LAB_CONFIG_REPLAY_FOLDER', 'answers', 'replay.folder', 'answers'],
  ['CODEGEN_LAB_CONFIG_POLICY_FILE', '/etc/p.yaml', 'policy.file', '/etc/p.yaml'],
  ['CODEGEN_LAB_CONFIG_GENERATED_CODE_SCAN', 'block', 'generatedCode.scan', 'block'],
  [
    'CODEGEN_LAB_CONFIG_SANDBOX_DOMAINS',
    'pypi.org, *.npmjs.org',
    'sandbox.domains',
    ['pypi.org', '*.npmjs.org'],
  ],
  ['CODEGEN_LAB_CONFIG_AUDIT_REQUIRED', 'off', 'audit.required', false],
  ['CODEGEN_LAB_CONFIG_RULES_ENABLED', 'false', 'rules.enabled', false],
  ['CODEGEN_LAB_CONFIG_RULES_EVENTS_OFF', 'open, save', 'rules.eventsOff', ['open', 'save']],
  ['CODEGEN_LAB_CONFIG_RULES_QUIET_HOURS', 'off', 'rules.quietHours', false],
  ['CODEGEN_LAB_CONFIG_RULES_BUILTIN', 'a, b,', 'rules.builtin', ['a', 'b']],
  ['CODEGEN_LAB_CONFIG_RULES_FOLDERS', 'docs/rules, x', 'rules.folders', ['docs/rules', 'x']],
  ['CODEGEN_LAB_CONFIG_RULES_DIALECTS', 'agents, kiro', 'rules.dialects', ['agents', 'kiro']],
  [
    'CODEGEN_LAB_CONFIG_RULES_PROBLEMS',
    'rule.bare-glob=off, rule.bad-version = error',
    'rules.problems',
    { 'rule.bare-glob': 'off', 'rule.bad-version': 'error' },
  ],
  ['CODEGEN_LAB_CONFIG_TESTS_PYTHON_PATH', '/opt/py', 'tests.pythonPath', '/opt/py'],
  ['CODEGEN_LAB_CONFIG_TESTS_TIMEOUT_SECONDS', '5', 'tests.timeoutSeconds', 5],
  ['CODEGEN_LAB_CONFIG_TESTS_RUNNER', 'unittest', 'tests.runner', { '**': 'unittest' }],
  [
    'CODEGEN_LAB_CONFIG_TESTS_RUNNER',
    'tools/** = unittest, web/**=vitest',
    'tests.runner',
    { 'tools/**': 'unittest', 'web/**': 'vitest' },
  ],
  ['CODEGEN_LAB_CONFIG_TESTS_RETRIES', '2', 'tests.retries', 2],
  ['CODEGEN_LAB_CONFIG_GENERATED_TESTS_REPETITIONS', '9', 'generatedTests.repetitions', 9],
  ['CODEGEN_LAB_CONFIG_GENERATED_TESTS_MAX_MUTANTS', '7', 'generatedTests.maxMutants', 7],
  ['CODEGEN_LAB_CONFIG_GENERATED_TESTS_MAX_SECONDS', '60', 'generatedTests.maxSeconds', 60],
  ['CODEGEN_LAB_CONFIG_TRACE_SERVER', 'verbose', 'trace', 'verbose'],
];

const bad: readonly (readonly [string, string])[] = [
  ['CODEGEN_LAB_CONFIG_ENABLE_AI', 'maybe'],
  ['CODEGEN_LAB_CONFIG_AI_BASE_URL', 'file:///etc/passwd'],
  ['CODEGEN_LAB_CONFIG_AI_BASE_URL', 'sk-secret-in-the-wrong-place'],
  ['CODEGEN_LAB_CONFIG_MODELS_ROLES', 'tester=a/b'],
  ['CODEGEN_LAB_CONFIG_MODELS_LIMITS', '[1]'],
  ['CODEGEN_LAB_CONFIG_MODELS_CACHE', 'yes'],
  ['CODEGEN_LAB_CONFIG_AI_BASE_URLS', 'azure'],
  ['CODEGEN_LAB_CONFIG_AI_BASE_URLS', 'azure=file:///x'],
  ['CODEGEN_LAB_CONFIG_AI_KEY_COMMANDS', 'op read x'],
  ['CODEGEN_LAB_CONFIG_AI_KEY_COMMANDS', '{"openai":"op read x"}'],
  ['CODEGEN_LAB_CONFIG_AI_KEY_COMMANDS', '{"openai":[]}'],
  ['CODEGEN_LAB_CONFIG_AI_ANSWER_FORM', 'patch'],
  ['CODEGEN_LAB_CONFIG_APPROVAL', 'always'],
  ['CODEGEN_LAB_CONFIG_LIMITS_USD_PER_RUN', '-1'],
  ['CODEGEN_LAB_CONFIG_LIMITS_USD_PER_DAY', 'Infinity'],
  ['CODEGEN_LAB_CONFIG_LIMITS_ATTEMPTS', '0'],
  ['CODEGEN_LAB_CONFIG_LIMITS_TOKENS_PER_RUN', '1e99'],
  ['CODEGEN_LAB_CONFIG_TESTS_TIMEOUT_SECONDS', '1.5'],
  ['CODEGEN_LAB_CONFIG_RULES_PROBLEMS', 'rule.bare-glob'],
  ['CODEGEN_LAB_CONFIG_RULES_PROBLEMS', 'rule.bare-glob=loud'],
];

describe('parseEnvironmentSettings', () => {
  for (const [variable, value, key, expected] of good) {
    it(`reads ${key} from ${variable}`, () => {
      const { settings, problems, unknown } = parseEnvironmentSettings({ [variable]: value }, base);
      assert.deepEqual(lookUp(settings, key), expected);
      assert.deepEqual([problems, unknown], [[], []]);
    });
  }

  it('has a row above for every key that it reads', () => {
    const tested = new Set(good.map(([variable]) => variable));
    assert.deepEqual(
      environmentKeys.map(variableOf).filter((variable) => !tested.has(variable)),
      [],
    );
  });

  for (const [variable, value] of bad) {
    it(`refuses ${variable}=${value}, names the variable and does not repeat the value`, () => {
      const { settings, problems } = parseEnvironmentSettings({ [variable]: value }, base);
      assert.deepEqual(settings, base);
      assert.deepEqual(
        problems.map((problem) => problem.variable),
        [variable],
      );
      assert.ok(problems[0]?.message.startsWith(`${variable} must be `));
      assert.doesNotMatch(problems[0]?.message ?? '', /secret|passwd|maybe|always/);
    });
  }

  it('counts an empty variable as not set', () => {
    const empty = Object.fromEntries(environmentKeys.map((key) => [variableOf(key), ' ']));
    assert.deepEqual(parseEnvironmentSettings(empty, base), { settings: base, problems: [], unknown: [] });
  });

  it('refuses two spellings of one setting that contradict each other', () => {
    const environment = { CODEGEN_LAB_CONFIG_AI_ENABLED: 'true', CODEGEN_LAB_CONFIG_ENABLE_AI: 'false' };
    const [problem] = parseEnvironmentSettings(environment, base).problems;
    assert.match(problem?.message ?? '', /AI_ENABLED must be the same as CODEGEN_LAB_CONFIG_ENABLE_AI/);
  });

  it('tells variables with our prefix that it does not know, and leaves others alone', () => {
    const { unknown } = parseEnvironmentSettings({ CODEGEN_LAB_CONFIG_LIMIT_USD: '1', HOME: '/h' }, base);
    assert.deepEqual(unknown, ['CODEGEN_LAB_CONFIG_LIMIT_USD']);
  });
});

describe('storageFolder', () => {
  const cases: readonly (readonly [NodeJS.Platform, Record<string, string>, string])[] = [
    ['linux', {}, '/home/a/.local/state/codegen-lab'],
    ['linux', { XDG_STATE_HOME: '/state' }, '/state/codegen-lab'],
    ['linux', { XDG_STATE_HOME: 'relative' }, '/home/a/.local/state/codegen-lab'],
    ['linux', { XDG_STATE_HOME: '/state', CODEGEN_LAB_STORAGE: '/mine' }, '/mine'],
    ['darwin', { XDG_STATE_HOME: '/state' }, '/home/a/Library/Application Support/codegen-lab'],
    ['win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\L\\codegen-lab'],
    ['win32', {}, '\\home\\a\\AppData\\Local\\codegen-lab'],
  ];
  for (const [platform, environment, expected] of cases) {
    it(`is ${expected} on ${platform} with ${JSON.stringify(environment)}`, () => {
      assert.equal(storageFolder(environment, { platform, home: '/home/a' }), expected);
    });
  }
});

function lookUp(settings: EditorSettings, key: string): unknown {
  if (key === 'trace.server') return settings.trace;
  return key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], settings);
}
