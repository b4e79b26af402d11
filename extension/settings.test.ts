import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolveSettings } from './settings.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>>;
    }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;
const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((section) => section.properties),
) as Manifest['contributes']['configuration'][number]['properties'];

function settingsOf(values: Readonly<Record<string, unknown>>): ReturnType<typeof resolveSettings> {
  return resolveSettings((name) => values[name]);
}

describe('resolveSettings', () => {
  it('takes what a workspace folder switches off', () => {
    const own = new Map<string, unknown>([
      ['codegenLab.rules.enabled', false],
      ['codegenLab.rules.eventsOff', ['open', 1]],
    ]);
    const folders = [
      { root: '/off', read: (name: string) => own.get(name) },
      { root: '/says nothing', read: () => undefined },
    ];
    assert.deepEqual(resolveSettings(() => undefined, folders).rules.byFolder, {
      '/off': { enabled: false, eventsOff: ['open'] },
      '/says nothing': { enabled: true, eventsOff: [] },
    });
  });

  it('gives the same defaults as the manifest', () => {
    const fromManifest = resolveSettings((name) => properties[name]?.default);
    assert.deepEqual(settingsOf({}), fromManifest);
    assert.equal(fromManifest.ai.enabled, 'unset');
    assert.equal(fromManifest.approval, 'preview');
  });

  for (const [value, expected] of [
    ['on', true],
    [true, true],
    ['off', false],
    [false, false],
    ['unset', 'unset'],
    ['maybe', 'unset'],
    [undefined, 'unset'],
  ] as const) {
    it(`reads codegenLab.ai.enabled ${JSON.stringify(value)} as ${JSON.stringify(expected)}`, () => {
      assert.equal(settingsOf({ 'codegenLab.ai.enabled': value }).ai.enabled, expected);
    });
  }

  it('carries every value over', () => {
    const settings = settingsOf({
      'codegenLab.ai.provider': ' anthropic ',
      'codegenLab.ai.baseUrl': 'http://localhost:1/v1',
      'codegenLab.ai.baseUrls': { azure: 'https://r.test/v1', vllm: 1 },
      'codegenLab.ai.keyCommands': { openai: ['op', 'read', 2], azure: 'op' },
      'codegenLab.approval': 'auto',
      'codegenLab.limits.usdPerRun': 0,
      'codegenLab.replay.mode': 'auto',
      'codegenLab.rules.builtin': ['one', 2, 'three'],
      'codegenLab.rules.folders': ['docs/rules', 4],
      'codegenLab.rules.dialects': ['agents', 5],
      'codegenLab.rules.problems': { 'rule.bare-glob': 'off', 'rule.bad-version': 1 },
      'codegenLab.rules.eventsOff': ['open', 6],
      'codegenLab.rules.enabled': false,
      'codegenLab.models.providers': ['ollama', 1],
      'codegenLab.models.roles': { tester: { use: ['ollama/a'] } },
      'codegenLab.models.limits': ['none'],
      'codegenLab.models.unknownPrice': 'refuse',
      'codegenLab.models.cache': 'all',
      'codegenLab.models.cacheMegabytes': -1,
      'codegenLab.models.redis': true,
      'codegenLab.models.trace': true,
      'codegenLab.trace.server': 'verbose',
      'http.proxy': 'http://proxy:3128',
      'http.noProxy': ['corp.test', 3],
    });
    assert.equal(settings.ai.provider, 'anthropic');
    assert.equal(settings.ai.baseUrl, 'http://localhost:1/v1');
    assert.deepEqual(settings.ai.baseUrls, { azure: 'https://r.test/v1' });
    assert.deepEqual(settings.ai.keyCommands, { openai: ['op', 'read'], azure: [] });
    assert.deepEqual(settings.noProxy, ['corp.test']);
    assert.equal(settings.approval, 'auto');
    assert.equal(settings.limits.usdPerRun, 0);
    assert.equal(settings.replay.mode, 'auto');
    assert.deepEqual(settings.rules, {
      builtin: ['one', 'three'],
      folders: ['docs/rules'],
      dialects: ['agents'],
      problems: { 'rule.bare-glob': 'off' },
      eventsOff: ['open'],
      enabled: false,
      quietHours: true,
      byFolder: {},
    });
    assert.deepEqual(settings.models, {
      providers: ['ollama'],
      roles: { tester: { use: ['ollama/a'] } },
      calls: {},
      limits: {},
      prices: {},
      unknownPrice: 'refuse',
      cache: { mode: 'all', megabytes: 50, redis: true },
      trace: true,
      target: { firstTokenMs: 0, totalMs: 0 },
    });
    assert.equal(settings.trace, 'verbose');
    assert.equal(settings.proxy, 'http://proxy:3128');
    const off = settingsOf({ 'http.proxy': 'http://proxy:3128', 'http.proxySupport': 'off' });
    assert.equal(off.proxy, 'off');
  });

  for (const value of ['10', Number.NaN, Number.POSITIVE_INFINITY, -1, null]) {
    it(`does not lift a limit that is ${String(value)} (${typeof value})`, () => {
      assert.equal(settingsOf({ 'codegenLab.limits.usdPerDay': value }).limits.usdPerDay, 5);
    });
  }

  it('takes the strictest approval for a word it does not know', () => {
    assert.equal(settingsOf({ 'codegenLab.approval': 'yolo' }).approval, 'preview');
  });
});

describe('the manifest', () => {
  const harmless = ['codegenLab.rules.enabled', 'codegenLab.rules.eventsOff', 'codegenLab.trace.server'];
  /** What a workspace may set once a person trusts it. */
  const forTrusted = [
    'codegenLab.rules.dialects',
    'codegenLab.rules.folders',
    'codegenLab.rules.problems',
    'codegenLab.tests.runner',
  ];

  for (const [name, { scope }] of Object.entries(properties)) {
    if (harmless.includes(name)) continue;
    const isForTrusted = forTrusted.includes(name);
    it(`lets no ${isForTrusted ? 'untrusted ' : ''}workspace set ${name}`, () => {
      assert.ok(isForTrusted || ['machine', 'application'].includes(scope), `scope is ${scope}`);
      assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name));
    });
  }
});
