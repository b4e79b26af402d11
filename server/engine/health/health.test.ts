import assert from 'node:assert/strict';
import type { HealthCheck } from '../../protocol/health.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import {
  asks,
  began,
  machine,
  parts,
  provider,
  queries,
  root,
  signal,
  stored,
  using,
} from '../../test/healthyParts.ts';
import { createHealth } from './health.ts';
import type { HealthParts } from './healthParts.ts';

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
