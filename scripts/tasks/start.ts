/** Opens an editor with the extension on a copy of the sample workspace, to play with. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { copyWorkspace } from '../host/copyWorkspace.ts';
import { startDesktop } from '../host/startDesktop.ts';
import { startInBrowser } from '../host/startInBrowser.ts';

const root = dirname(dirname(import.meta.dirname));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-start-')));
const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => controller.abort());
try {
  const workspace = await copyWorkspace(root, 'sample', folder);
  const isDone = await startDesktop(root, workspace, controller.signal);
  if (!isDone) await startInBrowser(root, workspace, controller.signal);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
