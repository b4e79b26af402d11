import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { presets } from '../../server/adapters/models/presets.ts';
import type { ModelEvent, ModelRequest } from '../../server/engine/ports/models.ts';
import { startFakeModelServer } from '../../server/test/fakeModelServer/fakeModelServer.ts';
import { answerWith, statusOf, type FakeReply } from '../../server/test/fakeModelServer/fakeReply.ts';
import { buildBundles } from '../buildBundles.ts';

const root = join(import.meta.dirname, '..', '..');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;
const request: ModelRequest = {
  model: 'some-model',
  system: 'Be brief.',
  messages: [{ role: 'user', text: 'Say hello.' }],
  maxOutputTokens: 100,
  timeoutMs: 20_000,
};

/** Runs in the machine's own Node: asks once and prints every event as a line of JSON. */
const asking = `
const [bundle, create, preset, baseUrl, request] = process.argv.slice(1);
const endpoint = {
  preset: JSON.parse(preset), baseUrl, idleMs: 10_000,
  readKey: async () => ({ kind: 'key', value: 'sk-test-0123456789' }), settle: async (fault) => fault,
};
(async () => {
  const client = require(bundle)[create](endpoint);
  for await (const event of client.ask(JSON.parse(request), new AbortController().signal)) console.log(JSON.stringify(event));
})();`;

interface Client {
  readonly id: string;
  readonly bundle: string;
  readonly create: string;
}

describe("the models' bundles, which hold a part of each SDK", function () {
  this.timeout(60_000);
  let outdir: string;

  before(async () => {
    outdir = mkdtempSync(join(tmpdir(), 'codegen-lab-models-'));
    await buildBundles({ root, outdir, production: true, quiet: true });
  });

  after(() => rmSync(outdir, { recursive: true, force: true }));

  for (const [id, bundle, create] of [
    ['anthropic', 'models-anthropic', 'createAnthropicClient'],
    ['openai', 'models-openai', 'createOpenaiClient'],
    ['openrouter', 'models-openai', 'createOpenaiClient'],
  ] as const) {
    it(`stream an answer of ${id}`, async () => {
      const events = await ask({ id, bundle, create }, answerWith('Hello, world.'));
      assert.equal(
        events.flatMap((event) => (event.type === 'text' ? event.text : [])).join(''),
        'Hello, world.',
      );
      const last = events.at(-1);
      assert.ok(last?.type === 'done', JSON.stringify(events));
      assert.equal(last.text, 'Hello, world.');
    });

    it(`tell a fault of ${id} from an answer`, async () => {
      const [event, ...others] = await ask({ id, bundle, create }, statusOf(401));
      assert.ok(event?.type === 'failed', JSON.stringify(event));
      assert.equal(event.code, 'model.unauthorized');
      assert.deepEqual(others, []);
    });
  }

  async function ask({ id, bundle, create }: Client, reply: FakeReply): Promise<readonly ModelEvent[]> {
    const server = await startFakeModelServer([reply]);
    try {
      const url = id === 'anthropic' ? server.anthropicUrl : server.openaiUrl;
      const preset = presets.find((known) => known.id === id);
      const path = join(outdir, `${bundle}.cjs`);
      const args = ['-e', asking, path, create, JSON.stringify(preset), url, JSON.stringify(request)];
      const { stdout } = await promisify(execFile)(systemNode, args, { timeout: 30_000 });
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as ModelEvent);
    } finally {
      await server.close();
    }
  }
});
