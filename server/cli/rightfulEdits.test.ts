import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleCommandWorkspace } from '../test/ruleCommandLine.ts';

const policy = 'roles: { people: { write: ["src/**"] } }\n';
const unsorted = '---\nalwaysApply: true\ndescription: A rule\n---\nText\n';

describe('what a command writes', () => {
  let workspace: RuleCommandWorkspace;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({ '.cursor/rules/a.mdc': unsorted });
  });
  afterEach(() => workspace.remove());

  const logged = async (): Promise<string> => (await workspace.run('ctl audit show')).stdout;

  it('is logged, by whoever typed it, and only where it is written', async () => {
    await workspace.run('ctl migrate');
    assert.ok(!(await logged()).includes(' land '));
    assert.equal((await workspace.run('ctl rule create new')).code, 0);
    assert.match(
      await logged(),
      /allowed .*land \.cursor\/rules\/new\.mdc \[by person \(on the command line: Create new\)\]/u,
    );
  });

  it('is refused where a policy is against it, and nothing is written', async () => {
    mkdirSync(join(workspace.root, '.codegen-lab'));
    writeFileSync(join(workspace.root, '.codegen-lab/policy.yaml'), policy);
    const { code, stderr } = await workspace.run('ctl rule create new');
    assert.equal(code, 3);
    assert.match(stderr, /policy\.yaml:1 does not let people write \.cursor\/rules\/new\.mdc/u);
    assert.equal(workspace.read('.cursor/rules/new.mdc'), undefined);
    assert.match(await logged(), /denied .*land \.cursor\/rules\/new\.mdc/u);
  });

  it('is logged with each word of trust', async () => {
    for (const words of ['explain src/a.js --trust', 'explain src/a.js --trust', 'explain src/a.js'])
      await workspace.run(words);
    assert.equal((await logged()).match(/trust the folder \[by person \(--trust\)\]/gu)?.length, 2);
  });
});
