import assert from 'node:assert/strict';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

describe('clctl migrate', () => {
  let workspace: RuleCommandWorkspace;
  before(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/base.mdc.md': '---\nglobs: **/*.ts # all\r\n---\r\nText\r\n',
      '.cursor/rules/child.mdc': '---\nextends: ./base.mdc.md\nalwaysApply: true\n---\nMore\n',
      '.cursor/rules/left.mdc': '---\nname: x1\nwhat is this\n---\n',
      '.cursorrules': 'Be kind.\n',
    });
  });
  after(() => workspace.remove());

  it('shows the difference and writes nothing by itself', async () => {
    const { code, stdout, stderr } = await workspace.run('ctl migrate');
    assert.equal(code, 0);
    assert.match(stdout, /^diff --git a\/\.cursor\/rules\/base\.mdc b\/\.cursor\/rules\/base\.mdc$/m);
    assert.match(stdout, /^\+globs: "\*\*\/\*\.ts" # all$/m);
    assert.match(stdout, /^\+extends: \.\/base\.mdc$/m);
    assert.match(stderr, /^\.cursorrules becomes a rule file that always applies\.$/m);
    assert.match(stderr, /^\.cursor\/rules\/left\.mdc:3:1 is for you to mend \(rule\.bad-yaml\)/m);
    assert.match(stderr, /5 files would change\. Add --write/);
    assert.equal(workspace.read('.cursor/rules/base.mdc'), undefined);
  });

  it('tells the same as JSON', async () => {
    const { stdout } = await workspace.run('ctl migrate .cursorrules --json');
    const [only] = JSON.parse(stdout) as readonly { path: string; newPath: string; left: unknown }[];
    assert.deepEqual(
      [only?.path, only?.newPath, only?.left],
      ['.cursorrules', '.cursor/rules/cursorrules.mdc', []],
    );
  });

  it('writes with --write, to the byte, and has nothing to do then', async () => {
    const { code } = await workspace.run('ctl migrate --write');
    assert.equal(code, 0);
    assert.equal(workspace.read('.cursor/rules/base.mdc'), '---\nglobs: "**/*.ts" # all\r\n---\r\nText\r\n');
    assert.equal(workspace.read('.cursor/rules/base.mdc.md'), undefined);
    assert.equal(
      workspace.read('.cursor/rules/child.mdc'),
      '---\nextends: ./base.mdc\nalwaysApply: true\n---\nMore\n',
    );
    assert.equal(workspace.read('.cursor/rules/cursorrules.mdc'), '---\nalwaysApply: true\n---\nBe kind.\n');
    assert.equal(workspace.read('.cursorrules'), undefined);
    const again = await workspace.run('ctl migrate');
    assert.deepEqual([again.stdout, again.code], ['', 0]);
    assert.match(
      again.stderr,
      /left\.mdc:3:1 is for you to mend .*\nNothing else can be mended without you\.\n$/,
    );
  });
});

describe('clctl migrate where a name is taken', () => {
  let workspace: RuleCommandWorkspace;
  before(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/a.mdc': '---\nalwaysApply: true\n---\nOne\n',
      '.cursor/rules/a.mdc.md': '---\nglobs: *.ts\n---\nTwo\n',
    });
  });
  after(() => workspace.remove());

  it('mends the file and keeps its name', async () => {
    const { stderr } = await workspace.run('ctl migrate --write');
    assert.match(stderr, /a\.mdc\.md keeps its name/);
    assert.match((await workspace.run('ctl migrate')).stderr, /Nothing else can be mended without you\.\n/);
    assert.equal(workspace.read('.cursor/rules/a.mdc'), '---\nalwaysApply: true\n---\nOne\n');
    assert.equal(workspace.read('.cursor/rules/a.mdc.md'), '---\nglobs: "*.ts"\n---\nTwo\n');
  });

  it('names files that it could not read', async () => {
    const torn = new RuleCommandWorkspace({ '.cursor/rules/torn.mdc': 'a\0b' });
    try {
      const { stderr } = await torn.run('ctl migrate');
      assert.match(stderr, /^\.cursor\/rules\/torn\.mdc:1:1 is for you to mend \(rule\.unreadable\): /);
      assert.match(stderr, /Nothing else can be mended without you\.\n$/);
    } finally {
      torn.remove();
    }
  });

  it('gives two files that would be called alike no common name', async () => {
    const both = new RuleCommandWorkspace({
      '.cursorrules': 'Be kind.\n',
      '.cursor/rules/cursorrules.mdc.md': '---\nglobs: src/**\n---\nBe plain.\n',
    });
    try {
      const { stderr } = await both.run('ctl migrate --write');
      assert.match(stderr, /\.cursorrules keeps its name/);
      assert.equal(both.read('.cursorrules'), 'Be kind.\n');
      assert.match(both.read('.cursor/rules/cursorrules.mdc') ?? '', /Be plain/);
      await both.run('ctl migrate .cursor/rules --write');
      const done = await both.run('ctl migrate .cursor/rules');
      assert.match(done.stderr, /All rule files have the canonical form/);
    } finally {
      both.remove();
    }
  });
});
