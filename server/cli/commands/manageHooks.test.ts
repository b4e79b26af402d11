import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GitRepository } from '../../test/gitRepository.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';

const main = new URL('../main.ts', import.meta.url).href;
const rule = `---
globs: "**/*.js"
actions:
  - type: reject
    message: No debugger.
    conditions:
      - pattern: debugger
---
`;

describe('codegen-lab hooks', function () {
  this.timeout(60_000);
  let workspace: RuleCommandWorkspace;
  let repository: GitRepository;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/r.mdc': rule,
      '.gitignore': 'node_modules\n',
      'a.js': '',
    });
    repository = new GitRepository({}, workspace.root);
    repository.commit();
  });
  afterEach(() => workspace.remove());

  it('checks each commit as it is staged, with what the hook did before, and stops when asked', async () => {
    const hook = join(repository.root, '.git/hooks/pre-commit');
    repository.write({
      '.git/hooks/pre-commit': '#!/bin/sh\ntouch ran\n',
      'node_modules/.bin/codegen-lab': launcher(),
    });
    chmodSync(hook, 0o755);
    chmodSync(join(repository.root, 'node_modules/.bin/codegen-lab'), 0o755);
    const { code, stdout } = await workspace.run('hooks install');
    assert.deepEqual([code, stdout], [0, 'Each commit is checked from now on, by .git/hooks/pre-commit.\n']);
    assert.equal((await workspace.run('hooks status')).code, 0);

    repository.write({ 'a.js': 'debugger\n', 'b.js': 'fine\n' });
    repository.git('add', '--all');
    assert.throws(() => commit(), /No debugger\./);
    assert.equal(existsSync(join(repository.root, 'ran')), false);
    // A commit of one file works on an index of its own.
    commit('b.js');
    assert.equal(existsSync(join(repository.root, 'ran')), true);
    assert.throws(() => commit('a.js'), /No debugger\./);

    assert.equal((await workspace.run('hooks remove')).code, 0);
    assert.equal(workspace.read('.git/hooks/pre-commit'), '#!/bin/sh\ntouch ran\n');
    commit('a.js');
    assert.equal((await workspace.run('hooks status')).code, 1);
  });

  it('makes a hook that can be run, once, and removes it with nothing left', async () => {
    await workspace.run('hooks install');
    const text = workspace.read('.git/hooks/pre-commit');
    await workspace.run('hooks install');
    assert.equal(workspace.read('.git/hooks/pre-commit'), text);
    const file = join(repository.root, '.git/hooks/pre-commit');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o111, 0o111);
    await workspace.run('hooks remove');
    assert.equal(existsSync(file), false);
    assert.deepEqual(await told('hooks remove'), [0, 'Commits are not checked by .git/hooks/pre-commit.\n']);
  });

  it('writes into the hook of husky', async () => {
    repository.write({ '.husky/pre-commit': 'npm test\n' });
    repository.git('config', 'core.hooksPath', '.husky/_');
    assert.deepEqual(await told('hooks install'), [
      0,
      'Each commit is checked from now on, by .husky/pre-commit.\n',
    ]);
    assert.match(workspace.read('.husky/pre-commit') ?? '', /^# codegen-lab hooks: begin[^]*\nnpm test\n$/);
  });

  for (const [name, by] of [
    ['lefthook.yml', 'lefthook'],
    ['.pre-commit-config.yaml', 'pre-commit'],
  ] as const)
    it(`shows what belongs into ${name}, and writes nothing`, async () => {
      repository.write({ [name]: '# mine\n' });
      const { code, stdout } = await workspace.run('hooks install');
      assert.equal(code, 1);
      assert.match(
        stdout,
        new RegExp(`^${by} writes the hooks here\\. Add this to ${name.replaceAll('.', '\\.')}`),
      );
      assert.equal(workspace.read(name), '# mine\n');
      assert.equal(workspace.read('.git/hooks/pre-commit'), undefined);
      repository.write({ [name]: stdout.slice(stdout.indexOf('\n\n') + 2) });
      assert.equal((await workspace.run('hooks status')).code, 0);
      assert.equal((await workspace.run('hooks install')).code, 0);
      assert.equal((await workspace.run('hooks remove')).code, 1);
    });

  it('writes below core.hooksPath in the repository, and into no folder that others share', async () => {
    repository.git('config', 'core.hooksPath', 'tools/hooks');
    assert.equal((await workspace.run('hooks install')).code, 0);
    assert.match(workspace.read('tools/hooks/pre-commit') ?? '', /check --staged/);
    for (const shared of ['~/hooks', '/somewhere/hooks', '../hooks']) {
      repository.git('config', 'core.hooksPath', shared);
      const { code, stderr } = await workspace.run('hooks install');
      assert.equal(code, 2);
      assert.match(stderr, /may serve other repositories too/);
    }
  });

  it('names the workspace folder where it is not the top of the repository', async () => {
    mkdirSync(join(repository.root, 'in ner/.cursor'), { recursive: true });
    const cwd = join(repository.root, 'in ner');
    assert.equal((await workspace.run('hooks install', { line: { cwd } })).code, 0);
    assert.match(workspace.read('.git/hooks/pre-commit') ?? '', /check --staged --root '\.\/in ner' \|\|/);
  });

  it('leaves alone what is no shell script or a link, and says what to do', async () => {
    repository.write({ '.git/hooks/pre-commit': '#!/usr/bin/env python3\n' });
    const other = await workspace.run('hooks install');
    assert.deepEqual([other.code, workspace.read('.git/hooks/pre-commit')], [2, '#!/usr/bin/env python3\n']);
    assert.match(other.stderr, /is no shell script; call “codegen-lab check --staged” in it/);
    repository.write({ target: 'x\n' });
    repository.git('config', 'core.hooksPath', 'hooks');
    mkdirSync(join(repository.root, 'hooks'));
    symlinkSync('../target', join(repository.root, 'hooks/pre-commit'));
    assert.equal((await workspace.run('hooks install')).code, 2);
    assert.equal(workspace.read('target'), 'x\n');
  });

  it('prints JSON, and refuses words that it does not know', async () => {
    const shown = JSON.parse((await workspace.run('hooks status --json')).stdout) as object;
    assert.deepEqual(
      { ...shown, message: '' },
      {
        installed: false,
        by: 'git',
        path: join(repository.root, '.git/hooks/pre-commit'),
        message: '',
      },
    );
    for (const words of ['hooks', 'hooks add', 'hooks install x'])
      assert.equal((await workspace.run(words)).code, 2);
  });

  async function told(words: string): Promise<readonly [number, string]> {
    const { code, stdout } = await workspace.run(words);
    return [code, stdout];
  }

  function commit(...paths: readonly string[]): void {
    repository.git('commit', '--quiet', '--message', 'x', '--', ...paths);
  }

  /** The command line from its sources, as a package would bring it. */
  function launcher(): string {
    const storage = pathToFileURL(join(repository.root, '.git/storage')).pathname;
    const run = `import(${JSON.stringify(main)}).then((line) => line.start())`;
    return `#!/bin/sh\nCODEGEN_LAB_STORAGE='${storage}' exec '${process.execPath}' --no-warnings -e '${run}' -- codegen-lab "$@"\n`;
  }
});
