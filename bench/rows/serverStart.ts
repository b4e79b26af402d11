import { join } from 'node:path';
import type { BenchRow } from '../benchRow.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { besidePeer } from '../measure/results.ts';
import { bareServer, ServerProcess, type ServerPlace } from '../measure/serverProcess.ts';
import { buildEmptyServer } from '../peers/buildPeers.ts';

/** Cold start of the language server, beside one that does nothing. */
export const serverStart: BenchRow = {
  names: ['server-start'],
  async run({ root, scratch, size, bundles }) {
    const dist = await bundles();
    const empty = await buildEmptyServer(root, scratch);
    const ours = bareServer(root, join(dist, 'server.cjs'), scratch);
    const place = { ...ours, codeCache: join(scratch, 'storage', 'code-cache') };
    const amount = size === 'full' ? { rounds: 25, warmups: 3 } : { rounds: 1, warmups: 0 };
    const beside = () => timeStart({ ...ours, module: empty });
    const what = 'the server, from its spawn to the reply to initialize, over node-ipc';
    const peer = 'a vscode-languageserver that does nothing, bundled alike';
    const later = await measurePairs({ ours: () => timeStart(place), beside, ...amount });
    const first = await measurePairs({ ours: () => timeStart(ours), beside, ...amount });
    return [
      besidePeer({ name: 'server-start', what: `${what}, started before`, beside: peer }, later, 1.5),
      besidePeer(
        { name: 'server-start/first', what: `${what}, never started before`, beside: peer },
        first,
        1.5,
      ),
    ];
  },
};

async function timeStart(place: ServerPlace): Promise<number> {
  const started = performance.now();
  const server = new ServerProcess(place);
  try {
    await server.initialize(place);
    return performance.now() - started;
  } finally {
    await server.end();
  }
}
