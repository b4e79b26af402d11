import assert from 'node:assert/strict';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

describe('clctl models check', () => {
  let workspace: RuleCommandWorkspace;
  before(() => {
    workspace = new RuleCommandWorkspace({
      '.codegen-lab/models.yaml':
        'roles:\n  tester: { use: ollama/team }\n  reviewr: {}\nlimits: { usd: { run: 0.1 } }\n',
    });
  });
  after(() => workspace.remove());

  it('shows where each value comes from and what is to be mended, and asks nobody', async () => {
    const { code, stdout } = await workspace.run('ctl models check --no-ask');
    assert.equal(code, 1);
    assert.match(stdout, /usd\.run +0\.1 +models\.yaml/);
    assert.match(stdout, /ollama\/team \(models\.yaml\): The provider ollama is not set up here/);
    assert.match(stdout, /models\.yaml:3: `reviewr` is no key that stands here\. Did you mean `reviewer`\?/);
    assert.match(stdout, /No model is chosen/);
  });

  it('tells the same as data', async () => {
    const { stdout } = await workspace.run('ctl models check --no-ask --json');
    const report = JSON.parse(stdout) as {
      readonly roles: readonly { readonly role: string }[];
      readonly tried: [];
    };
    assert.equal(report.roles[0]?.role, 'planner');
    assert.deepEqual(report.tried, []);
  });

  it('knows no other word', async () => {
    assert.equal((await workspace.run('ctl models mend')).code, 2);
  });
});
