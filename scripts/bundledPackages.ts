import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** An npm package of which something is in the bundles. */
export interface BundledPackage {
  /** Relative to the project's folder, such as `node_modules/yaml`. */
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** SPDX; `none` where its manifest names none. */
  readonly license: string;
}

/** All packages whose code is in the bundles, by folder. Only what has bytes in an output counts: esbuild drops unused modules. */
export function bundledPackages(root: string, meta: Metafile): readonly BundledPackage[] {
  const folders = Object.values(meta.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].toSorted().map((folder) => readPackage(root, folder));
}

/** Reads one package's manifest. */
export function readPackage(root: string, folder: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const { name, version, license = 'none' } = manifest;
  return { folder, name, version, license };
}
