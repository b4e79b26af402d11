import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { createEnvironmentSecrets } from './adapters/models/environmentSecrets.ts';
import { composeEngine } from './composeEngine.ts';
import { startServer } from './lsp/server.ts';
import { watchFrames } from './lsp/watchFrames.ts';

/** Starts the language server on the channel that the editor opened (node-ipc, or what the arguments name). */
export function start(): void {
  if (process.argv.includes('--stdio')) watchFrames(process.stdin, giveUp);
  startServer(createConnection(ProposedFeatures.all), (options, ports) => {
    const environment = createEnvironmentSecrets(process.env);
    return composeEngine({
      ...options,
      interactive: true,
      environment: process.env,
      terminal: ports.terminal,
      log: ports.log,
      edits: ports.edits,
      // What the person set in the editor comes before the environment.
      secrets: {
        read: async (name, signal) =>
          (await ports.secrets.read(name, signal)) ?? environment.read(name, signal),
      },
    });
  });
}

/** Says nothing of what came: it may hold a key. */
function giveUp(): void {
  process.stderr.write(
    'The editor sent what is no message of the language server protocol; the server ends.\n',
  );
  process.exit(1);
}
