import assert from 'node:assert/strict';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const steering = '---\ninclusion: fileMatch\nfileMatchPattern: "**/*.ts"\ncolour: red\n---\n# Types\r\n';
const rule = '---\nglobs: ["**/*.ts"]\nalwaysApply: false\n---\n# Types\r\n';

describe('clctl import and export', () => {
  let workspace: RuleCommandWorkspace;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({
      '.kiro/steering/types.md': steering,
      '.kiro/steering/broken.md': '---\ninclusion: fileMatch\nfileMatchPattern: "a\n---\nB',
      'README.md': '',
      '.cursor/rules/base.mdc': '---\nabstract: true\nglobs: "**/*.py"\n---\nBase.\n',
      '.cursor/rules/child.mdc': '---\nextends: base\non: save\n---\nChild.\n',
    });
  });
  afterEach(() => workspace.remove());

  it('import shows rule files, names what is lost, and writes with --write', async () => {
    const shown = await workspace.run('ctl import --from kiro');
    assert.equal(shown.code, 0);
    assert.match(shown.stdout, /^\+globs: "\*\*\/\*\.ts"$/m);
    assert.match(shown.stderr, /types\.md: `colour` is lost/);
    assert.match(shown.stderr, /broken\.md: It is left out, since it has an error/);
    assert.equal(workspace.read('.cursor/rules/types.mdc'), undefined);
    const written = await workspace.run('ctl import --from kiro .kiro/steering/types.md --write');
    assert.equal(written.code, 0, written.stderr);
    assert.equal(
      workspace.read('.cursor/rules/types.mdc'),
      rule
        .replace('["**/*.ts"]', '"**/*.ts"')
        .replaceAll(/(?<!\r)\n(?!#)/g, '\r\n')
        .replace(/(?<!\r)\n/g, '\r\n'),
    );
  });

  it('keeps a file that is there unless --replace is typed', async () => {
    await workspace.run('ctl import --from kiro .kiro/steering/types.md --write');
    await workspace.run(['ctl', 'rule', 'rename', 'child', 'types2', '--write']);
    const changed = new RuleCommandWorkspace({
      '.clinerules/a.md': 'New\n',
      '.cursor/rules/a.mdc': 'Old\n',
    });
    try {
      const kept = await changed.run('ctl import --from cline --write');
      assert.equal(kept.code, 1);
      assert.match(kept.stderr, /a\.mdc is there already and stays; add --replace/);
      assert.equal(changed.read('.cursor/rules/a.mdc'), 'Old\n');
      assert.equal((await changed.run('ctl import --from cline --write --replace')).code, 0);
      assert.equal(changed.read('.cursor/rules/a.mdc'), '---\nalwaysApply: true\n---\nNew\n');
      const again = await changed.run('ctl import --from cline --write');
      assert.deepEqual([again.code, again.stderr], [0, 'All of that is there already.\n']);
    } finally {
      changed.remove();
    }
  });

  it('export writes rules with all that they inherit, and names what is lost', async () => {
    const ended = await workspace.run('ctl export --to claude-rules --out exported --write');
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(
      workspace.read('exported/.claude/rules/child.md') ?? '',
      /^---\npaths: "\*\*\/\*\.py"\n---\nBase\.[^]*Child\./,
    );
    assert.match(ended.stderr, /child\.mdc: `on` is lost/);
    assert.match(ended.stderr, /base\.mdc: It is left out, because it is abstract/);
  });

  const wrong: readonly (readonly [words: string, message: RegExp])[] = [
    ['import --from kiro README.md', /README\.md is no file of Kiro/],
    ['import --from windsurf', /There are no files of Windsurf/],
    ['export --to kiro nothing', /There is no rule nothing/],
    ['export --to kiro --out ../x', /lies outside of the workspace folder/],
  ];
  for (const [words, message] of wrong) {
    it(`explains what is wrong with: ${words}`, async () => {
      const { code, stderr } = await workspace.run(`ctl ${words}`);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
