import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditFolder } from '../adapters/audit/auditFolder.ts';
import { readAudit } from '../adapters/audit/readAudit.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import type { TestsResult } from '../engine/engine.ts';
import type { AuditEntry } from '../protocol/audit.ts';
import {
  answer,
  head,
  passing,
  ruleWith,
  run,
  source,
  usual,
  withSampleSlice,
  rulePath,
} from './sampleSlice.ts';
import { neverAborted, type Slice, type SliceOptions } from './sliceWorkspace.ts';

const good = answer(usual, ...head, passing);
const no = { decide: async () => ({ accept: false, seen: true }) } as const;
const outside = answer('.npmrc', 'registry=http://localhost:1');

function entriesOf({ home, root }: Slice): readonly AuditEntry[] {
  const { entries, problems } = readAudit(new UserStorage(join(home, 'storage')), root);
  assert.deepEqual(problems, []);
  return entries;
}

/** From now on nothing can be written there, until it is mended. */
function breakLog({ home, root }: Slice): () => void {
  const folder = auditFolder(new UserStorage(join(home, 'storage')), root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  writeFileSync(folder, 'no folder');
  return () => rmSync(folder);
}

function withRule(options: SliceOptions, use: (slice: Slice) => Promise<void>): Promise<void> {
  return withSampleSlice({ files: { [rulePath]: ruleWith() }, ...options }, use);
}

describe('the audit log of a run', function () {
  this.timeout(60_000);

  it('tells each right that was asked for, and who decided, in its order', () =>
    withRule({ script: [outside, good], settings: { approval: 'auto' } }, async (slice) => {
      const result = await run(slice);
      assert.equal(result.outcome, 'landed', result.message);
      await slice.running.engine.undo(slice.root, result.run, neverAborted);
      const entries = entriesOf(slice);
      const told = entries.map(({ who, right, decision, by }) =>
        [who.kind, right.kind, decision, by.kind].join(' '),
      );
      let at = -1;
      for (const expected of [
        'rule act denied approval',
        'person approve allowed person',
        'rule act allowed approval',
        'rule model allowed budget',
        'model write denied gate',
        'rule model allowed budget',
        'rule tests allowed approval',
        'rule land allowed setting',
        'rule tests allowed approval',
        'person land allowed person',
      ]) {
        at = told.indexOf(expected, at + 1);
        assert.ok(at >= 0, `${expected} is missing in\n${told.join('\n')}`);
      }
      const calls = entries.flatMap(({ right }) => (right.kind === 'model' ? [right] : []));
      assert.deepEqual(
        calls.map(({ host, provider }) => [`http://${host}/v1`, provider]),
        [
          [slice.models.openaiUrl, 'ollama'],
          [slice.models.openaiUrl, 'ollama'],
        ],
      );
      const model = entries.filter(({ right }) => right.kind === 'tests' && right.code === 'model');
      assert.ok(model.every(({ right }) => right.kind === 'tests' && right.sandbox) && model.length > 0);
      // What was asked and answered is in no entry.
      assert.ok(!/formatDuration|registry=/u.test(JSON.stringify(entries)));
    }));

  it('is needed: where it cannot be written nothing is asked, run or approved', () =>
    withRule({ script: [good], settings: { approval: 'auto' } }, async (slice) => {
      const { engine } = slice.running;
      const [rule] = engine.rulesFor(slice.root, source);
      assert.ok(rule);
      const request = { root: slice.root, rule: rule.ruleId, path: source };
      const { view } = await engine.runRule(request, neverAborted);
      assert.ok(view);
      const mend = breakLog(slice);
      await assert.rejects(engine.approve(slice.root, [view], true), /audit log cannot be written/u);
      assert.equal((await engine.runRule(request, neverAborted)).code, 'approval.missing');
      mend();
      await engine.approve(slice.root, [view], true);
      breakLog(slice);
      const refused = await engine.runRule(request, neverAborted);
      assert.deepEqual([refused.outcome, refused.code], ['refused', 'audit.unwritable']);
      assert.match(refused.message, /codegenLab\.audit\.required/u);
      assert.equal(slice.models.requests.length, 0);
      const tests = await runTests(slice);
      assert.equal(tests.outcome.kind, 'notConfined');
    }));

  it('can be done without where the person wants that, who is told', () =>
    withRule({ script: [], settings: { audit: { required: false } } }, async (slice) => {
      breakLog(slice);
      assert.equal((await runTests(slice)).outcome.kind, 'finished');
      assert.ok(slice.messages.some((message) => /audit log cannot be written/u.test(message)));
    }));

  it('tells what a policy of the team denied, with its line, and nothing of it is done', () =>
    withRule({ script: [good], settings: { approval: 'auto' } }, async (slice) => {
      const policy = '.codegen-lab/policy.yaml';
      slice.write(policy, 'roles:\n  rules:\n    ask: [anthropic/*]\n  people:\n    tests: false\n');
      const result = await run(slice);
      assert.ok(
        result.message.includes(`${policy}:3 does not let rules ask ollama/scripted`),
        result.message,
      );
      const tests = await runTests(slice);
      assert.ok(tests.outcome.kind === 'notConfined' && tests.outcome.message.includes(`${policy}:5`));
      const ended = slice.running.engine.viewState().runs.find((view) => view.run === tests.run);
      assert.deepEqual([tests.outcome.code, ended?.code], ['policy.denied', 'policy.denied']);
      assert.equal(slice.models.requests.length, 0);
      slice.write(policy, 'roles: { rules: { aks: [] } }\n');
      const broken = await run(slice);
      assert.deepEqual([broken.outcome, broken.code], ['refused', 'policy.denied']);
      assert.match(broken.message, /policy\.yaml:1 cannot be understood.*`ask`/u);
      const denied = entriesOf(slice).filter(({ by }) => by.kind === 'policy');
      assert.ok(denied.length >= 3 && denied.every(({ decision }) => decision === 'denied'));
    }));

  it('tells what a person rejected, and a rule that a person did not allow', () =>
    withRule({ script: [good], settings: { approval: 'ask' }, person: no }, async (slice) => {
      const { engine } = slice.running;
      const [rule] = engine.rulesFor(slice.root, source);
      assert.ok(rule);
      const request = { root: slice.root, rule: rule.ruleId, path: source };
      const result = await run(slice);
      assert.equal(result.outcome, 'rejected', result.message);
      const approval = engine.approvals()[0];
      assert.ok(approval);
      await engine.approve(slice.root, [approval], false);
      assert.equal((await engine.runRule(request, neverAborted)).code, 'approval.denied');
      const denied = entriesOf(slice).filter(({ decision: how }) => how === 'denied');
      assert.deepEqual(
        denied.slice(-3).map(({ who, right, by }) => [who.kind, right.kind, by.kind]),
        [
          ['person', 'land', 'person'],
          ['person', 'approve', 'person'],
          ['rule', 'act', 'approval'],
        ],
      );
      const [landing] = denied.slice(-3);
      assert.ok(landing?.right.kind === 'land' && landing.right.paths.length === 1);
      assert.equal(landing.run, result.run);
    }));

  it('tells of trust once, and of a policy that changed before it denies anything', () =>
    withRule({ script: [], interactive: true }, async (slice) => {
      await runTests(slice);
      slice.write('.codegen-lab/policy.yaml', 'roles: { people: { tests: false } }\n');
      assert.equal((await runTests(slice)).outcome.kind, 'notConfined');
      const told = entriesOf(slice).map(({ who, right, decision }) =>
        [who.kind, right.kind, decision, ...(right.kind === 'policy' ? right.changes : [])].join(' '),
      );
      assert.equal(told.filter((line) => line.includes(' trust ')).join(), 'person trust allowed');
      const at = told.indexOf('program policy noted roles.people.tests stricter');
      assert.ok(at > 0 && told[at + 1] === 'person tests denied', told.join('\n'));
    }));

  it('holds a rule to what a policy lets it spend', () =>
    withRule({ script: [good], settings: { approval: 'auto' } }, async (slice) => {
      slice.write('.codegen-lab/policy.yaml', 'rules:\n  "*":\n    spend:\n      tokensPerRun: 10\n');
      const result = await run(slice);
      assert.match(result.message, /policy\.yaml:4 does not let rule .* use more than 10 tokens in a run/u);
      assert.equal(slice.models.requests.length, 0);
    }));
});

function runTests(slice: Slice): Promise<TestsResult> {
  return slice.running.engine.runTests(
    { root: slice.root, paths: [], ids: [], coverage: false },
    neverAborted,
  );
}
