import assert from 'node:assert/strict';
import { describeIssue, examineHealth } from '../protocol/health.ts';
import type { LspClient } from '../test/lspClient.ts';
import { EditorHome } from '../test/lspSession.ts';

const canary = 'canary-51c0ffee';
const rule = `---\ndescription: ${canary}\nglobs: [\n---\nSay ${canary}.\n`;

describe('the health of the installation in an editor', function () {
  this.timeout(60_000);
  let home: EditorHome;
  let client: LspClient;

  before(async () => {
    home = await EditorHome.create({
      files: {
        'workspace/.cursor/rules/broken.mdc': rule,
        'workspace/.codegen-lab/models.yaml': `roles: ${canary}\n`,
        'workspace/a.ts': `const a = '${canary}';\n`,
      },
    });
    ({ client } = await home.startInProcess({
      settings: {
        ai: {
          ...{ enabled: true, provider: 'ollama', model: 'm' },
          baseUrl: `http://user:${canary}@127.0.0.1:9/${canary}`,
        },
      },
    }));
  });
  after(() => home.dispose());

  const ask = async (method: string): Promise<string> => {
    const answers = (await client.raw(method, {})) as readonly { readonly markdown: string }[];
    assert.equal(answers.length, 1);
    return answers[0]?.markdown ?? '';
  };

  it('is told as Markdown', async () => {
    const page = await ask(examineHealth.method);
    assert.match(page, /^# Health of Codegen Lab\n/u);
    assert.match(
      page,
      /\| ✗ bad \| Rules \| 1 rule file\. \d+ errors?, the first in \.cursor\/rules\/broken\.mdc:/u,
    );
    assert.match(page, /\| ✗ bad \| Models \|/u);
  });

  it('makes a report of an issue without any text of the workspace or the settings', async () => {
    const report = await ask(describeIssue.method);
    assert.match(report, /## Last runs/u);
    assert.match(report, /ai\.baseUrl: http:\/\/127\.0\.0\.1:9/u);
    for (const hidden of [canary, home.path('workspace')]) assert.ok(!report.includes(hidden), report);
  });
});
