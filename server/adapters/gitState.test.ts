import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitState } from '../engine/ports/git.ts';
import { GitRepository } from '../test/gitRepository.ts';
import { gitCommits } from './gitFiles.ts';

const { signal } = new AbortController();
const path = 'src/[a] ü.ts';

interface Case {
  readonly title: string;
  readonly arrange: (repository: GitRepository) => void;
  readonly state: GitState;
}

const cases: readonly Case[] = [
  {
    title: 'a file as it was committed',
    arrange: (repository) => repository.commit({ [path]: 'a\n' }),
    state: { branch: 'main', staged: false, untracked: false, indexed: 'a\n' },
  },
  {
    title: 'a file that was changed and not staged',
    arrange: (repository) => {
      repository.commit({ [path]: 'a\n' });
      repository.write({ [path]: 'b\n' });
    },
    state: { branch: 'main', staged: false, untracked: false, indexed: 'a\n' },
  },
  {
    title: 'a staged change on another branch',
    arrange: (repository) => {
      repository.commit({ [path]: 'a\n' });
      repository.git('checkout', '--quiet', '-b', 'feature/b');
      repository.write({ [path]: 'b\n' });
      repository.git('add', '--all');
    },
    state: { branch: 'feature/b', staged: true, untracked: false, indexed: 'b\n' },
  },
  {
    title: 'a staged file before the first commit',
    arrange: (repository) => {
      repository.write({ [path]: 'a\n' });
      repository.git('add', '--all');
    },
    state: { branch: 'main', staged: true, untracked: false, indexed: 'a\n' },
  },
  {
    title: 'a file that git does not know, beside one that it does',
    arrange: (repository) => {
      repository.commit({ 'src/a ü.ts': 'a\n' });
      repository.write({ [path]: 'a\n' });
    },
    state: { branch: 'main', staged: false, untracked: true, indexed: undefined },
  },
  {
    title: 'an ignored file',
    arrange: (repository) => {
      repository.commit({ '.gitignore': 'src\n' });
      repository.write({ [path]: 'a\n' });
    },
    state: { branch: 'main', staged: false, untracked: false, indexed: undefined },
  },
  {
    title: 'a staged deletion, with no branch checked out',
    arrange: (repository) => {
      repository.commit({ [path]: 'a\n', b: '' });
      repository.git('checkout', '--quiet', '--detach');
      repository.git('rm', '--quiet', '--', `:(literal)${path}`);
    },
    state: { branch: undefined, staged: true, untracked: false, indexed: undefined },
  },
];

describe('gitCommits.state', () => {
  for (const { title, arrange, state } of cases) {
    it(`knows ${title}`, async () => {
      const repository = new GitRepository();
      try {
        arrange(repository);
        assert.deepEqual(await gitCommits.state(repository.root, path, signal), state);
      } finally {
        repository.remove();
      }
    });
  }

  it('runs no filter that the repository names', async () => {
    const repository = new GitRepository();
    try {
      repository.commit({ [path]: 'a\n', '.gitattributes': '*.ts filter=f\n' });
      repository.git('config', 'filter.f.clean', 'touch "$PWD/ran"; cat');
      repository.write({ [path]: 'b\n' });
      assert.equal((await gitCommits.state(repository.root, path, signal))?.indexed, 'a\n');
      assert.throws(() => repository.git('ls-files', '--error-unmatch', '--others', 'ran'));
    } finally {
      repository.remove();
    }
  });

  it('says nothing without a repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-state-'));
    try {
      assert.equal(await gitCommits.state(folder, 'a', signal), undefined);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
