import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Licences under which code may be part of what is shipped. */
const accepted: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/**
 * The notices of all packages whose code is in the bundles, in alphabetical order. Throws for a package whose licence
 * is not accepted, or that comes without one.
 */
export function renderNotices(root: string, meta: Metafile): string {
  const packages = bundledFolders(meta).map((folder) => readPackage(root, folder));
  const sections = packages.map(
    ({ name, version, license, text }) =>
      `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`,
  );
  return `Codegen Lab contains code of the packages below, under the licences below.\n\n${sections.join('\n')}`;
}

/** Only what has bytes in an output counts: esbuild drops unused modules. */
function bundledFolders(meta: Metafile): readonly string[] {
  const folders = Object.values(meta.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].toSorted();
}

function readPackage(root: string, folder: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const { name, version, license = 'none' } = manifest;
  if (!accepted.has(license))
    throw new Error(`${name} ${version} is under "${license}", which is not accepted.`);
  const text = readLicenceText(join(root, folder));
  // Some packages name the licence in package.json alone; the licence's name is then all that there is to repeat.
  return {
    name,
    version,
    license,
    text: text ?? `Licensed under ${license}; the package holds no further text.`,
  };
}

function readLicenceText(folder: string): string | undefined {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  const files = names.toSorted().filter((name) => existsSync(join(folder, name)));
  return files.length > 0
    ? files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
    : undefined;
}
