import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository without a commit, in a folder of its own or the one that is given, that knows nothing of this machine's settings of git. */
export class GitRepository {
  readonly root: string;

  constructor(files: Readonly<Record<string, string>> = {}, root?: string) {
    this.root = root ?? realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab git ')));
    this.git('init', '--quiet', '--initial-branch=main');
    this.write(files);
  }

  /** What git prints. Throws where it fails. */
  git(...args: readonly string[]): string {
    const identity = [
      '-c',
      'user.name=A',
      '-c',
      'user.email=a@example.org',
      '-c',
      'protocol.file.allow=always',
    ];
    return execFileSync('git', [...identity, ...args], {
      cwd: this.root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_SYSTEM: devNull },
    });
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }

  commit(files: Readonly<Record<string, string | Buffer>> = {}): void {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'A change');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
