import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from '../installLock.mjs';
import { runNpm } from '../npmCommand.mjs';

/** Installs what `test-fixtures/rules/cases/node` names into `.tools/rule-cases-node`, once. Returns its `node_modules`. */
export async function ensureNodePackages(root: string): Promise<string> {
  const source = join(root, 'test-fixtures', 'rules', 'cases', 'node');
  const folder = join(root, '.tools', 'rule-cases-node');
  const marker = join(folder, 'installed.json');
  const wanted = readFileSync(join(source, 'package-lock.json'), 'utf8');
  const isReady = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
  if (!isReady()) {
    await withInstallLock(`${folder}.lock`, async () => {
      if (isReady()) return;
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      cpSync(source, folder, { recursive: true });
      // `npm ci` refuses a lock file without the optional packages of other platforms, as some registries make it.
      await runNpm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
      writeFileSync(marker, wanted);
    });
  }
  return join(folder, 'node_modules');
}
