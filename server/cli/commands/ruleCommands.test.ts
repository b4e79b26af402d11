import assert from 'node:assert/strict';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const base = '---\ndescription: The base\nglobs: "**/*.py"\nabstract: true\n---\nBase text.\n';
const child = '---\nextends: base\ndescription: The child\non: save\n---\nChild text, see @base.\n';
const named = '---\nname: shown name\nalwaysApply: true\n---\nText\n';

interface ShownRule {
  readonly lineage: readonly string[];
  readonly values: { readonly description: string; readonly globs: readonly string[]; readonly body: string };
  readonly provenance: Readonly<Record<string, readonly unknown[]>>;
}

interface TestedRule {
  readonly problems: readonly unknown[];
  readonly results: readonly { readonly passed: boolean; readonly line: number }[];
}

describe('clctl rule', () => {
  let workspace: RuleCommandWorkspace;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/base.mdc': base,
      '.cursor/rules/child.mdc': child,
      '.cursor/rules/named.mdc': named,
      '.cursor/rules/other.mdc': '---\nextends: shown name\nglobs: "x/**"\n---\n',
    });
  });
  afterEach(() => workspace.remove());

  it('create writes a rule file from a template, and never over another', async () => {
    const { code, stdout } = await workspace.run([
      'ctl',
      'rule',
      'create',
      'web/new-rule',
      '--template',
      'check',
      '--globs',
      '**/*.ts',
    ]);
    assert.deepEqual([code, stdout], [0, '.cursor/rules/web/new-rule.mdc\n']);
    assert.match(
      workspace.read('.cursor/rules/web/new-rule.mdc') ?? '',
      /^---\ndescription: .*\nglobs: "\*\*\/\*\.ts"\n/,
    );
    assert.equal((await workspace.run('ctl validate-rules .cursor/rules/web')).code, 0);
    const again = await workspace.run('ctl rule create child');
    assert.equal(again.code, 2);
    assert.match(again.stderr, /child\.mdc is there already/);
    assert.equal(workspace.read('.cursor/rules/child.mdc'), child);
  });

  for (const name of ['../x', '/x', 'a/../b', 'a b', '.x', 'a/']) {
    it(`create refuses the name ${name}`, async () => {
      const { code, stderr } = await workspace.run(['ctl', 'rule', 'create', name]);
      assert.equal(code, 2);
      assert.match(stderr, /is no name for a rule/);
    });
  }

  it('show --effective says where each value comes from', async () => {
    const { code, stdout } = await workspace.run('ctl rule show child --effective --json');
    assert.equal(code, 0);
    const shown = JSON.parse(stdout) as ShownRule;
    assert.deepEqual(shown.lineage, ['.cursor/rules/child.mdc', '.cursor/rules/base.mdc']);
    assert.deepEqual([shown.values.description, shown.values.globs], ['The child', ['**/*.py']]);
    assert.match(shown.values.body, /Base text\.[^]*Child text/);
    assert.deepEqual(shown.provenance['globs'], [
      { rule: '.cursor/rules/base.mdc', path: '.cursor/rules/base.mdc', line: 3 },
    ]);
    assert.deepEqual(shown.provenance['on'], [
      { rule: '.cursor/rules/child.mdc', path: '.cursor/rules/child.mdc', line: 4 },
    ]);
    const people = await workspace.run('ctl rule show child --effective');
    assert.match(people.stdout, /^ {2}globs +\*\*\/\*\.py {2}← \.cursor\/rules\/base\.mdc:3$/m);
  });

  it('list --for names the rules that are about a file', async () => {
    const names = async (file: string): Promise<readonly string[]> => {
      const { stdout } = await workspace.run(`ctl rule list --for ${file} --json`);
      return (JSON.parse(stdout) as readonly { name: string }[]).map(({ name }) => name);
    };
    assert.deepEqual(await names('src/a.py'), ['child', 'shown name']);
    assert.deepEqual(await names('x/a.js'), ['shown name', 'other']);
    assert.equal((await workspace.run('ctl rule list --for ../x')).code, 2);
  });

  it('rename moves the file of a rule, and references follow', async () => {
    const shown = await workspace.run('ctl rule rename base root-rule');
    assert.match(shown.stdout, /^\+extends: root-rule$/m);
    assert.match(shown.stderr, /3 files would change/);
    assert.equal(workspace.read('.cursor/rules/base.mdc'), base);
    assert.equal((await workspace.run('ctl rule rename base root-rule --write')).code, 0);
    assert.equal(workspace.read('.cursor/rules/root-rule.mdc'), base);
    assert.equal(workspace.read('.cursor/rules/base.mdc'), undefined);
    assert.equal(
      workspace.read('.cursor/rules/child.mdc'),
      child.replace('extends: base', 'extends: root-rule').replace('@base', '@root-rule'),
    );
  });

  it('rename changes the name that a rule bears, and references follow', async () => {
    const ended = await workspace.run(['ctl', 'rule', 'rename', 'shown name', 'other name', '--write']);
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(workspace.read('.cursor/rules/named.mdc'), named.replace('shown', 'other'));
    assert.match(workspace.read('.cursor/rules/other.mdc') ?? '', /extends: other name/);
  });

  describe('rename of a block', () => {
    const block = (name: string, message: string): string =>
      `<rule>\n${name}description: d\nactions:\n  - type: suggest\n    message: ${message}\n</rule>\n`;
    let blocks: RuleCommandWorkspace;
    beforeEach(() => {
      blocks = new RuleCommandWorkspace({
        '.cursor/rules/parent.mdc': `---\nabstract: true\n---\n${block('name: tone # loud\n', 'A')}${block('name: other\n', 'B')}`,
        '.cursor/rules/heir.mdc': `---\nextends: parent\nglobs: "**"\n---\nText\n\n${block('name: "tone"\n', 'C')}`,
        '.cursor/rules/apart.mdc': block('name: tone\n', 'D') + block('', 'E'),
      });
    });
    afterEach(() => blocks.remove());

    it('changes its name, and that of the inherited one that it replaces', async () => {
      const shown = await blocks.run('ctl rule rename .cursor/rules/heir.mdc#1 style');
      assert.match(shown.stdout, /^-name: "tone"\n\+name: style$/m);
      assert.match(shown.stderr, /2 files would change/);
      const done = await blocks.run('ctl rule rename .cursor/rules/heir.mdc#1 style --write');
      assert.equal(done.code, 0, done.stderr);
      assert.match(blocks.read('.cursor/rules/parent.mdc') ?? '', /^name: style # loud$/m);
      assert.match(blocks.read('.cursor/rules/parent.mdc') ?? '', /^name: other$/m);
      assert.match(blocks.read('.cursor/rules/heir.mdc') ?? '', /^name: style$/m);
      assert.match(blocks.read('.cursor/rules/apart.mdc') ?? '', /^name: tone$/m);
    });

    it('gives a name to one that has none', async () => {
      const { code, stderr } = await blocks.run('ctl rule rename apart#2 last --write');
      assert.equal(code, 0, stderr);
      assert.match(blocks.read('.cursor/rules/apart.mdc') ?? '', /message: E\nname: last\n<\/rule>\n$/);
    });

    for (const [words, message] of [
      [['.cursor/rules/heir.mdc#1', 'other'], /Another block of .*parent\.mdc is called “other”/],
      [['.cursor/rules/heir.mdc#2', 'x'], /is inherited\. Rename it where it is written/],
      [['.cursor/rules/apart.mdc#1', 'a\nb'], /no line break/],
    ] as const)
      it(`refuses ${words.join(' ')}`, async () => {
        const { code, stderr } = await blocks.run(['ctl', 'rule', 'rename', ...words, '--write']);
        assert.equal(code, 2);
        assert.match(stderr, message);
      });
  });

  const refused: readonly (readonly [words: readonly string[], message: RegExp])[] = [
    [['gone', 'x'], /There is no rule gone/],
    [['base', 'child'], /child\.mdc is there already/],
    [['base', 'a/b'], /is no name for a file/],
    [['base', 'shown name'], /Another rule or file is called shown name already, and .*child\.mdc would no/],
  ];
  for (const [words, message] of refused) {
    it(`rename refuses ${words.join(' ')}`, async () => {
      const { code, stderr } = await workspace.run(['ctl', 'rule', 'rename', ...words, '--write']);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }

  it('test tries a rule on the cases beside it', async () => {
    const none = await workspace.run('ctl rule test child');
    assert.equal(none.code, 2);
    assert.match(none.stderr, /\.cursor\/rules\/child\.tests\.yaml/);
    const tested = new RuleCommandWorkspace({
      '.cursor/rules/a.mdc':
        '---\nglobs: "src/**"\nactions:\n  - type: reject\n    conditions:\n      - pattern: debugger\n        message: No.\n---\n',
      '.cursor/rules/a.tests.yaml':
        '- file: src/a.ts\n  finds: 1\n  content: debugger\n- file: b.ts\n  applies: false\n',
      '.cursor/rules/b.mdc': '---\nalwaysApply: true\n---\n',
      '.cursor/rules/b.tests.yaml': '- file: a\n  applies: false\n- nothing\n',
    });
    try {
      const good = await tested.run('ctl rule test a');
      assert.deepEqual([good.code, good.stdout.split('\n').at(-2)], [0, '2 passed, 0 failed']);
      const all = await tested.run('ctl rule test --json');
      assert.equal(all.code, 1);
      const [, second] = JSON.parse(all.stdout) as readonly TestedRule[];
      assert.deepEqual(second?.problems, [
        { line: 3, message: 'A case has keys of its own, such as `file: src/a.ts`.' },
      ]);
      assert.deepEqual([second?.results[0]?.passed, second?.results[0]?.line], [false, 1]);
    } finally {
      tested.remove();
    }
  });
});
