import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from './installLock.mjs';
import { runNpm } from './npmCommand.mjs';

/**
 * Makes `node_modules` match `package-lock.json`. The hash of the lock file that was installed is kept in
 * `node_modules`, so that the next time costs one file read.
 *
 * @param {string} root
 * @param {string} node runs npm: some development tools refuse, or warn about, an older one.
 * @returns {Promise<void>}
 */
export async function ensureDependencies(root, node) {
  if (areInstalled(root)) return;
  await withInstallLock(join(root, '.tools', 'install.lock'), async () => {
    if (areInstalled(root)) return;
    console.error('Installing the dependencies (package-lock.json changed or was never installed) ...');
    const hash = lockHash(root);
    await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--progress=true'], root, node);
    // Without dependencies npm makes no folder.
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(markerPath(root), hash);
  });
}

/**
 * @param {string} root
 * @returns {boolean}
 */
function areInstalled(root) {
  try {
    return readFileSync(markerPath(root), 'utf8') === lockHash(root);
  } catch {
    // No marker: nothing was installed here, or not by this script.
    return false;
  }
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function markerPath(root) {
  return join(root, 'node_modules', '.installed-lock');
}
