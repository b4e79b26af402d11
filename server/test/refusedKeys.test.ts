import assert from 'node:assert/strict';
import { answerWith, statusOf } from './fakeModelServer/fakeReply.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

async function run({ running: { engine }, root }: Pick<Slice, 'running' | 'root'>): Promise<string> {
  const request = { root, rule: 'generate-tests', path: 'src/duration.js' };
  const end = await engine.runRule(request, neverAborted);
  if (end.code !== 'approval.missing') return end.code;
  assert.ok(end.view);
  await engine.approve(root, [end.view], true);
  return (await engine.runRule(request, neverAborted)).code;
}

describe('a key that is refused', function () {
  this.timeout(30_000);

  it('is asked about once, not with every run, and a new one holds from the next call', async () => {
    let key = 'old-key';
    const asked: unknown[] = [];
    const slice = await createSlice({
      workspace: 'workspaces/sample',
      script: ({ headers }) =>
        headers.authorization === 'Bearer new-key' ? answerWith('No test.') : statusOf(401),
      secrets: { read: () => Promise.resolve(key) },
      onKeyRefused: (refusal) => asked.push(refusal),
    });
    try {
      for (let save = 0; save < 3; save++) assert.equal(await run(slice), 'model.unauthorized');
      assert.deepEqual(asked, [{ provider: 'ollama', hadKey: true }]);
      assert.equal(slice.models.requests.length, 3);
      key = 'new-key';
      assert.notEqual(await run(slice), 'model.unauthorized');
      assert.equal(slice.models.requests[3]?.headers.authorization, 'Bearer new-key');
      assert.equal(asked.length, 1);
    } finally {
      await slice.dispose();
    }
  });

  it('that was replaced while the call was under way is tried again at once, and nobody is asked', async () => {
    const keys = ['old-key'];
    const slice = await createSlice({
      workspace: 'workspaces/sample',
      script: ({ headers }) => {
        keys[0] = 'new-key';
        return headers.authorization === 'Bearer new-key' ? answerWith('No test.') : statusOf(401);
      },
      secrets: { read: () => Promise.resolve(keys[0]) },
      onKeyRefused: () => assert.fail('a person was asked'),
    });
    try {
      assert.notEqual(await run(slice), 'model.unauthorized');
      const sent = slice.models.requests.map(({ headers }) => headers.authorization);
      assert.deepEqual(sent.slice(0, 2), ['Bearer old-key', 'Bearer new-key']);
    } finally {
      await slice.dispose();
    }
  });
});
