import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

/** Tools of the build that have install scripts, which are never run; nothing of them is shipped. */
const knownInstallScripts = ['node_modules/@vscode/vsce-sign', 'node_modules/esbuild'];

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

describe('what the product is made of', () => {
  const lock = read('package-lock.json') as { readonly packages: Readonly<Record<string, LockedPackage>> };
  const manifest = read('package.json') as Readonly<Record<string, unknown>> & {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const packages = Object.entries(lock.packages).filter(([folder]) => folder !== '');
  const foldersOf = (isBad: (each: LockedPackage) => boolean): readonly string[] =>
    packages.flatMap(([folder, each]) => (isBad(each) ? [folder] : []));

  it('is pinned by a strong digest, package by package', () => {
    assert.ok(packages.length > 100);
    assert.deepEqual(
      foldersOf(({ integrity }) => !/^sha512-[A-Za-z0-9+/]{86}==$/u.test(integrity ?? '')),
      [],
    );
    assert.deepEqual(
      foldersOf(({ link }) => link === true),
      [],
    );
  });

  it('comes from the public registry and from no other place', () => {
    const isElsewhere = (resolved: string): boolean => !resolved.startsWith('https://registry.npmjs.org/');
    assert.deepEqual(
      foldersOf(({ resolved }) => resolved !== undefined && isElsewhere(resolved)),
      [],
    );
  });

  it('is named by exact versions', () => {
    const loose = Object.entries(manifest.devDependencies).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/u.test(version),
    );
    assert.deepEqual(loose, []);
  });

  it('has no new package with an install script', () => {
    assert.deepEqual(
      foldersOf(({ hasInstallScript }) => hasInstallScript === true),
      knownInstallScripts,
    );
  });

  it('brings no other extension and no dependency that is installed beside it', () => {
    for (const key of ['extensionPack', 'extensionDependencies', 'dependencies', 'optionalDependencies'])
      assert.equal(manifest[key], undefined, key);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
      assert.equal((manifest['scripts'] as Readonly<Record<string, string>>)[script], undefined, script);
  });
});
