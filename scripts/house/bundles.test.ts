import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { buildBundles } from '../buildBundles.ts';

const root = join(import.meta.dirname, '..', '..');
/** Without `server` and `cli`, which are one line each and load `faces`. */
const names = [
  'extension',
  'extension-client',
  'faces',
  'clctl',
  'patternWorker',
  'syntaxWorker',
  'models-anthropic',
  'models-openai',
];
const sdks = /node_modules\/(@anthropic-ai\/sdk|openai)\//;

describe('the bundles', function () {
  this.timeout(60_000);
  let outdir: string;
  let meta: Metafile;

  before(async () => {
    outdir = mkdtempSync(join(tmpdir(), 'codegen-lab-dist-'));
    meta = await buildBundles({ root, outdir, production: true, strict: true });
  });

  after(() => rmSync(outdir, { recursive: true, force: true }));

  for (const name of names.filter((bundle) => !bundle.startsWith('models-'))) {
    it(`keep the SDKs out of ${name}, which loads them when a model is asked`, () => {
      assert.deepEqual(
        inputsOf(name).filter((path) => sdks.test(path)),
        [],
      );
    });
  }

  it('keep the grammars and their runtime out of all but the worker that parses', () => {
    for (const name of names.filter((bundle) => bundle !== 'syntaxWorker'))
      assert.deepEqual(
        inputsOf(name).filter((path) => path.includes('tree-sitter-wasm')),
        [],
        name,
      );
    assert.ok(inputsOf('syntaxWorker').some((path) => path.includes('tree-sitter-wasm')));
  });

  it('hold one SDK in each bundle of a model', () => {
    assert.ok(inputsOf('models-anthropic').some((path) => path.includes('@anthropic-ai/sdk')));
    assert.ok(inputsOf('models-openai').some((path) => path.includes('node_modules/openai/')));
  });

  for (const name of names) {
    const mayImport = name.startsWith('extension') ? ['vscode'] : [];
    it(`need no package beside ${name}${mayImport.length > 0 ? ' but the editor' : ''}`, () => {
      const { imports } = outputOf(name);
      const packages = imports
        .filter(({ external, path }) => external && !isBuiltin(path) && !path.startsWith('./'))
        .map(({ path }) => path);
      assert.deepEqual([...new Set(packages)], mayImport);
    });
  }

  for (const name of ['extension', 'extension-client', 'faces', 'patternWorker', 'syntaxWorker']) {
    it(`compile nothing at run time in ${name}`, () => {
      const text = readFileSync(join(outdir, `${name}.cjs`), 'utf8');
      assert.deepEqual(
        inputsOf(name).filter((path) => path.includes('node_modules/ajv/dist/compile')),
        [],
      );
      // A direct eval fails the build itself.
      assert.doesNotMatch(text, /\bnew Function\b|[^.\w]Function\(/);
    });
  }

  it('take the API of the editor once, since each time copies all of it', () => {
    const text = readFileSync(join(outdir, 'extension.cjs'), 'utf8');
    assert.equal(text.split('require("vscode")').length - 1, 1);
  });

  it('take the engine into a browser: it uses no builtin', async () => {
    const result = await build({
      absWorkingDir: root,
      entryPoints: ['server/engine/createEngine.ts'],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    assert.deepEqual(result.warnings, []);
  });

  function outputOf(name: string): Metafile['outputs'][string] {
    const entry = Object.entries(meta.outputs).find(([path]) => path.endsWith(`/${name}.cjs`));
    assert.ok(entry, `${name}.cjs was not built`);
    return entry[1];
  }

  /** What has bytes in the bundle, by path. */
  function inputsOf(name: string): readonly string[] {
    const inputs = Object.entries(outputOf(name).inputs);
    return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  }
});
