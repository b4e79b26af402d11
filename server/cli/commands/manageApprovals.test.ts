import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const rule = '.cursor/rules/tests.mdc';
const text = '---\nextends: base\nactions:\n  - type: generate_tests\n    message: Small tests.\n---\nBody\n';
const files = {
  'src/a.js': 'export const a = 1;\n',
  '.cursor/rules/base.mdc': '---\nabstract: true\nglobs: src/**\non: save\n---\nBe brief.\n',
  [rule]: text,
  '.cursor/rules/checks.mdc':
    '---\nglobs: src/**\nactions:\n  - type: reject\n    conditions: [{ pattern: x }]\n---\n',
};

describe('codegen-lab approvals', () => {
  let workspace: RuleCommandWorkspace;

  beforeEach(() => {
    workspace = new RuleCommandWorkspace(files);
  });

  afterEach(() => workspace.remove());

  const write = (path: string, content: string): void => writeFileSync(join(workspace.root, path), content);

  const states = async (words = ''): Promise<readonly (readonly [string, string])[]> => {
    const { stdout } = await workspace.run(`approvals list --json ${words}`);
    const { rules } = JSON.parse(stdout) as { readonly rules: readonly Record<'name' | 'state', string>[] };
    return rules.map(({ name, state }) => [name, state]);
  };

  it('lists the rules that act, with what they may do', async () => {
    const { code, stdout } = await workspace.run('approvals list');
    assert.equal(code, 0);
    assert.equal(
      stdout,
      `not approved tests ${rule}
             may ask the chosen model
             may write tests for the file
             may run the tests that concern the file
`,
    );
  });

  it('keeps what the person approves until its text changes, also that of a parent', async () => {
    const added = await workspace.run('approvals add tests');
    assert.equal(added.code, 0);
    assert.match(added.stdout, /^approved tests: it may ask the chosen model; /);
    assert.deepEqual(await states(), [['tests', 'approved']]);
    write('.cursor/rules/base.mdc', files['.cursor/rules/base.mdc'].replace('brief', 'long'));
    assert.deepEqual(await states(), [['tests', 'changed']]);
    const run = await workspace.run('run --rule tests src/a.js --model ollama/none');
    assert.equal(run.code, 3);
    assert.match(run.stderr, /\n-Be brief\.\n\+Be long\.\n/);
    assert.match(run.stderr, /approve it anew: codegen-lab approvals add \.cursor\/rules\/tests\.mdc\n/);
  });

  it('keeps nothing where a policy lets nobody approve, and names its line', async () => {
    mkdirSync(join(workspace.root, '.codegen-lab'));
    write('.codegen-lab/policy.yaml', 'roles:\n  people:\n    approve: false\n');
    const { code, stdout, stderr } = await workspace.run('approvals add tests');
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(
      stderr,
      /^Not approved\. The policy \.codegen-lab\/policy\.yaml:3 does not let people approve/,
    );
    assert.deepEqual(await states(), [['tests', 'not approved']]);
  });

  it('takes back what was approved', async () => {
    await workspace.run('approvals add --all');
    assert.equal((await workspace.run('approvals remove tests')).code, 0);
    assert.deepEqual(await states(), [['tests', 'not approved']]);
    await workspace.run('approvals add --all');
    await workspace.run('approvals remove --all');
    assert.deepEqual(await states(), [['tests', 'not approved']]);
  });

  it('writes what was approved as a file, which alone decides where it is named', async () => {
    assert.equal((await workspace.run('approvals export a.md')).code, 2);
    await workspace.run('approvals add tests');
    assert.equal((await workspace.run('approvals export a.md')).code, 0);
    assert.match(workspace.read('a.md') ?? '', /## \.cursor\/rules\/tests\.mdc\n[^]*\nBe brief\.\n/);
    await workspace.run('approvals remove --all');
    assert.deepEqual(await states('--approvals a.md'), [['tests', 'approved']]);
    assert.deepEqual(await states(), [['tests', 'not approved']]);
    const run = await workspace.run('run --rule tests src/a.js --model ollama/none --approvals a.md');
    assert.doesNotMatch(run.stderr, /Allow it|not trusted/);
    assert.notEqual(run.code, 3);
  });

  it('refuses a rule whose text is another one than in the file, shows what changed and how it is renewed', async () => {
    await workspace.run('approvals add tests --approvals a.md');
    write(rule, text.replace('Small', 'Large'));
    const verified = await workspace.run('approvals verify a.md');
    assert.equal(verified.code, 3);
    assert.match(verified.stdout, /\n-    message: Small tests\.\n\+    message: Large tests\.\n/);
    const renew = 'codegen-lab approvals add .cursor/rules/tests.mdc --approvals a.md';
    assert.ok(verified.stderr.includes(renew));
    const run = await workspace.run('run --rule tests src/a.js --model ollama/none --approvals a.md');
    assert.equal(run.code, 3);
    assert.match(run.stderr, /\n-    message: Small tests\.\n\+    message: Large tests\.\n/);
    assert.ok(run.stderr.includes(renew));
    await workspace.run('approvals add tests --approvals a.md');
    assert.equal((await workspace.run('approvals verify a.md')).code, 0);
    assert.deepEqual(
      await states(),
      [['tests', 'not approved']],
      'what is kept for the user is another matter',
    );
  });

  it('tells of rules that are not approved, or gone, and ends well', async () => {
    await workspace.run('approvals add tests --approvals a.md');
    write(rule, '---\nglobs: src/**\n---\n');
    write('.cursor/rules/other.mdc', text);
    const { code, stdout } = await workspace.run('approvals verify a.md --json');
    assert.deepEqual(
      [code, JSON.parse(stdout)],
      [0, { same: [], changed: [], gone: [rule], unapproved: ['.cursor/rules/other.mdc'] }],
    );
  });

  const wrong: readonly (readonly [words: string, message: RegExp])[] = [
    ['approvals', /Say what to do: list, add/],
    ['approvals add', /Name the rules to add, or write --all/],
    ['approvals add tests --all', /Name the rules to add, or write --all/],
    ['approvals add nobody', /There is no rule nobody/],
    ['approvals add checks', /needs no approval/],
    ['approvals verify', /Name the file to verify/],
    ['approvals verify none.md', /none\.md cannot be read: ENOENT: no such file or directory\./],
    ['approvals verify src/a.js', /src\/a\.js:1: A file of approvals begins with/],
    ['approvals export no/a.md --all', /--all is for add and remove/],
    ['run --rule tests src/a.js --trust --approvals a.md', /give one of them/],
    ['run --rule tests src/a.js --ask --apply', /give one of them/],
    ['run --rule tests src/a.js --approvals src/a.js', /src\/a\.js:1: A file of approvals begins with/],
  ];
  for (const [words, message] of wrong)
    it(`says what is wrong with: ${words}`, async () => {
      const { code, stderr } = await workspace.run(words);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
});
