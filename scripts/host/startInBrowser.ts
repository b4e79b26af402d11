import { once } from 'node:events';
import { createPackages } from '../createPackages.ts';
import { hostSettings } from './hostSettings.ts';
import { ensureHost } from './install.ts';
import { currentHost } from './recipes.ts';
import { startHostServer } from './server.ts';

/** Serves VS Code with the packed extension to a browser of this machine, until the signal comes. */
export async function startInBrowser(root: string, workspace: string, signal: AbortSignal): Promise<void> {
  const install = await ensureHost(root, currentHost);
  const { vsix } = await createPackages(root);
  if (signal.aborted) return;
  const server = await startHostServer({ install, trusted: true, ownHome: true, vsix: [vsix.path] });
  server.writeSettings(hostSettings);
  console.log(`VS Code ${currentHost} is open on ${workspace}. In a browser of this machine, go to`);
  console.log(`\n  ${server.address(workspace)}\n`);
  console.log('Ctrl+C closes it; the copy of the workspace is removed then.');
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), server.ended]);
  await server.stop();
}
