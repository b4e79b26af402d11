import assert from 'node:assert/strict';
import { neverAborted } from './sliceWorkspace.ts';
import { ruleOf, runAct, withRule } from './actionSlice.ts';

describe('a rule that runs a task', function () {
  this.timeout(60_000);

  const manifest = (script: string): string => JSON.stringify({ scripts: { lint: script } });

  it('runs an npm script and reads its problems', () =>
    withRule(
      ruleOf('- type: task', '  task: lint', '  problem_matcher: $gcc'),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['failed', 'action.failed'], result.message);
        const findings = result.view?.actions[0]?.findings ?? [];
        assert.deepEqual(
          findings.map(({ path, range, severity, message }) => [path, range.start.line, severity, message]),
          [['src/a.js', 0, 'warning', 'is short']],
        );
        assert.deepEqual(
          slice.running.engine.actionFindings(slice.root).map(({ message, rule }) => [message, rule]),
          [['is short', 'act']],
        );
      },
      { files: { 'package.json': manifest('echo src/a.js:1:1: warning: is short; exit 1') } },
    ));

  it('asks again when what the task runs has changed', () =>
    withRule(
      ruleOf('- type: task', '  task: lint'),
      async (slice) => {
        assert.equal((await runAct(slice)).outcome, 'unchanged');
        slice.write('package.json', manifest('echo other'));
        const request = { root: slice.root, rule: 'act', path: 'src/a.js' };
        const again = await slice.running.engine.runRule(request, neverAborted);
        assert.deepEqual([again.outcome, again.code], ['refused', 'approval.missing']);
      },
      { files: { 'package.json': manifest('echo fine') } },
    ));

  it('runs nothing when an action before it changed what the task runs', () =>
    withRule(
      ruleOf(
        '- type: run',
        `  command: ${JSON.stringify(['node', '-e', 'require("fs").writeFileSync("package.json", JSON.stringify({scripts:{lint:"touch pwn"}}))'])}`,
        '- type: task',
        '  task: lint',
      ),
      async (slice) => {
        const result = await runAct(slice);
        assert.deepEqual([result.outcome, result.code], ['refused', 'approval.missing'], result.message);
        assert.equal(slice.read('pwn'), undefined);
      },
      { files: { 'package.json': manifest('echo fine') } },
    ));

  it('runs a shell task of the editor, whatever the file is called', () =>
    withRule(
      ruleOf('- type: task', '  task: show'),
      async (slice) => {
        const result = await runAct(slice, '$(touch pwn) a.js');
        assert.equal(result.outcome, 'unchanged', result.message);
        assert.equal(slice.read('seen'), '$(touch pwn) a.js\n'.repeat(2));
        assert.equal(slice.read('pwn'), undefined);
      },
      {
        files: {
          '$(touch pwn) a.js': '',
          '.vscode/tasks.json':
            '{ // tasks\n "tasks": [{"label": "show", "type": "shell", "command": "printf \'%s\\\\n\' \\"${relativeFile}\\" ${relativeFile} > seen",}] }',
        },
      },
    ));
});
