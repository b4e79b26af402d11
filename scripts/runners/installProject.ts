import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from '../npmCommand.mjs';

const fixtures = join(import.meta.dirname, '../../test-fixtures/runners');
const cache = join(import.meta.dirname, '../../.tools/runners');

/**
 * A fresh copy of `test-fixtures/runners/NAME` as a repository of its own, with what its lock file names. That is installed
 * once, without scripts, and kept in `.tools/runners` until the lock file changes. Returns the absolute folder.
 */
export async function installProject(name: string): Promise<string> {
  const source = join(fixtures, name);
  const folder = join(cache, name);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder))
    if (entry !== 'node_modules') rmSync(join(folder, entry), { recursive: true, force: true });
  cpSync(source, folder, { recursive: true });
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  await installDependencies(folder);
  execFileSync('git', ['init', '-q'], { cwd: folder });
  return folder;
}

async function installDependencies(folder: string): Promise<void> {
  const lock = join(folder, 'package-lock.json');
  if (!existsSync(lock)) return;
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex');
  const marker = join(folder, 'node_modules', '.installed-lock');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error'];
  await runNpm(['ci', ...flags], folder);
  writeFileSync(marker, hash);
}
