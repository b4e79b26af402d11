import assert from 'node:assert/strict';
import type { HealthCheck } from '../../protocol/health.ts';
import type { EditorSettings } from '../../protocol/requests.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import { unsetSettings } from '../settings.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';
import type { Engine } from '../engine.ts';
import type { MachineHealth } from '../ports/machineHealth.ts';
import { createHealth } from './health.ts';
import type { HealthParts } from './healthParts.ts';

const { signal } = new AbortController();
const root = '/home/ann/secret-project';

const machine: MachineHealth = {
  versions: async () => ({ node: '24.1.0', platform: 'linux x64', git: '2.39.5', home: '/home/ann' }),
  storage: async () => ({ path: '/home/ann/data', unwritable: undefined, freeBytes: 9e9 }),
  workspace: async () => ({ path: root, unwritable: undefined, freeBytes: 9e9 }),
  otherProcesses: async () => [],
  secretValues: () => [],
};
const using = (ai: Partial<EditorSettings['ai']>): EditorSettings => ({
  ...unsetSettings,
  ai: { ...unsetSettings.ai, ...ai },
});

function parts(changes: Partial<HealthParts> = {}, answers: Partial<Engine> = {}): HealthParts {
  return {
    engine: createScriptedEngine(answers),
    machine,
    sandbox: { examine: async () => ({ how: 'bubblewrap', checks: [] }) },
    journals: { recent: async () => [] },
    keys: { read: async () => undefined, sourceOf: async () => undefined },
    providers: [],
    policies: { read: async () => [] },
    isTrusted: () => true,
    version: '1.2.3',
    unknownVariables: [],
    settings: () => unsetSettings,
    logLines: () => [],
    ...changes,
  };
}

const began = (run: string, more: object = {}): RunEvent => ({
  ...{ v: 1, run, seq: 0, at: 1_000, type: 'run.started', rule: 'r', ruleId: 'r.mdc', ruleHash: 'h' },
  ...{ action: 'test', file: 'a.py', fileDigest: '', approval: 'ask' },
  budget: { usd: 0, tokens: 0, seconds: 1, attempts: 1 },
  cause: { event: 'save', origin: 'user', depth: 0, ...more },
});
const stored = (run: string, events: readonly RunEvent[] = [began(run)]) => ({
  ...{ run, events, trusted: events.length > 0, owned: false },
});
const queries = (found: object): Partial<Engine> => ({
  testQueries: () => ({
    files: async () => [],
    declaredIn: async () => undefined,
    affected: async () => ({ paths: [], ids: [], choices: [], left: 0, why: '' }),
    coverage: () => undefined,
    coverageOf: () => undefined,
    runners: async () => ({ packages: [], notRun: [], ...found }),
  }),
});
const asks = (candidates: readonly string[], problems: readonly string[] = []): Partial<Engine> => {
  const plain = createScriptedEngine();
  const roles = [{ role: 'code', candidates, values: [], skipped: [] }];
  return {
    models: () => ({ ...plain.models(), check: async () => ({ roles, limits: [], problems, tried: [] }) }),
  };
};
const provider = {
  ...{ id: 'p', label: 'P', description: '', baseUrl: '', suggestedModel: '' },
  ...{ needsKey: true, asksBaseUrl: false, keyVariables: ['P_KEY'] },
};

