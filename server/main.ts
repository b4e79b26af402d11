import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { keepHeapSmall } from './adapters/smallHeap.ts';
import { composeEngine } from './composeEngine.ts';
import { startServer } from './lsp/server.ts';
import { watchFrames } from './lsp/watchFrames.ts';

/** Starts the language server on the channel that the editor opened (node-ipc, or what the arguments name). */
export function start(): void {
  keepHeapSmall();
  if (process.argv.includes('--stdio')) watchFrames(process.stdin, giveUp);
  startServer(createConnection(ProposedFeatures.all), (options, ports) =>
    composeEngine({ ...options, ...ports, interactive: true, environment: process.env }),
  );
}

/** Says nothing of what came: it may hold a key. */
function giveUp(): void {
  process.stderr.write(
    'The editor sent what is no message of the language server protocol; the server ends.\n',
  );
  process.exit(1);
}
