import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReplayProvider } from '../../engine/llm/replayProvider.ts';
import { requestKey } from '../../engine/llm/cassette/requestKey.ts';
import { collectEvents, sampleRequest } from '../../test/collectEvents.ts';
import { CommandLineWorkspace } from '../../test/commandLine.ts';
import { MemoryCassettes } from '../../test/memoryCassettes.ts';
import { createScriptedModels } from '../../test/scriptedModels.ts';
import { VirtualClock } from '../../test/virtualClock.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const folder = '.codegen-lab/cassettes';
const key = requestKey(sampleRequest, sha256);
const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

/** The file of a recording, made as the product makes it, without a redactor. */
async function record(text: string): Promise<string> {
  const store = new MemoryCassettes();
  const record = createScriptedModels([{ text, model: 'claude-opus-5-5' }], { ids: ['anthropic'] });
  const live = record.provider('anthropic');
  assert.ok(live);
  const provider = createReplayProvider({
    store,
    mode: 'record',
    record: live,
    digest: sha256,
    clock: new VirtualClock(Date.UTC(2026, 10, 21)),
    redact: (unmasked) => unmasked,
    onWriteFailed: (reason) => assert.fail(reason),
  });
  await collectEvents(provider);
  return store.texts.get(key) ?? '';
}

describe('clctl cassette', () => {
  let workspace: CommandLineWorkspace;
  beforeEach(() => {
    workspace = new CommandLineWorkspace({});
    mkdirSync(join(workspace.root, folder), { recursive: true });
  });
  afterEach(() => workspace.remove());
  const put = (text: string, name = key): void =>
    writeFileSync(join(workspace.root, folder, `${name}.json`), text);

  it('lists who answered what, when', async () => {
    put(await record('code'));
    const { code, stdout } = await workspace.run('ctl cassette list');
    assert.equal(code, 0);
    assert.match(
      stdout,
      new RegExp(`${key.slice(0, 12)} +anthropic/claude-opus-5-5 +2026-11-21 +Write a test`),
    );
    const [row] = JSON.parse((await workspace.run('ctl cassette list --json')).stdout) as Record<
      string,
      unknown
    >[];
    assert.deepEqual(row, {
      key,
      provider: 'anthropic',
      model: 'claude-opus-5-5',
      date: '2026-11-21',
      messages: 1,
      problems: [],
    });
  });

  it('says that there is none, also where there is no folder', async () => {
    assert.equal((await workspace.run('ctl cassette list')).stdout, 'Nothing is recorded here.\n');
    assert.equal(
      (await workspace.run('ctl cassette verify elsewhere')).stdout,
      '0 recorded, 0 with problems.\n',
    );
  });

  it('verifies what is good', async () => {
    put(await record('code'));
    const { code, stdout } = await workspace.run(`ctl cassette verify ${folder}`);
    assert.deepEqual([code, stdout], [0, '1 recorded, 0 with problems.\n']);
  });

  for (const [what, change, name, problem] of [
    ['is no JSON', () => '{', key, /cannot be read: it is not JSON/],
    ['has another form', () => '{}', key, /cannot be read: /],
    ['lies under another key', (text: string) => text, 'a'.repeat(64), /name of another key/],
    [
      'was changed by hand',
      (text: string) => text.replace('Write a test', 'Write no test'),
      key,
      /request was changed/,
    ],
    [
      'was changed by hand and says that its answer was masked',
      (text: string) =>
        text.replace('Write a test', 'Write no test').replace('"code"', '"[redacted API key]"'),
      key,
      /request was changed/,
    ],
    [
      'holds a secret as the model that answered',
      (text: string) => text.replace('claude-opus-5-5', secret),
      key,
      /looks like a secret/,
    ],
    ['holds a secret', (text: string) => text.replace('"code"', `"${secret}"`), key, /looks like a secret/],
  ] as const) {
    it(`finds a recording that ${what}`, async () => {
      put(change(await record('code')), name);
      const { code, stdout } = await workspace.run('ctl cassette verify');
      assert.equal(code, 1);
      assert.match(stdout, problem);
      assert.match(stdout, /1 recorded, 1 with problems/);
      assert.ok(!stdout.includes(secret));
    });
  }

  it('masks secrets when it is told to write, and the recording still answers', async () => {
    put((await record('code')).replace('"code"', `"${secret}"`));
    const before = readFileSync(join(workspace.root, folder, `${key}.json`), 'utf8');
    const dry = await workspace.run('ctl cassette redact');
    assert.equal(dry.code, 1);
    assert.match(dry.stdout, /Would mask secrets in 1 recording\. Add --write/);
    assert.equal(readFileSync(join(workspace.root, folder, `${key}.json`), 'utf8'), before);
    const { code, stdout } = await workspace.run('ctl cassette redact --write');
    assert.equal(code, 0);
    assert.match(stdout, /Masked secrets in 1 recording\./);
    assert.ok(!readFileSync(join(workspace.root, folder, `${key}.json`), 'utf8').includes(secret));
    assert.equal((await workspace.run('ctl cassette verify')).code, 0);
    assert.match((await workspace.run('ctl cassette redact')).stdout, /No recording holds/);
  });

  for (const words of ['ctl cassette', 'ctl cassette eat', 'ctl cassette list a b']) {
    it(`explains itself for "${words}"`, async () => assert.equal((await workspace.run(words)).code, 2));
  }
});
