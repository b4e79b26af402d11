import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the server that does nothing with the flags of our own, and returns its path. */
export async function buildEmptyServer(root: string, outdir: string): Promise<string> {
  const outfile = join(outdir, 'emptyServer.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/peers/emptyServer.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outfile;
}

/** Bundles what runs inside the editor's extension host. */
export async function buildHostProbe(root: string, outfile: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: ['bench/peers/hostProbe.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'silent',
  });
}
