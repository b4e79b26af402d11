import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { RunResult } from '../../engine/engine.ts';
import type { CandidateReport } from '../../protocol/candidates.ts';
import type { RunOutcome } from '../../protocol/runEvents.ts';
import type { RuleSummary } from '../../protocol/requests.ts';
import type { TimelineEntry } from '../../protocol/viewState.ts';
import { CommandLineWorkspace, type Ended } from '../../test/commandLine.ts';
import { createRunView, escape } from '../../test/runViews.ts';
import { createScriptedEngine } from '../../test/scriptedEngine.ts';
import { unsetSettings } from '../../engine/settings.ts';
import type { EnvironmentSettings } from '../runCommandLine.ts';

const message = 'what happened and what to do';

const settings = { ...unsetSettings, ai: { ...unsetSettings.ai, provider: 'ollama', model: 'm' } };
const chosen: EnvironmentSettings = { settings, problems: [], unknown: [] };

describe('codegen-lab run', () => {
  let workspace: CommandLineWorkspace;
  before(() => {
    workspace = new CommandLineWorkspace({ 'src/a.js': '', 'src/deep/b.js': '', 'old.js': 'old\n' });
  });
  after(() => workspace.remove());

  const outcomes: readonly (readonly [RunOutcome, string, number])[] = [
    ['proposed', 'ok', 0],
    ['unchanged', 'ok', 0],
    ['failed', 'proof.red', 1],
    ['failed', 'model.unreachable', 1],
    ['failed', 'internal.fault', 2],
    ['refused', 'trust.missing', 3],
    ['refused', 'budget.usd', 3],
    ['cancelled', 'cancelled', 130],
  ];
  for (const [outcome, code, expected] of outcomes) {
    it(`ends with ${expected} when the run is ${outcome} with ${code}, and says what happened`, async () => {
      const ended = await runRule('run --rule tests src/a.js', { outcome, code });
      assert.equal(ended.code, expected);
      assert.match(ended.stderr, new RegExp(`${outcome}: ${message}`, 'i'));
      assert.equal(ended.stdout === '', outcome !== 'proposed');
    });
  }

  it('prints the proposal alone on standard output: changed, new and deleted files', async () => {
    const { stdout, stderr } = await runRule('run --rule tests src/a.js', {});
    assert.match(
      stdout,
      /^diff --git a\/src\/a\.js b\/src\/a\.js\n--- a\/src\/a\.js\n\+\+\+ b\/src\/a\.js\n@@ -1,2 \+1,2 @@\n one\n-two\n\+2\n/,
    );
    assert.match(stdout, /--- \/dev\/null\n\+\+\+ b\/test\/a\.test\.js/);
    assert.match(stdout, /--- a\/old\.js\n\+\+\+ \/dev\/null/);
    assert.match(stderr, /create test\/a\.test\.js \+1 -0/);
  });

  it('sums up tests, tokens, cost and where the run is kept', async () => {
    const { stderr } = await runRule('run --rule tests src/a.js', {});
    assert.match(stderr, /Tests +before 1 passed, 0 failed; after 3 passed, 0 failed/);
    assert.match(stderr, /Tokens +1300 in, 50 out, 300 of them from the provider's cache \(estimated\)/);
    assert.match(stderr, /Cost +\$0\.1200/);
    assert.match(stderr, /Run +r1/);
  });

  it('says that a cost is unknown rather than what it knows of it', async () => {
    const { stderr } = await runRule('run --rule tests src/a.js', {
      view: createRunView({ unknownPrice: true }),
    });
    assert.match(stderr, /Cost +unknown/);
  });

  it('hands on with --json what became of each generated test', async () => {
    const candidates: CandidateReport = {
      path: 'test/a.test.js',
      candidates: 2,
      kept: [{ name: 'adds', lines: 3, kills: 1 }],
      dropped: [{ name: 'adds again', filter: 'coverage', reason: 'runs no line that others do not' }],
      redFirst: false,
      unmeasured: [],
      runs: 6,
      ms: 900,
    };
    const { stdout } = await runRule('run --rule tests src/a.js --json', {
      view: createRunView({ candidates }),
    });
    assert.deepEqual((JSON.parse(stdout) as Record<string, unknown>)['candidates'], candidates);
  });

  it("prints with --format sarif what was found in what it would change, and the scanner's page of it", async () => {
    const learnMore = 'https://docs.astral.sh/ruff/rules/x';
    const at = { line: 4, character: 2 };
    const found = {
      path: 'src/a.py',
      range: { start: at, end: at },
      severity: 'error',
      message: 'm',
    } as const;
    const assessment = { scans: [], held: [], findings: [{ ...found, code: 'ruff.S602', learnMore }] };
    const view = createRunView({ assessment });
    const { stdout, stderr } = await runRule('run --rule tests src/a.js --format sarif', { view });
    assert.match(stdout, /"ruleId": "ruff\.S602"[^]*"startLine": 5/);
    assert.match(stdout, /"helpUri": "https:\/\/docs\.astral\.sh\/ruff\/rules\/x"/);
    assert.match(stderr, /Proposed: what happened/);
  });

  it('prints exactly one JSON document with --json', async () => {
    const { stdout, code } = await runRule('run --rule tests src/a.js --json', {});
    const document = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(document), [
      'run',
      'outcome',
      'code',
      'message',
      'files',
      'actions',
      'tests',
      'candidates',
      'assessment',
      'usage',
      'cost',
      'timeline',
    ]);
    assert.deepEqual(document['tests'], {
      before: createRunView().testsBefore,
      after: createRunView().testsAfter,
    });
    assert.equal(document['cost'], 0.12);
    const listed = document['files'] as { path: string; change: string; diff: string }[];
    assert.deepEqual(
      listed.map((file) => file.change),
      ['modify', 'create', 'delete'],
    );
    assert.match(listed[1]?.diff ?? '', /^diff --git .*\nnew file mode 100644\n/);
    assert.equal(code, 0);
  });

  it('prints each line of the timeline once, as it happens, and none of older runs', async () => {
    const engine = createScriptedEngine({
      rules: () => [rule],
      runRule: async () => {
        engine.show({
          runs: [
            createRunView({ timeline: [entry('Fired')] }),
            createRunView({ run: 'old', timeline: [entry('Old')] }),
          ],
        });
        engine.show({ runs: [createRunView({ timeline: [entry('Fired'), entry(`Asked ${escape}`)] })] });
        return result({
          view: createRunView({ timeline: [entry('Fired'), entry(`Asked ${escape}`), entry('Finished')] }),
        });
      },
    });
    engine.show({ runs: [createRunView({ run: 'old', timeline: [] })] });
    const { stderr } = await workspace.run('run --rule tests src/a.js', {
      engine: { engine },
      line: { environment: chosen },
    });
    const lines = stderr.split('\n').filter((line) => line.includes(' s '));
    assert.deepEqual(
      lines.map((line) => line.trim().split(/ +/)[3]),
      ['Fired', 'Asked', 'Finished'],
    );
    assert.doesNotMatch(stderr, /[\u0000-\u0009\u000B-\u001F\u202E]/);
  });

  it('hands trust, applying, model, address, recordings and budget to the engine', async () => {
    const { options } = await runRule(
      'run --rule tests src/a.js --trust --apply --model openai/gpt --base-url http://h/v1 --record kept --budget-usd 0.1',
      {},
    );
    assert.deepEqual(
      [options?.trusted, options?.applyEdits, options?.settings.approval],
      [true, true, 'auto'],
    );
    assert.deepEqual(options?.settings.ai, {
      enabled: 'unset',
      provider: 'openai',
      model: 'gpt',
      baseUrl: 'http://h/v1',
    });
    assert.deepEqual(options.settings.replay, { mode: 'record', folder: join(workspace.root, 'kept') });
    assert.equal(options.settings.limits.usdPerRun, 0.1);
  });

  it('trusts and writes nothing unless it is told so, whatever the environment says', async () => {
    const settings = { ...chosen.settings, approval: 'auto' } as const;
    const { options } = await runRule(
      'run --rule tests src/a.js',
      {},
      { settings, problems: [], unknown: [] },
    );
    assert.deepEqual(
      [options?.trusted, options?.applyEdits, options?.settings.approval],
      [false, false, 'preview'],
    );
  });

  it('refuses with 2 when no model is chosen, and says how to choose one', async () => {
    const ended = await runRule('run --rule tests src/a.js', {}, { ...chosen, settings: unsetSettings });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /No model is chosen.*--model PROVIDER\/MODEL.*clctl models/);
    const replayed = await runRule(
      'run --rule tests src/a.js --replay kept',
      {},
      { ...chosen, settings: unsetSettings },
    );
    assert.equal(replayed.code, 0);
  });

  it('does not send the key of one provider to the address of another', async () => {
    const ai = { enabled: true, provider: 'vllm', model: 'm', baseUrl: 'http://other/v1' } as const;
    const environment = { settings: { ...unsetSettings, ai }, problems: [], unknown: [] };
    const { options } = await runRule('run --rule tests src/a.js --model openai/gpt', {}, environment);
    assert.equal(options?.settings.ai.baseUrl, '');
  });

  it('asks the engine for the rule by its id and the file by its path in the folder', async () => {
    const asked: unknown[] = [];
    const engine = createScriptedEngine({
      rules: () => [rule],
      runRule: async (request) => {
        asked.push(request);
        return result({});
      },
    });
    await workspace.run('run --rule tests a.js', {
      engine: { engine },
      line: { environment: chosen, cwd: join(workspace.root, 'src') },
    });
    assert.deepEqual(asked, [{ root: workspace.root, rule: rule.ruleId, path: 'src/a.js' }]);
    assert.deepEqual(engine.calls, [`open ${workspace.root}`, 'dispose']);
  });

  const rules: readonly (readonly [string, readonly RuleSummary[], RegExp])[] = [
    ['no rule at all', [], /no rule in .*\.cursor\/rules/],
    ['no such rule', [summary('other')], /no rule tests\. The rules are other/],
    [
      'a name that two rules have',
      [summary('tests', 'a.mdc'), summary('tests', 'b.mdc')],
      /Several .* a\.mdc, b\.mdc/,
    ],
  ];
  for (const [what, known, expected] of rules) {
    it(`refuses with 2 and does not run: ${what}`, async () => {
      const engine = createScriptedEngine({
        rules: () => known.map((one) => ({ ...one, folder: workspace.root })),
      });
      const ended = await workspace.run('run --rule tests src/a.js', {
        engine: { engine },
        line: { environment: chosen },
      });
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, expected);
    });
  }

  const rule = summary('tests', '.cursor/rules/tests.mdc');
  before(() => Object.assign(rule, { folder: workspace.root }));

  function runRule(
    words: string,
    change: Partial<RunResult>,
    environment: EnvironmentSettings = chosen,
  ): Promise<Ended> {
    const engine = createScriptedEngine({ rules: () => [rule], runRule: async () => result(change) });
    return workspace.run(words, { engine: { engine }, line: { environment } });
  }
});

function summary(name: string, ruleId = `${name}.mdc`): RuleSummary {
  return {
    folder: '',
    ruleId,
    name,
    kind: 'autoAttached',
    uri: '',
    line: 0,
    description: '',
    fires: true,
    active: true,
    abstract: false,
    enabled: true,
    place: 'live',
  };
}

function entry(label: string): TimelineEntry {
  return { at: 1_500, label, detail: 'detail', tone: 'neutral' };
}

function result(change: Partial<RunResult>): RunResult {
  return { run: 'r1', outcome: 'proposed', code: 'ok', message, view: createRunView(), ...change };
}
