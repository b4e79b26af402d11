import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GitRepository } from '../../test/gitRepository.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const rule = `---
globs: "**/*.js"
actions:
  - type: reject
    message: No debugger.
    conditions:
      - pattern: debugger
---
`;
const onCommit = `---
globs: "**/*.js"
on: commit
actions:
  - type: validate
    message: No notes.
    conditions:
      - pattern: NOTE
---
`;
const bad = 'debugger; // NOTE\n';

describe('codegen-lab check of changes', () => {
  let workspace: RuleCommandWorkspace;
  let repository: GitRepository;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/no-debugger.mdc': rule,
      '.cursor/rules/no-notes.mdc': onCommit,
      'old.js': bad,
      'src/kept.js': '',
    });
    repository = new GitRepository({}, workspace.root);
  });
  afterEach(() => workspace.remove());

  it('--staged checks what is staged, as it is staged, with the rules for commits', async () => {
    repository.commit();
    repository.write({ 'src/a b.js': bad, 'src/kept.js': bad });
    repository.git('add', '--all');
    repository.write({ 'src/a b.js': '', 'new.js': bad });
    repository.git('restore', '--staged', 'src/kept.js');
    assert.deepEqual(await found('check --staged'), [
      [1, 'src/a b.js', 'No debugger.'],
      [1, 'src/a b.js', 'No notes.'],
    ]);
  });

  it('checks what git tracks in folders that are usually built, and leaves out what git ignores', async () => {
    repository.commit({ 'build/tool.js': bad, '.gitignore': 'dist\n', 'old.js': '' });
    repository.write({ 'dist/made.js': bad });
    const wanted = [[1, 'build/tool.js', 'No debugger.']];
    assert.deepEqual(await found('check'), wanted);
    assert.deepEqual(await found('check --no-cache'), wanted);
    assert.deepEqual(await found('check build/tool.js dist/made.js'), wanted);
    repository.write({ 'build/tool.js': `${bad}//\n` });
    assert.deepEqual(await found('check --diff HEAD'), wanted);
    const explain = async (path: string): Promise<string> => (await workspace.run(`explain ${path}`)).stdout;
    assert.match(await explain('build/tool.js'), /checks +no-debugger/);
    assert.match(await explain('dist/made.js'), /nothing +no-debugger[^]*`dist\/made.js` is ignored/);
  });

  it('--staged works before the first commit, and on files that are gone', async () => {
    repository.git('add', 'old.js');
    repository.git('rm', '--quiet', '--cached', 'old.js');
    repository.write({ 'gone.js': bad });
    repository.git('add', 'gone.js');
    rmSync(join(repository.root, 'gone.js'));
    assert.deepEqual(
      (await found('check --staged')).map(([, path]) => path),
      ['gone.js', 'gone.js'],
    );
  });

  it('--diff checks the files that changed, without the rules for commits', async () => {
    repository.commit();
    repository.write({ 'src/kept.js': bad, 'other.js': bad });
    assert.deepEqual(await found('check --diff HEAD'), [
      [1, 'other.js', 'No debugger.'],
      [1, 'src/kept.js', 'No debugger.'],
    ]);
    assert.deepEqual(await found('check --diff HEAD src'), [[1, 'src/kept.js', 'No debugger.']]);
    assert.deepEqual(await found('check --diff HEAD old.js'), [[0]]);
  });

  it('tells what is wrong with a staged rule file by its staged text', async () => {
    repository.commit();
    repository.write({ '.cursor/rules/no-notes.mdc': onCommit.replace('globs', 'glob') });
    repository.git('add', '--all');
    repository.write({ '.cursor/rules/no-notes.mdc': onCommit });
    const { stdout } = await workspace.run('check --staged --json');
    assert.match(stdout, /"rule\./);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['check --diff nowhere', /There is no revision nowhere in this repository\./],
    ['check --diff main --staged', /--staged and --diff exclude each other/],
    ['check --format xml', /--format must be one of human, json, sarif, github, junit\./],
  ];
  for (const [words, message] of refused)
    it(`refuses with a sentence: codegen-lab ${words}`, async () => {
      repository.commit();
      const { code, stderr } = await workspace.run(words);
      assert.equal(code, 2);
      assert.match(stderr, message);
    });

  /** Exit code, path and message of each finding; of none the exit code alone. */
  async function found(words: string): Promise<readonly (readonly unknown[])[]> {
    const { code, stdout } = await workspace.run(`${words} --json`);
    const findings = JSON.parse(stdout) as readonly { readonly path: string; readonly message: string }[];
    return findings.length === 0 ? [[code]] : findings.map(({ path, message }) => [code, path, message]);
  }
});
