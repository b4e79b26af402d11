import assert from 'node:assert/strict';
import { defaultModelSettings } from '../protocol/modelSettings.ts';
import { answer, head, passing, run, usual, withSampleSlice } from './sampleSlice.ts';

const green = answer(usual, ...head, passing);
const broken = answer(usual, ...head, "test('formats', () => {");
const other = "test('formats', () => assert.equal(formatDuration(60_000), '1m'));";
const wrong = answer(usual, ...head, other.replace("'1m'", "'60'"));

function roles(strategy: string, ...use: readonly string[]) {
  return { models: { ...defaultModelSettings, roles: { tester: { use, strategy } } } };
}

const three = ['ollama/a', 'ollama/b', 'ollama/c'];

describe('a run whose role has several models', function () {
  this.timeout(60_000);

  it('asks the next when one is not well, and when an answer fails its gate', () =>
    withSampleSlice(
      { script: [{ kind: 'status', status: 400 }, broken, green], settings: roles('fallback', ...three) },
      async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        assert.deepEqual(
          slice.models.requests.map(({ body }) => (body as { readonly model: string }).model),
          ['a', 'b', 'c'],
        );
        assert.equal(result.view?.attempt, 1, 'it is one attempt');
      },
    ));

  it('takes what proves most of several answers', () =>
    withSampleSlice({ script: [wrong, broken, green], settings: roles('best', ...three) }, async (slice) => {
      const result = await run(slice);
      assert.equal(result.outcome, 'proposed', result.message);
      assert.equal(slice.models.requests.length, 3);
      assert.match(result.view?.files[0]?.after ?? '', /1h30m/);
    }));

  it('follows the team, and asks nobody that the person has not set up', () =>
    withSampleSlice(
      {
        script: [green],
        files: {
          '.codegen-lab/models.yaml':
            'roles:\n  tester: { use: [anthropic/dear, ollama/team], max_tokens: 500 }\n',
        },
      },
      async (slice) => {
        const result = await run(slice);
        assert.equal(result.outcome, 'proposed', result.message);
        const [request] = slice.models.requests;
        const body = request?.body as { readonly model: string; readonly max_tokens: number };
        assert.deepEqual([body.model, body.max_tokens], ['team', 500]);
      },
    ));

  it('asks nobody while the limits of the team cannot be understood', () =>
    withSampleSlice(
      { script: [green], files: { '.codegen-lab/models.yaml': 'limits:\n  usd: { run: cheap }\n' } },
      async (slice) => {
        const result = await run(slice);
        assert.deepEqual([result.outcome, result.code], ['refused', 'model.none'], result.message);
        assert.match(result.message, /models\.yaml:2 cannot be understood/);
        assert.equal(slice.models.requests.length, 0);
      },
    ));
});
