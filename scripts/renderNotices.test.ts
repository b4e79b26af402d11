import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { renderNotices } from './renderNotices.ts';

describe('renderNotices', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'codegen-lab-notices-'));
    addPackage('node_modules/yaml', { name: 'yaml', version: '2.0.0', license: 'ISC' }, 'Copyright Eemeli');
    addPackage(
      'node_modules/@scope/a',
      { name: '@scope/a', version: '1.0.0', license: 'MIT' },
      'Copyright A',
    );
    addPackage('node_modules/yaml/node_modules/b', { name: 'b', version: '3.0.0', license: 'MIT' });
    addPackage(
      'node_modules/copyleft',
      { name: 'copyleft', version: '1.0.0', license: 'GPL-3.0' },
      'Copyright C',
    );
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('repeats the licence of each bundled package once, nested ones too', () => {
    const text = renderNotices(
      root,
      metafile({
        'node_modules/yaml/dist/a.js': 10,
        'node_modules/yaml/dist/b.js': 10,
        'node_modules/@scope/a/index.js': 5,
        'node_modules/yaml/node_modules/b/index.js': 5,
        'server/main.ts': 7,
      }),
    );
    assert.deepEqual(text.match(/^\S+ \d\.\d\.\d \(.*\)$/gm), [
      '@scope/a 1.0.0 (MIT)',
      'yaml 2.0.0 (ISC)',
      'b 3.0.0 (MIT)',
    ]);
    assert.match(text, /Copyright Eemeli/);
    assert.match(text, /Licensed under MIT; the package holds no further text/);
  });

  it('leaves out a package of which nothing is in the bundles', () => {
    assert.doesNotMatch(renderNotices(root, metafile({ 'node_modules/copyleft/index.js': 0 })), /copyleft/);
  });

  it('refuses a licence that is not accepted', () => {
    assert.throws(
      () => renderNotices(root, metafile({ 'node_modules/copyleft/index.js': 1 })),
      /copyleft 1\.0\.0 is under "GPL-3\.0"/,
    );
  });

  function addPackage(folder: string, manifest: object, license?: string): void {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
    if (license) writeFileSync(join(root, folder, 'LICENSE.md'), license);
  }

  function metafile(bytesByInput: Readonly<Record<string, number>>): Metafile {
    const inputs = Object.fromEntries(
      Object.entries(bytesByInput).map(([path, bytesInOutput]) => [path, { bytesInOutput }]),
    );
    return { inputs: {}, outputs: { 'dist/server.cjs': { bytes: 1, inputs, imports: [], exports: [] } } };
  }
});
