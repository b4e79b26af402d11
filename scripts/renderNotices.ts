import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundledPackages, type BundledPackage } from './bundledPackages.ts';

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

/**
 * The notices of all packages whose code is in the bundles, in alphabetical order. Throws for a package whose licence
 * is not accepted, or that comes without one.
 */
export function renderNotices(root: string, meta: Metafile): string {
  const sections = bundledPackages(root, meta).map((each) => renderSection(root, each));
  return `Codegen Lab contains code of the packages below, under the licences below.\n\n${sections.join('\n')}`;
}

function renderSection(root: string, { folder, name, version, license }: BundledPackage): string {
  if (!accepted.has(license))
    throw new Error(`${name} ${version} is under "${license}", which is not accepted.`);
  // Some packages name the licence in package.json alone; the licence's name is then all that there is to repeat.
  const text =
    readLicenceText(join(root, folder)) ?? `Licensed under ${license}; the package holds no further text.`;
  return `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}

function readLicenceText(folder: string): string | undefined {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name));
  const files = names.toSorted().filter((name) => existsSync(join(folder, name)));
  return files.length > 0
    ? files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
    : undefined;
}
