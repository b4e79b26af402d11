import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeReply } from './fakeModelServer/fakeReply.ts';
import { answerWith, statusOf } from './fakeModelServer/fakeReply.ts';
import { findLeaks, secretKinds } from './secretKinds.ts';
import { createSlice, neverAborted, type Slice } from './sliceWorkspace.ts';

const all = Object.values(secretKinds).join('\n// ');
const source = 'src/duration.js';
const target = 'test/duration.generated.test.js';
const green = [
  target,
  '```js',
  "import assert from 'node:assert/strict';",
  "import { test } from 'node:test';",
  "import { formatDuration } from '../src/duration.js';",
  "test('formats an hour and a half', () => assert.equal(formatDuration(5_400_000), '1h30m'));",
  '```',
  '',
].join('\n');

/** What an endpoint may say with every secret in it. */
const replies: readonly (readonly [what: string, reply: FakeReply, code: string])[] = [
  ['an answer that repeats them', answerWith(`I saw ${all}\n${green}`), 'ok'],
  ['a refusal that quotes them', statusOf(400, { message: `Bad: ${all}` }), 'model.bad-request'],
  ['a refused key', statusOf(401, { message: `Bad key ${all}` }), 'model.unauthorized'],
  ['a spent account', statusOf(402, { message: `No credit for ${all}` }), 'model.spend-limit'],
  [
    'an error in the stream',
    answerWith('half', { errorEvent: { type: 'invalid_request_error', message: all } }),
    'model.bad-request',
  ],
];

describe('secrets of 15 kinds in keys, prompts, answers and errors', function () {
  this.timeout(60_000);

  for (const [nth, [what, reply, code]] of replies.entries()) {
    // Each kind is the key of some run, too.
    const key = Object.values(secretKinds)[nth * 3] ?? '';
    it(`are kept nowhere and shown nowhere after ${what}`, async () => {
      const slice = await createSlice({
        workspace: 'workspaces/sample',
        files: { [source]: `// ${all}\n${await readSample()}` },
        script: [reply],
        secrets: { read: () => Promise.resolve(key) },
        recordsInto: 'recordings',
      });
      try {
        const end = await runTwice(slice);
        assert.equal(end.code, code, end.message);
        assert.equal(slice.models.requests[0]?.headers.authorization, `Bearer ${key}`);
        const texts = { ...keptFiles(slice), shown: JSON.stringify([end, slice.messages, slice.terminal]) };
        assert.ok(
          Object.keys(texts).some((path) => path.endsWith('.jsonl')),
          'there is a journal',
        );
        if (code === 'ok') assert.ok(Object.keys(texts).some((path) => path.startsWith('recordings')));
        assert.deepEqual(findLeaks(texts), []);
      } finally {
        await slice.dispose();
      }
    });
  }

  it('are found by this test where they are', () => {
    assert.equal(findLeaks({ a: `x ${all} y` }).length, Object.keys(secretKinds).length);
  });
});

async function readSample(): Promise<string> {
  const slice = await createSlice({ workspace: 'workspaces/sample', script: [] });
  const text = slice.read(source) ?? '';
  await slice.dispose();
  return text;
}

/** First refused, since nobody has allowed the rule; then as a person who has. */
async function runTwice({ running: { engine }, root }: Slice) {
  const request = { root, rule: 'generate-tests', path: source };
  const first = await engine.runRule(request, neverAborted);
  assert.ok(first.view);
  await engine.approve(root, [first.view], true);
  return engine.runRule(request, neverAborted);
}

/** Everything that was written beside the workspace's own files. */
function keptFiles({ home, root }: Slice): Readonly<Record<string, string>> {
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== join(root, source));
  return Object.fromEntries(files.map((path) => [path.slice(home.length + 1), readFileSync(path, 'latin1')]));
}
