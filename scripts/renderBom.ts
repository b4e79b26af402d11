import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundledPackages, readPackage, type BundledPackage } from './bundledPackages.ts';

/** The grammars are files of it, which no bundle names. */
const grammarPackage = 'node_modules/@vscode/tree-sitter-wasm';

/**
 * The bill of materials of what is shipped, as CycloneDX 1.6 JSON: every package whose code or files are in it, with the
 * digest that the lockfile pins. Throws for a package that the lockfile does not know. The same build gives the same text.
 */
export function renderBom(root: string, meta: Metafile): string {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license: string;
  };
  const packages = [...bundledPackages(root, meta), readPackage(root, grammarPackage)];
  const pinned = readIntegrities(root);
  const unique = new Map(packages.map((each) => [each.folder, each]));
  const components = [...unique.values()].map((each) => renderComponent(each, pinned.get(each.folder)));
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purlOf(own.name, own.version),
        name: own.name,
        version: own.version,
        licenses: [{ license: { id: own.license } }],
      },
    },
    components: components.toSorted((a, b) => a['bom-ref'].localeCompare(b['bom-ref'], 'en')),
  };
  return `${JSON.stringify(bom, undefined, 2)}\n`;
}

function renderComponent({ folder, name, version, license }: BundledPackage, integrity: string | undefined) {
  if (integrity === undefined) throw new Error(`${folder} is shipped and package-lock.json does not pin it.`);
  const [algorithm = '', digest = ''] = integrity.split(/-(.*)/s);
  return {
    type: 'library',
    'bom-ref': purlOf(name, version),
    name,
    version,
    hashes: [
      {
        alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
        content: Buffer.from(digest, 'base64').toString('hex'),
      },
    ],
    licenses: [{ license: { id: license } }],
    purl: purlOf(name, version),
  };
}

/** Package URL: the `@` of a scope is encoded, its slash is not. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function readIntegrities(root: string): ReadonlyMap<string, string> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  const entries = Object.entries(lock.packages).flatMap(([folder, { integrity }]) =>
    integrity === undefined ? [] : ([[folder, integrity]] as const),
  );
  return new Map(entries);
}
