import assert from 'node:assert/strict';
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
import { unsetSettings } from '../settings.ts';
import { createHealth } from './health.ts';

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
