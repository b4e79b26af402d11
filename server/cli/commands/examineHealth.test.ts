import assert from 'node:assert/strict';
import type { HealthReport } from '../../protocol/health.ts';
import { CommandLineWorkspace } from '../../test/commandLine.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const escape = '\u001B[2J';
const good = { id: 'git', title: 'Git', state: 'good', seen: `git${escape} 2.`, todo: '' } as const;
const look = { id: 'trust', title: 'Trust', state: 'attention', seen: 'None.', todo: 'Trust it.' } as const;
const bad = { id: 'rules', title: 'Rules', state: 'bad', seen: '1 error.', todo: 'Mend it.' } as const;

describe('codegen-lab doctor', () => {
  const cases = [
    ['is good where everything is', [good], 0, /^good {2}Git\n {6}git 2\.\n\nAll 1 are good\.\n$/],
    [
      'is good with things to look at',
      [good, look],
      0,
      /\nlook {2}Trust\n {6}None\.\n {6}Trust it\.\n\nNothing is bad; 1 of 2 to look at\.\n$/,
    ],
    [
      'ends with 1 where something is bad',
      [bad, look],
      1,
      /^bad {3}Rules\n[^]*\n1 bad, 1 to look at, of 2\.\n$/,
    ],
  ] as const;
  for (const [what, checks, code, text] of cases)
    it(what, async () => {
      const workspace = new CommandLineWorkspace({});
      try {
        const health = { examine: async () => ({ version: '1.2.3', checks }), describeIssue: async () => '' };
        const ended = await workspace.run('doctor', { engine: { health } });
        assert.equal(ended.code, code);
        assert.match(ended.stdout, text);
      } finally {
        workspace.remove();
      }
    });

  describe('over the real machine', function () {
    this.timeout(60_000);
    let workspace: RuleCommandWorkspace;
    before(() => {
      workspace = new RuleCommandWorkspace({
        '.cursor/rules/broken.mdc': '---\nglobs: [\n---\nText.\n',
        'a.test.mjs': "import 'node:test';\n",
      });
    });
    after(() => workspace.remove());

    it('looks at everything', async () => {
      const { code, stdout } = await workspace.run('doctor --json');
      const { checks } = JSON.parse(stdout) as HealthReport;
      const state = new Map(checks.map((check) => [check.id, check.state]));
      for (const id of ['version', 'storage', 'workspace', 'approvals', 'processes', 'journals', 'runs'])
        assert.equal(state.get(id), 'good', `${id}\n${stdout}`);
      assert.equal(state.get('rules'), 'bad', stdout);
      assert.equal(code, 1);
    });

    it('writes a report of an issue into a file, and only there', async () => {
      const { code, stdout, stderr } = await workspace.run('report --out bundle.md');
      assert.deepEqual([code, stdout], [0, '']);
      assert.match(stderr, /bundle\.md is written\. Read it before you send it/u);
      const text = workspace.read('bundle.md') ?? '';
      assert.match(text, /## Health of Codegen Lab[^]*## Last runs/u);
      assert.ok(!text.includes(workspace.root), text);
    });
  });
});
