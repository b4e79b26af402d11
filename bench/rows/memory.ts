import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';
import type { BenchContext, BenchRow } from '../benchRow.ts';
import { createWorkspace, faultyRule, type Workspace } from '../inputs/createWorkspace.ts';
import { measurePairs } from '../measure/measurePairs.ts';
import { readResidentBytes } from '../measure/residentMemory.ts';
import { againstLimit, besidePeer } from '../measure/results.ts';
import { bareServer, ServerProcess, type ServerPlace } from '../measure/serverProcess.ts';
import { buildEmptyServer } from '../peers/buildPeers.ts';

const limitBytes = 128 * 1024 * 1024;

/** Resident memory of the server's process when a large workspace is open, beside the server that does nothing. */
export const memory: BenchRow = {
  names: ['memory'],
  async run(context) {
    const { root, scratch, size } = context;
    const amount = size === 'full' ? { files: 10_000, rules: 100 } : { files: 50, rules: 10 };
    const workspace = createWorkspace(join(scratch, 'memory'), amount);
    const place = { ...bareServer(root, await ourServer(context), scratch), folder: workspace.root };
    const empty = { ...place, module: await buildEmptyServer(root, scratch) };
    const settleMs = size === 'full' ? 2_000 : 50;
    const pairs = await measurePairs({
      ours: () => weigh(place, workspace, settleMs),
      beside: () => weighEmpty(empty, settleMs),
      rounds: size === 'full' ? 7 : 1,
      warmups: size === 'full' ? 1 : 0,
    });
    const what = `the server's resident memory with ${amount.files} files and ${amount.rules} rules open`;
    const ours = pairs.map((pair) => pair.ours);
    return [
      againstLimit({ name: 'memory', what, beside: '128 MB' }, ours, limitBytes),
      besidePeer(
        { name: 'memory/empty', what, beside: 'a vscode-languageserver that does nothing' },
        pairs,
        undefined,
      ),
    ];
  },
};

async function ourServer({ bundles }: BenchContext): Promise<string> {
  return join(await bundles(), 'server.cjs');
}

/** After the rules were read (the fault in one is then published), a file was opened, saved, and things have calmed. */
async function weigh(place: ServerPlace, workspace: Workspace, settleMs: number): Promise<number> {
  const server = new ServerProcess(place);
  try {
    await server.initialize(place);
    const published = server.waitFor(({ method, params }) => {
      return method === 'textDocument/publishDiagnostics' && JSON.stringify(params).includes(faultyRule);
    });
    server.notify('initialized', {});
    await published;
    openAndSave(server, workspace);
    await delay(settleMs);
    return readResidentBytes(server.pid);
  } finally {
    await server.end();
  }
}

function openAndSave(server: ServerProcess, { root, files }: Workspace): void {
  const path = join(root, files[0] ?? '');
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, 'utf8');
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'plaintext', version: 1, text } });
  server.notify('codegenLab/fileSaved', { uri, origin: 'user' });
}

async function weighEmpty(place: ServerPlace, settleMs: number): Promise<number> {
  const server = new ServerProcess(place);
  try {
    await server.initialize(place);
    server.notify('initialized', {});
    await delay(settleMs);
    return readResidentBytes(server.pid);
  } finally {
    await server.end();
  }
}
