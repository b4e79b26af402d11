import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readAudit } from '../adapters/audit/readAudit.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import { runAct } from './actionSlice.ts';
import type { FakePages, FakeRequest } from './fakeModelServer/fakeModelServer.ts';
import type { FakeReply } from './fakeModelServer/fakeReply.ts';
import { withRemoteModel } from './remoteModel.ts';
import { answer, source } from './sampleSlice.ts';
import { neverAborted, plainSettings, type Slice } from './sliceWorkspace.ts';

// Assembled at run time, so that no scanner takes this file for a leak.
const key = `AKIA${'MNOP2345'.repeat(2)}`;
const keyLine = `const region = 'eu'; const id = '${key}';`;
const better = keyLine.replace('region', 'place');
const placeholder = /MASKED_[A-Z_]+_\d+_x*/u;

/** A block that quotes the line as the model was shown it. `change`: of the placeholder that it writes back. */
const quote =
  (change: (placeholder: string) => string = (same) => same) =>
  ({ body }: FakeRequest): ReturnType<typeof answer> => {
    const shown = placeholder.exec(JSON.stringify(body))?.[0] ?? key;
    const line = keyLine.replace(key, shown);
    const written = better.replace(key, change(shown));
    return answer(source, '<<<<<<< SEARCH', line, '=======', written, '>>>>>>> REPLACE');
  };

/** With the key in the source. */
function withKeyAndRemote(
  options: Partial<Parameters<typeof withRemoteModel>[0]>,
  use: (slice: Slice) => Promise<void>,
): Promise<void> {
  return withRemoteModel({ line: keyLine, script: quote(), ...options }, use);
}

const json = (value: unknown): FakeReply => ({
  kind: 'raw',
  body: JSON.stringify(value),
  contentType: 'application/json',
});

/** Of a model that counts, and reads so little that the prompt comes near to it. */
const countingPages: FakePages = {
  'GET /v1/models': json({ data: [{ id: 'scripted', context_length: 1_800 }] }),
  'POST /v1/responses/input_tokens': json({ input_tokens: 10 }),
};
const counted = ({ models }: Slice): Slice['models']['reads'] =>
  models.reads.filter(({ what }) => what.startsWith('POST'));

const sent = ({ models }: Slice): string => models.requests.map(({ text }) => text).join('\n');
const line = (slice: Slice): number => (slice.read(source) ?? '').split('\n').indexOf(keyLine) + 1;

describe('a key that stands in a source', function () {
  this.timeout(60_000);

  it('goes to no other machine; an edit that quotes its line still applies, and the run tells the place', () =>
    withKeyAndRemote({}, async (slice) => {
      const result = await runAct(slice, source);
      assert.equal(slice.models.requests.length, 1, result.message);
      assert.ok(!sent(slice).includes(key));
      assert.ok(result.view?.files[0]?.after?.includes(better), result.message);
      const asked = result.view?.timeline.find(({ label }) => label === 'Asked the model');
      assert.match(
        asked?.detail ?? '',
        new RegExp(
          String.raw`\n1 secret was masked in what was sent: AWS key id in src/duration\.js:${line(slice)}$`,
        ),
      );
    }));

  it('is not sent to be counted either', () =>
    withKeyAndRemote({ ai: { provider: 'openai' }, pages: countingPages }, async (slice) => {
      const { message } = await runAct(slice, source);
      assert.ok(counted(slice).length > 0, message);
      for (const { text } of [...counted(slice), ...slice.models.requests]) assert.ok(!text.includes(key));
    }));

  it('is shown masked in the preview', () =>
    withKeyAndRemote({}, async (slice) => {
      const request = { root: slice.root, rule: 'act', path: source };
      const preview = await slice.running.engine.previewPrompt(request, neverAborted);
      assert.ok(!preview.includes(key) && placeholder.test(preview), preview);
      assert.ok(preview.includes(`Masked in what is sent: AWS key id in ${source}:${line(slice)}.`), preview);
    }));

  it('is lost by no answer that takes its placeholder apart', () =>
    withKeyAndRemote({ script: quote((whole) => `${whole.slice(0, -1)}y`) }, async (slice) => {
      const result = await runAct(slice, source);
      assert.equal(result.outcome, 'failed', result.message);
      assert.match(result.message, /changed placeholder of a secret/u);
    }));

  it('keeps everything back where the person wants that', () =>
    withKeyAndRemote({ ai: { secretsInPrompts: 'refuse' } }, async (slice) => {
      const result = await runAct(slice, source);
      assert.deepEqual([result.code, slice.models.requests], ['model.secret-in-prompt', []]);
      assert.ok(result.message.includes(`AWS key id in ${source}:${line(slice)}`), result.message);
    }));

  for (const [what, ai] of [
    ['where the person wants that', { secretsInPrompts: 'send' }],
    ['to a model on this machine', undefined],
  ] as const)
    it(`is sent ${what}`, () =>
      withKeyAndRemote({ ...(ai && { ai }) }, async (slice) => {
        if (ai === undefined)
          slice.running.configure({
            ...plainSettings,
            ai: { enabled: true, provider: 'ollama', model: 'scripted', baseUrl: slice.models.openaiUrl },
          });
        const result = await runAct(slice, source);
        assert.ok(sent(slice).includes(key), result.message);
        assert.ok(result.view?.files[0]?.after?.includes(better), result.message);
      }));
});

describe('a prompt that is counted by its model', function () {
  this.timeout(60_000);
  const policies = [
    ['nobody may ask it', 'roles: { rules: { ask: [ollama/*] } }\n'],
    ['the rule may not spend so much', 'rules: { "*": { spend: { tokensPerRun: 10 } } }\n'],
    ['its price is not known and money is bounded', 'rules: { "*": { spend: { usdPerRun: 1 } } }\n'],
  ] as const;

  for (const [why, policy] of policies)
    it(`is not even sent to be counted where ${why}`, () =>
      withKeyAndRemote({ ai: { provider: 'openai' }, pages: countingPages }, async (slice) => {
        slice.write('.codegen-lab/policy.yaml', policy);
        const { message } = await runAct(slice, source);
        assert.match(message, /policy\.yaml:1 does not let/u);
        assert.deepEqual([counted(slice).length, slice.models.requests.length], [0, 0]);
      }));

  it('is logged before it is sent', () =>
    withKeyAndRemote({ ai: { provider: 'openai' }, pages: countingPages }, async (slice) => {
      const { message } = await runAct(slice, source);
      assert.ok(counted(slice).length > 0, message);
      const { entries } = readAudit(new UserStorage(join(slice.home, 'storage')), slice.root);
      const roles = entries.flatMap(({ right }) => (right.kind === 'model' ? [right.role] : []));
      assert.deepEqual(roles, ['count', 'implementer']);
    }));
});
