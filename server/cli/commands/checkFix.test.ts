import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitRepository } from '../../test/gitRepository.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const rules = {
  '.cursor/rules/let.mdc': condition('let', ['pattern: \\b(?<word>var)\\b (\\w+)', 'fix: let $2']),
  '.cursor/rules/header.mdc': condition('header', [
    'pattern: "Copyright"',
    'must: present',
    'fix: "// Copyright\\n"',
  ]),
};
const fixed = '// Copyright\nlet a; let b;\n';

describe('codegen-lab check --fix', () => {
  let workspace: RuleCommandWorkspace;
  afterEach(() => workspace.remove());

  it('replaces matches, inserts what is missed, says so, and tells what is left', async () => {
    workspace = new RuleCommandWorkspace({ ...rules, 'a.js': 'var a; var b;\n', 'src/b.js': fixed });
    const { code, stdout, stderr } = await workspace.run('check --fix');
    assert.deepEqual([code, stdout], [0, 'No problems.\n']);
    assert.equal(workspace.read('a.js'), fixed);
    assert.equal(stderr, '1 file written.\na.js: 1 fixed by header\na.js: 2 fixed by let\n');
    assert.equal((await workspace.run('check --fix')).stderr, '');
  });

  const texts: readonly (readonly [title: string, before: string, after: string])[] = [
    [
      'keeps a byte order mark and line breaks',
      '\uFEFFvar a;\r\nx\r\n',
      '\uFEFF// Copyright\r\nlet a;\r\nx\r\n',
    ],
    [
      'leaves the first line of a script first',
      '#!/usr/bin/node\nvar a;\n',
      '#!/usr/bin/node\n// Copyright\nlet a;\n',
    ],
  ];
  for (const [title, before, after] of texts)
    it(title, async () => {
      workspace = new RuleCommandWorkspace({ ...rules, 'a.js': before });
      await workspace.run('check --fix');
      assert.equal(workspace.read('a.js'), after);
    });

  it('ends with fixes that make work for themselves', async () => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/r.mdc': condition('r', ['pattern: a', 'fix: ab']),
      'a.js': 'a',
    });
    const { code } = await workspace.run('check --fix');
    assert.deepEqual([code, workspace.read('a.js')], [1, `a${'b'.repeat(10)}`]);
  });

  it('writes only into the files that are named, or that changed', async () => {
    workspace = new RuleCommandWorkspace({
      ...rules,
      'a.js': 'var a;\n',
      'src/b.js': 'var b;\n',
      'src/c.js': 'var c;\n',
    });
    const repository = new GitRepository({}, workspace.root);
    repository.commit();
    await workspace.run('check --fix src/b.js');
    assert.deepEqual(changed(repository), ['src/b.js']);
    repository.write({ 'a.js': 'var x;\n' });
    await workspace.run('check --fix --diff HEAD');
    assert.equal(workspace.read('a.js'), '// Copyright\nlet x;\n');
    await workspace.run('check --fix src');
    assert.deepEqual(changed(repository), ['a.js', 'src/b.js', 'src/c.js']);
  });

  it('writes through no link, and into nothing without --fix', async () => {
    workspace = new RuleCommandWorkspace({ ...rules, 'real.txt': 'var a;\n' });
    const outside = mkdtempSync(join(tmpdir(), 'codegen-lab-outside-'));
    writeFileSync(join(outside, 'o.js'), 'var o;\n');
    symlinkSync('real.txt', join(workspace.root, 'link.js'));
    symlinkSync(join(outside, 'o.js'), join(workspace.root, 'out.js'));
    try {
      await workspace.run('check --fix');
      assert.deepEqual(
        [workspace.read('real.txt'), readFileSync(join(outside, 'o.js'), 'utf8')],
        ['var a;\n', 'var o;\n'],
      );
    } finally {
      rmSync(outside, { recursive: true });
    }
    await workspace.run('check');
    assert.equal(workspace.read('real.txt'), 'var a;\n');
    assert.equal(existsSync(join(workspace.root, '.codegen-lab')), false);
  });

  it('refuses to mend what is staged', async () => {
    workspace = new RuleCommandWorkspace(rules);
    const { code, stderr } = await workspace.run('check --fix --staged');
    assert.equal(code, 2);
    assert.match(stderr, /--fix mends the files of the folder, not what is staged/);
  });

  it('gives the fix of each place in JSON', async () => {
    workspace = new RuleCommandWorkspace({ ...rules, 'a.js': '// Copyright\nvar a;\n' });
    const { stdout } = await workspace.run('check --json');
    const found = JSON.parse(stdout) as readonly { readonly fix: unknown }[];
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
    assert.deepEqual(
      found.map(({ fix }) => fix),
      [{ range, newText: 'let a' }],
    );
  });
});

function changed(repository: GitRepository): readonly string[] {
  return repository.git('diff', '--name-only').split('\n').filter(Boolean);
}

function condition(name: string, keys: readonly string[]): string {
  const [first, ...rest] = [...keys, `message: Mend ${name}.`];
  return [
    ...[
      '---',
      `name: ${name}`,
      'globs: "**/*.js"',
      'actions:',
      '  - type: reject',
      '    message: x',
      '    conditions:',
    ],
    ...[`      - ${first}`, ...rest.map((key) => `        ${key}`), '---', ''],
  ].join('\n');
}
