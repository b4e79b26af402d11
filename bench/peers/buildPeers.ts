import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the server that does nothing with the flags of our own, and returns its path. */
export function buildEmptyServer(root: string, outdir: string): Promise<string> {
  return buildServer(root, outdir, 'emptyServer');
}

/** Likewise the one that answers each change with one problem. */
export function buildEchoServer(root: string, outdir: string): Promise<string> {
  return buildServer(root, outdir, 'echoServer');
}

async function buildServer(root: string, outdir: string, name: string): Promise<string> {
  const outfile = join(outdir, `${name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [`bench/peers/${name}.ts`],
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
