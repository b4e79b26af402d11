import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangedFile } from '../engine/ports/gitChanges.ts';
import { GitRepository } from '../test/gitRepository.ts';
import { gitChanges } from './gitChanges.ts';

const never = new AbortController().signal;
const oddNames =
  process.platform === 'win32'
    ? ['a b.js']
    : ['a b.js', 'q"uote\'s.js', 'line\nbreak.js', 'tab\t.js', 'ü.js', '-x.js'];

describe('changes as git tells them', () => {
  let repository: GitRepository;
  beforeEach(() => {
    repository = new GitRepository({ 'a.js': 'one\n', 'deep/b.js': 'two\n' });
  });
  afterEach(() => repository.remove());

  describe('of the index', () => {
    it('are all files before the first commit', async () => {
      assert.deepEqual(await staged(), []);
      repository.git('add', 'a.js');
      assert.deepEqual(await staged(), [{ path: 'a.js', text: 'one\n' }]);
    });

    it('have the text that is staged and the one that was committed, whatever stands in the folder', async () => {
      repository.commit();
      repository.write({ 'a.js': 'staged\r\n' });
      repository.git('add', 'a.js');
      repository.write({ 'a.js': 'later\n', 'deep/b.js': 'not staged\n', 'new.js': 'not staged\n' });
      assert.deepEqual(await staged(), [{ path: 'a.js', text: 'staged\r\n', before: 'one\n' }]);
    });

    it('leave out what is deleted, a link, a binary, and what is larger than 1 MiB', async () => {
      repository.commit();
      repository.git('rm', '--quiet', 'deep/b.js');
      symlinkSync('a.js', join(repository.root, 'link.js'));
      repository.write({
        'big.js': 'x'.repeat(1024 * 1024 + 1),
        'b.png': Buffer.from([0x89, 0, 1]),
        'ok.js': '',
      });
      repository.git('add', '--all');
      assert.deepEqual(await staged(), [{ path: 'ok.js', text: '' }]);
    });

    it('follow a rename to what the file was before', async () => {
      const text = 'line of some length\n'.repeat(20);
      repository.commit({ 'old.js': text });
      repository.git('mv', 'old.js', 'new.js');
      repository.write({ 'new.js': `${text}more\n` });
      repository.git('add', '--all');
      assert.deepEqual(await staged(), [{ path: 'new.js', text: `${text}more\n`, before: text }]);
    });

    it('take any name of a file', async () => {
      repository.commit();
      repository.write(Object.fromEntries(oddNames.map((name) => [`odd/${name}`, name])));
      repository.git('add', '--all');
      assert.deepEqual(
        (await staged()).map(({ path, text }) => [path, text]),
        oddNames
          .map((name) => [`odd/${name}`, name])
          .toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)),
      );
    });

    it('leave out a submodule', async () => {
      repository.commit();
      const other = new GitRepository({ 'x.js': 'x\n' });
      try {
        other.commit();
        repository.git('submodule', '--quiet', 'add', other.root, 'sub');
        assert.deepEqual(
          (await staged()).map(({ path }) => path),
          ['.gitmodules'],
        );
      } finally {
        other.remove();
      }
    });

    it('of a folder of the repository are those in it, seen from there', async () => {
      repository.git('add', '--all');
      assert.deepEqual(await staged(join(repository.root, 'deep')), [{ path: 'b.js', text: 'two\n' }]);
    });

    it('are those of the commit that is under way', async () => {
      repository.commit();
      repository.write({ 'a.js': 'mine\n', 'deep/b.js': 'left out\n' });
      repository.git('add', '--all');
      const index = join(repository.root, '.git', 'other index');
      const usual = process.env['GIT_INDEX_FILE'];
      repository.git('read-tree', `--index-output=${index}`, 'HEAD');
      repository.git('add', '--all');
      process.env['GIT_INDEX_FILE'] = index;
      try {
        assert.deepEqual(await staged(), []);
      } finally {
        if (usual === undefined) delete process.env['GIT_INDEX_FILE'];
        else process.env['GIT_INDEX_FILE'] = usual;
      }
      assert.deepEqual(
        (await staged()).map(({ path }) => path),
        ['a.js', 'deep/b.js'],
      );
    });

    it('run nothing that the repository names', async () => {
      repository.commit({ '.gitattributes': '*.js filter=own diff=own\n' });
      const made = join(repository.root, 'made');
      for (const key of [
        'filter.own.clean',
        'filter.own.smudge',
        'diff.own.textconv',
        'diff.own.command',
        'core.fsmonitor',
      ])
        repository.git('config', key, `touch '${made}'; cat`);
      repository.git('config', 'diff.external', `touch '${made}'`);
      repository.write({ 'a.js': 'two\n', 'made.js': 'x' });
      assert.deepEqual(
        (await since('HEAD')).map(({ path }) => path),
        ['a.js', 'made.js'],
      );
      await staged();
      assert.equal(
        (await since('HEAD')).some(({ path }) => path === 'made'),
        false,
      );
    });
  });

  describe('since a revision', () => {
    it('are what the folder has otherwise or anew, untracked files too, ignored ones not', async () => {
      repository.commit({ '.gitignore': 'ignored.js\n' });
      repository.write({ 'a.js': 'changed\n', 'new file.js': 'x', 'ignored.js': 'x' });
      repository.git('rm', '--quiet', 'deep/b.js');
      assert.deepEqual(await since('HEAD'), [{ path: 'a.js', before: 'one\n' }, { path: 'new file.js' }]);
    });

    it('are counted from where the branch left it', async () => {
      repository.commit();
      repository.git('checkout', '--quiet', '-b', 'mine');
      repository.commit({ 'mine.js': 'x' });
      repository.git('checkout', '--quiet', 'main');
      repository.commit({ 'a.js': 'theirs\n' });
      repository.git('checkout', '--quiet', 'mine');
      assert.deepEqual(await since('main'), [{ path: 'mine.js' }]);
    });

    for (const ref of ['nowhere', '--output=x', '', 'HEAD:a.js'])
      it(`name the revision that is not there: ${JSON.stringify(ref)}`, async () => {
        repository.commit();
        const found = await gitChanges.since(repository.root, ref, never);
        assert.deepEqual(found, {
          kind: 'failed',
          message: `There is no revision ${ref} in this repository.`,
        });
      });
  });

  it('fail with a sentence where there is no repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-plain-'));
    mkdirSync(join(folder, '.git'));
    try {
      const message = `Git knows no repository in ${folder}.`;
      assert.deepEqual(await gitChanges.staged(folder, never), { kind: 'failed', message });
      assert.deepEqual(await gitChanges.since(folder, 'HEAD', never), { kind: 'failed', message });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  async function staged(root = repository.root): Promise<readonly ChangedFile[]> {
    const found = await gitChanges.staged(root, never);
    assert.equal(found.kind, 'changed');
    return found.kind === 'changed' ? found.files : [];
  }

  async function since(ref: string): Promise<readonly ChangedFile[]> {
    const found = await gitChanges.since(repository.root, ref, never);
    assert.equal(found.kind, 'changed');
    return found.kind === 'changed' ? found.files : [];
  }
});
