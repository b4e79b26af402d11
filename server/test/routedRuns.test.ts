import assert from 'node:assert/strict';
import { defaultModelSettings } from '../protocol/modelSettings.ts';
import { neverAborted } from './sliceWorkspace.ts';
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

  it('gives a good answer again to the same request at temperature 0, also after a restart', () =>
    withSampleSlice(
      {
        script: [green],
        settings: { models: { ...defaultModelSettings, calls: { write: { temperature: 0 } } } },
      },
      async (slice) => {
        assert.equal((await run(slice)).outcome, 'proposed');
        assert.equal(slice.models.requests.length, 1);
        const { engine } = await slice.restart();
        const [rule] = engine.rulesFor(slice.root, 'src/duration.js');
        assert.ok(rule);
        const again = await engine.runRule(
          { root: slice.root, rule: rule.ruleId, path: 'src/duration.js' },
          neverAborted,
        );
        assert.equal(again.outcome, 'proposed', again.message);
        assert.equal(slice.models.requests.length, 1, 'nobody was asked');
        assert.equal(again.view?.cost, 0);
        const usage = await engine.models().usage(slice.root);
        assert.equal(usage.total.calls, 2);
        assert.equal(usage.latency[0]?.answers, 1, 'a kept answer says nothing about how long answers take');
      },
    ));

  it('shows who would be asked, from where, and what each answers to a tiny call', () =>
    withSampleSlice(
      {
        script: [
          { kind: 'answer', text: 'OK' },
          { kind: 'status', status: 401 },
        ],
        settings: roles('fallback', 'ollama/a', 'ollama/b'),
        files: {
          '.codegen-lab/models.yaml':
            'limits: { usd: { run: 0.25 } }\nroles: { reviewer: { use: openai/x } }\n',
        },
      },
      async (slice) => {
        const { engine } = slice.running;
        const report = await engine.models().check(slice.root, true, neverAborted);
        const tester = report.roles.find(({ role }) => role === 'tester');
        assert.deepEqual(tester?.values[0], { name: 'use', value: 'ollama/a, ollama/b', source: 'settings' });
        assert.match(
          report.roles.find(({ role }) => role === 'reviewer')?.skipped[0] ?? '',
          /^openai\/x \(models\.yaml\)/,
        );
        assert.deepEqual(report.limits[0], { name: 'usd.run', value: '0.25', source: 'models.yaml' });
        assert.deepEqual(report.problems, []);
        const tried = new Map(report.tried.map(({ model, ok }) => [model, ok]));
        assert.equal(tried.size, 3, 'the chosen one answers for the other roles');
        assert.equal(slice.models.requests.length, 3);
        assert.ok([...tried.values()].includes(true) && [...tried.values()].includes(false));
        const shown = await engine.models().check(slice.root, false, neverAborted);
        assert.deepEqual(shown.tried, []);
        assert.equal(slice.models.requests.length, 3);
      },
    ));

  it('asks nobody while limits of the person cannot be understood', () =>
    withSampleSlice(
      { script: [green], settings: { models: { ...defaultModelSettings, limits: { usd: { rnu: 0.01 } } } } },
      async (slice) => {
        const result = await run(slice);
        assert.deepEqual([result.outcome, result.code], ['refused', 'model.none'], result.message);
        assert.match(result.message, /codegenLab\.models\.limits.* cannot be understood/);
        assert.equal(slice.models.requests.length, 0);
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