const cases: readonly (readonly [
  what: string,
  given: HealthParts,
  id: string,
  state: HealthCheck['state'],
  seen: RegExp,
])[] = [
  ['versions', parts(), 'version', 'good', /1\.2\.3 on Node 24\.1\.0, linux x64/],
  [
    'an old Node',
    parts({
      machine: {
        ...machine,
        versions: async () => ({ ...(await machine.versions(signal)), node: '20.18.1' }),
      },
    }),
    'version',
    'bad',
    /20\.18\.1/,
  ],
  ['no policy', parts(), 'policies', 'good', /No policy/],
  [
    'policies',
    parts({ policies: { read: async () => [{ file: '.codegen-lab/policy.yaml', text: 'roles: {}' }] } }),
    'policies',
    'good',
    /One policy takes rights away here: \.codegen-lab\/policy\.yaml\./,
  ],
  [
    'a policy that stops everything',
    parts({ policies: { read: async () => [{ file: 'p.yaml', text: 'roles:\n  rulez: {}\n' }] } }),
    'policies',
    'bad',
    /^p\.yaml:2 cannot be understood\. Until then/,
  ],
  [
    'a policy that cannot be read',
    parts({ policies: { read: async () => [{ file: 'p.yaml', text: { unreadable: 'EACCES' } }] } }),
    'policies',
    'bad',
    /p\.yaml cannot be read \(EACCES\)/,
  ],
  [
    'no git',
    parts({
      machine: {
        ...machine,
        versions: async () => ({ ...(await machine.versions(signal)), git: undefined }),
      },
    }),
    'git',
    'attention',
    /not found/,
  ],
  [
    'own data that cannot be written',
    parts({
      machine: { ...machine, storage: async () => ({ path: '/s', unwritable: 'EROFS', freeBytes: 1 }) },
    }),
    'storage',
    'bad',
    /EROFS/,
  ],
  [
    'a disk that is nearly full',
    parts({
      machine: {
        ...machine,
        storage: async () => ({ path: '/s', unwritable: undefined, freeBytes: 499_999_999 }),
      },
    }),
    'storage',
    'attention',
    /499 MB/,
  ],
  [
    'a folder that cannot be written',
    parts({
      machine: { ...machine, workspace: async () => ({ path: '/w', unwritable: 'EACCES', freeBytes: 1 }) },
    }),
    'workspace',
    'attention',
    /no edit can land/,
  ],
  ['a folder without trust', parts({ isTrusted: () => false }), 'trust', 'attention', /nothing runs/],
  [
    'variables without effect',
    parts({ unknownVariables: ['CODEGEN_LAB_CONFIG_X'] }),
    'environment',
    'attention',
    /CODEGEN_LAB_CONFIG_X/,
  ],
  [
    'another process',
    parts({ machine: { ...machine, otherProcesses: async () => [42] } }),
    'processes',
    'attention',
    /process 42/,
  ],
  ['no tests', parts({}, queries({})), 'tests', 'good', /no tests/],
  [
    'a package and its runner',
    parts(
      {},
      queries({ packages: [{ runner: 'pytest', folder: 'py', why: 'W', program: '.venv', files: 2 }] }),
    ),
    'tests.py.pytest',
    'good',
    /2 files by pytest, because W; run with \.venv/,
  ],
  [
    'a runner that is missing',
    parts({}, queries({ notRun: [{ why: 'noProgram', paths: ['a_test.go'], message: 'Install Go.' }] })),
    'tests.a_test.go',
    'bad',
    /Install Go/,
  ],
  [
    'tests that nobody can place',
    parts({}, queries({ notRun: [{ why: 'noRunner', paths: ['a.test.ts'], message: 'M' }] })),
    'tests.a.test.ts',
    'attention',
    /cannot run\. M/,
  ],
  ['no model', parts({}, asks([], ['Choose one.'])), 'models', 'attention', /Choose one/],
  [
    'wrong settings of models',
    parts({ settings: () => using({ enabled: true }) }, asks(['p/m'], ['Line 3 is wrong.'])),
    'models',
    'bad',
    /Line 3/,
  ],
  [
    'a key that is missing',
    parts({ settings: () => using({ enabled: true }), providers: [provider] }, asks(['p/m'])),
    'key.p',
    'bad',
    /none/,
  ],
  [
    'a key that is there',
    parts(
      {
        settings: () => using({ enabled: true }),
        providers: [provider],
        keys: { read: async () => 'k', sourceOf: async () => 'P_KEY' },
      },
      asks(['p/m']),
    ),
    'key.p',
    'good',
    /from P_KEY/,
  ],
  [
    'a sandbox that does not start',
    parts({
      sandbox: {
        examine: async () => ({
          how: undefined,
          checks: [
            { id: 'start', claim: 'It starts.', holds: false, seen: 'No bwrap.', remedy: 'Install it.' },
          ],
        }),
      },
    }),
    'sandbox',
    'attention',
    /No bwrap/,
  ],
  [
    'a sandbox with a hole',
    parts({
      sandbox: {
        examine: async () => ({
          how: 'x',
          checks: [{ id: 'net', claim: 'No network.', holds: false, seen: 'Got out.', remedy: 'Mend.' }],
        }),
      },
    }),
    'sandbox',
    'bad',
    /No network\. Got out/,
  ],
  [
    'a journal that this installation did not write',
    parts({ journals: { recent: async () => [stored('a', [])] } }),
    'journals',
    'attention',
    /1 that this installation did not write/,
  ],
  [
    'a journal with a damaged end',
    parts({ journals: { recent: async () => [{ ...stored('a'), lostBytes: 7 }] } }),
    'journals',
    'attention',
    /1 with a damaged end/,
  ],
  [
    'a journal of which acknowledged steps are gone',
    parts({ journals: { recent: async () => [{ ...stored('a'), trusted: false, damaged: true }] } }),
    'journals',
    'attention',
    /^1 journal\. 1 of which steps that were acknowledged are altered or gone/,
  ],
  [
    'a run that was cut short',
    parts({ journals: { recent: async () => [stored('a')] } }),
    'runs',
    'attention',
    /1 run cut short, the newest a \(r on a\.py\)/,
  ],
  [
    'a run of a living process, which is not cut short',
    parts({ journals: { recent: async () => [{ ...stored('a'), owned: true }] } }),
    'runs',
    'good',
    /No run was cut short/,
  ],
  [
    'what cannot be looked at',
    parts({ sandbox: { examine: () => Promise.reject(new Error('Broken.')) } }),
    'sandbox',
    'bad',
    /could not be looked at: Broken/,
  ],
];

