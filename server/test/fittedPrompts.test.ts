import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { RunEvent } from '../protocol/runEvents.ts';
import type { FakePages } from './fakeModelServer/fakeModelServer.ts';
import { statusOf, type FakeReply } from './fakeModelServer/fakeReply.ts';
import { readJournals } from './readJournals.ts';
import { createSlice, neverAborted } from './sliceWorkspace.ts';

function json(value: unknown): FakeReply {
  return { kind: 'raw', body: JSON.stringify(value), contentType: 'application/json' };
}

/** As Ollama tells of the one model that the slice asks. */
function pagesWith(context: number): FakePages {
  return {
    'GET /api/tags': json({ models: [{ model: 'scripted' }] }),
    'GET /api/ps': json({ models: [{ model: 'scripted', context_length: context }] }),
  };
}

type PromptBuilt = Extract<RunEvent, { readonly type: 'prompt.built' }>;

/** What a run sent and what its journal says of it. */
async function run(pages: FakePages, provider = 'ollama') {
  // The refusal ends the run once the prompt was sent.
  const slice = await createSlice({
    workspace: 'workspaces/sample',
    script: [statusOf(400)],
    pages,
    provider,
    secrets: { read: () => Promise.resolve('a-key') },
  });
  try {
    const { running, root, models } = slice;
    const request = { root, rule: 'generate-tests', path: 'src/duration.js' };
    const first = await running.engine.runRule(request, neverAborted);
    assert.ok(first.view);
    await running.engine.approve(root, [first.view], true);
    const end = await running.engine.runRule(request, neverAborted);
    const events = await readJournals(join(slice.home, 'storage'), root);
    const built = events.flat().find((event): event is PromptBuilt => event.type === 'prompt.built');
    return { end, built, sent: models.requests.map(({ text }) => text.length), reads: models.reads.length };
  } finally {
    await slice.dispose();
  }
}

describe('a prompt', function () {
  this.timeout(30_000);

  it('is whole where nobody tells what the model can read', async () => {
    const { built, sent } = await run({});
    assert.deepEqual(built?.leftOut, []);
    assert.equal(sent.length, 1);
  });

  it('leaves out what a small model cannot read, and the journal names it', async () => {
    const whole = await run({});
    const estimated = whole.built?.estimatedTokens ?? 0;
    // Half of it is kept for the answer.
    const { built, sent } = await run(pagesWith(2 * (estimated - 50)));
    assert.ok((built?.leftOut.length ?? 0) > 0);
    assert.ok((built?.estimatedTokens ?? Infinity) <= estimated - 50);
    assert.ok((sent[0] ?? Infinity) < (whole.sent[0] ?? 0));
  });

  it('is counted by who can, where an estimate is too near to the limit', async () => {
    const estimated = (await run({})).built?.estimatedTokens ?? 0;
    const pages = (counted: number): FakePages => ({
      'GET /v1/models': json({ data: [{ id: 'scripted', context_length: 2 * (estimated + 10) }] }),
      'POST /v1/responses/input_tokens': json({ input_tokens: counted }),
    });
    const fits = await run(pages(estimated), 'openai');
    assert.deepEqual(fits.built?.leftOut, []);
    const tooLong = await run(pages(2 * estimated), 'openai');
    assert.ok((tooLong.built?.leftOut.length ?? 0) > 0 || tooLong.end.code === 'prompt.too-long');
    assert.notEqual(tooLong.sent[0], fits.sent[0]);
  });

  it('is not sent where not even the least of it can be read', async () => {
    const { end, sent } = await run(pagesWith(64));
    assert.equal(end.code, 'prompt.too-long');
    assert.deepEqual(sent, []);
  });
});
