/** Formats all sources. */
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const { status } = spawnSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