describe('The doctor sees', () => {
  for (const [what, given, id, state, seen] of cases)
    it(what, async () => {
      const { checks } = await createHealth(given).examine(root, signal);
      const check = checks.find((each) => each.id === id);
      assert.ok(check, checks.map((each) => each.id).join(' '));
      assert.equal(check.state, state);
      assert.match(check.seen, seen);
      // Whatever is not good says what to do.
      assert.equal(check.todo === '', state === 'good');
    });

  it('resumed runs as done with', async () => {
    const resumed = began('b', { resumes: 'a' });
    const ended: RunEvent = {
      ...{ v: 1, run: 'b', seq: 1, at: 2_000, type: 'run.finished' },
      ...{ outcome: 'unchanged', code: 'ok', message: '' },
    };
    const given = parts({ journals: { recent: async () => [stored('b', [resumed, ended]), stored('a')] } });
    const { checks } = await createHealth(given).examine(root, signal);
    assert.equal(checks.find(({ id }) => id === 'runs')?.state, 'good');
  });
});

describe('A report of an issue', () => {
  const canary = 'canary-7f3a9b';
  const run = stored('a', [
    began('a'),
    {
      ...{ v: 1, run: 'a', seq: 1, at: 2_000, type: 'run.finished' },
      ...{ outcome: 'failed', code: 'tests.red', message: `message ${canary}` },
    },
  ]);
  const given = parts(
    {
      settings: () => ({
        ...using({
          ...{ enabled: true, provider: 'p', model: 'm' },
          baseUrl: `https://user:${canary}@host.example/${canary}?key=${canary}`,
          baseUrls: { p: `http://${canary}@other.example/` },
          keyCommands: { p: ['print', canary] },
        }),
        proxy: `http://u:${canary}@proxy.example:3128`,
        models: { ...unsetSettings.models, roles: { code: { headers: canary } } },
        tests: { ...unsetSettings.tests, pythonPath: `/opt/${canary}/python`, timeoutSeconds: 7 },
        rules: {
          ...unsetSettings.rules,
          folders: [canary],
          byFolder: { [canary]: { enabled: true, eventsOff: [] } },
        },
        replay: { mode: 'replay', folder: `/r/${canary}` },
      }),
      machine: { ...machine, secretValues: () => [canary] },
      logLines: () => [
        `warn: the log says ${canary}`,
        `info: opened ${root}/a.py`,
        'error: sk-ant-abcdefghijklmnop',
      ],
      journals: { recent: async () => [run] },
      providers: [provider],
      keys: { read: async () => canary, sourceOf: async () => 'P_KEY' },
    },
    {
      ...asks(['p/m'], [`models.yaml:1: ${canary} is wrong`]),
      ...queries({
        notRun: [
          { why: 'noProgram', paths: ['test_a.py'], message: `/opt/${canary}/python cannot be executed.` },
        ],
      }),
    },
  );

  it('holds no secret, no message of a run and no place of the person', async () => {
    const text = await createHealth(given).describeIssue(root, signal);
    for (const hidden of [canary, 'sk-ant', 'message', '/home/ann', 'secret-project', 'user:'])
      assert.ok(!text.includes(hidden), `${hidden}\n${text}`);
  });

  it('masks before it escapes what Markdown would take for its own', async () => {
    const odd = 'p|a[s]s<w>o`rd';
    const place = '/w/[odd]|place';
    const text = await createHealth({
      ...given,
      machine: { ...machine, secretValues: () => [odd] },
      logLines: () => [`warn: ${odd} in ${place}/a.py`],
      unknownVariables: [odd],
    }).describeIssue(place, signal);
    assert.match(text, /warn: \\\[redacted secret\\\] in \.\/a\.py/u);
    assert.match(text, /without effect: \\\[redacted secret\\\]\./u);
  });

  it('masks by what it leaves out, even where no secret is known', async () => {
    const blind = {
      ...given,
      machine,
      logLines: () => [],
      keys: { read: async () => undefined, sourceOf: async () => 'P_KEY' },
    };
    const text = await createHealth(blind).describeIssue(root, signal);
    assert.ok(!text.includes(canary), text);
  });

  it('tells what helps', async () => {
    const text = await createHealth(given).describeIssue(root, signal);
    for (const shown of [
      'Codegen Lab 1.2.3 on Node 24.1.0',
      'ai.provider: p',
      'ai.baseUrl: https://host.example',
      'ai.keyCommands: (set)',
      'tests.timeoutSeconds: 7',
      'a · 1970-01-01T00:00:01.000Z · test · r on a.py · save · failed · tests.red',
      'info: opened ./a.py',
    ])
      assert.ok(text.includes(shown), `${shown}\n${text}`);
  });
});
