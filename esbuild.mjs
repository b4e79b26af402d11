/* Builds the bundles into dist/: `node esbuild.mjs [--production] [--strict]`, on Node 24 or newer. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundles } from './scripts/buildBundles.ts';

const root = dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
await buildBundles({
  root,
  outdir: join(root, 'dist'),
  production: flags.has('--production'),
  strict: flags.has('--strict'),
});
