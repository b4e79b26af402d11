import { parseJsonc } from '../../documents/parseJsonc.ts';
import type { ManifestEntry } from './manifestEntry.ts';

const dependencySections = new Set([
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'resolutions',
  'require',
  'require-dev',
]);
const listSections = new Set(['bundleDependencies', 'bundledDependencies']);
/** What npm and its like obey beside dependencies and scripts. */
const settingSections = new Set([
  'bin',
  'pnpm',
  'workspaces',
  'packageManager',
  'gypfile',
  'trustedDependencies',
  'allowScripts',
  'dependenciesMeta',
  'publishConfig',
  'repositories',
]);

/** `package.json`, and `composer.json`, which is built alike. */
export function readNpmManifest(text: string): readonly ManifestEntry[] {
  const lineOf = lineFinder(text);
  return Object.entries(objectOf(parseJsonc(text))).flatMap(([section, value]): readonly ManifestEntry[] => {
    const leaves = leavesOf(value);
    const entry = (kind: ManifestEntry['kind'], name: string, written: string): ManifestEntry => ({
      kind,
      section,
      name,
      value: written,
      line: lineOf(section, name, written),
    });
    if (listSections.has(section)) return leaves.map(([, name]) => entry('dependency', name, ''));
    if (dependencySections.has(section))
      return leaves.map(([name, written]) => entry('dependency', name, written));
    if (section === 'scripts') return leaves.map(([name, written]) => entry('script', name, written));
    if (!settingSections.has(section)) return [];
    return leaves.map(([name, written]) => entry('setting', name === '' ? section : name, written));
  });
}

/** `package-lock.json` and `npm-shrinkwrap.json`: what is new in them is what is installed. */
export function readNpmLock(text: string): readonly ManifestEntry[] {
  const lineOf = lineFinder(text);
  return Object.entries(objectOf(objectOf(parseJsonc(text))['packages'])).flatMap(([place, value]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!place.includes('node_modules/')) return [];
    const { version, resolved, hasInstallScript } = objectOf(value);
    const line = lineOf('packages', place, '');
    const written = [version, resolved].filter((part) => typeof part === 'string').join(' ');
    const dependency = { kind: 'dependency', section: 'packages', name, value: written, line } as const;
    return hasInstallScript === true
      ? [
          dependency,
          { kind: 'script', section: 'packages', name, value: 'has an install script', line } as const,
        ]
      : [dependency];
  });
}

/** Names joined by ` > ` with the texts below them; a text alone has no name. */
function leavesOf(value: unknown, names: readonly string[] = []): readonly (readonly [string, string])[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) =>
      leavesOf(inner, Array.isArray(value) ? names : [...names, name]),
    );
  return [[names.join(' > '), String(value)]];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** The line of a name below its section; of the section where the name is not found as it is. */
function lineFinder(text: string): (section: string, name: string, value: string) => number {
  const lines = text.split(/\r\n|\r|\n/u);
  return (section, name, value) => {
    const start = Math.max(
      0,
      lines.findIndex((line) => line.includes(`${JSON.stringify(section)}`)),
    );
    const last = name.split(' > ').at(-1) ?? name;
    const isNamed = (line: string): boolean => line.includes(JSON.stringify(last));
    const exact = lines.findIndex(
      (line, at) => at >= start && isNamed(line) && line.includes(JSON.stringify(value)),
    );
    if (exact >= 0) return exact;
    const near = lines.findIndex((line, at) => at >= start && isNamed(line));
    return near >= 0 ? near : start;
  };
}
