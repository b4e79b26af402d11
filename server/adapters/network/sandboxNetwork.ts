import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxNetwork } from '../../engine/ports/processes.ts';
import { startFilteringProxy } from './filteringProxy.ts';
import { relayScript } from './relayScript.ts';

/** The way out of one sandbox. */
export interface OpenNetwork {
  /** Holds nothing but the socket; to be shown in the sandbox, read-only, at its own path. */
  readonly folder: string;
  /** What runs a command in the sandbox so that it finds the way out. */
  readonly wrap: (node: string, argv: readonly string[]) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => void;
}

/** `user`: as whom the sandbox runs, where that is another one. */
export async function openNetwork(network: SandboxNetwork, user: number | undefined): Promise<OpenNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-net-'));
  const socket = join(folder, 'proxy.sock');
  try {
    const proxy = await startFilteringProxy(socket, {
      domains: network.domains,
      onRefused: network.onRefused,
    });
    chmodSync(socket, 0o600);
    if (user !== undefined) for (const path of [socket, folder]) chownSync(path, user, user);
    return {
      folder,
      wrap: (node, argv) => [node, '-e', relayScript, '--', socket, ...argv],
      env: process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
      close() {
        proxy.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
