import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildBundles, bundleEntries } from './buildBundles.ts';

const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;

const sources: Record<string, string> = {
  'extension/extension.ts': `import * as vscode from 'vscode';
export const activate = async () => [vscode.version, (await import('./server/languageClient.ts')).client];\n`,
  'extension/server/languageClient.ts': `import * as vscode from 'vscode';\nexport const client = vscode.env;\n`,
  'server/main.ts': `const load = () => import('./adapters/models/anthropicClient.ts');
export const start = () => {
  console.log('started', import.meta.url);
  void load().then(({ name }) => console.log(name));
};\n`,
  'server/cli/main.ts': `export const start = () => console.log('cli', ...process.argv.slice(2));\n`,
  'server/cli/clctl.ts': `process.argv.splice(2, 0, 'ctl');\nvoid import('./main.ts');\n`,
  'server/adapters/patternWorker.ts': `export const worker = 1;\n`,
  'server/adapters/syntax/syntaxWorker.ts': `export const worker = 2;\n`,
  'server/adapters/models/anthropicClient.ts': `console.log('loaded');\nexport const name: string = 'anthropic sdk';\n`,
  'server/adapters/models/openaiClient.ts': `export const name = 'openai sdk';\n`,
};

describe('buildBundles', function () {
  this.timeout(30_000);
  let root: string;
  let outdir: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-bundles-')));
    outdir = join(root, 'dist');
    for (const [path, source] of Object.entries(sources)) write(path, source);
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes one file per entry, and says in meta.json what is in each', async () => {
    const meta = await buildBundles({ root, outdir, production: true, strict: true });
    const names = ['faces', ...Object.keys(bundleEntries)].map((name) => `${name}.cjs`);
    assert.deepEqual(readdirSync(outdir).toSorted(), [...names, 'grammars', 'meta.json'].toSorted());
    assert.deepEqual(meta, JSON.parse(readFileSync(join(outdir, 'meta.json'), 'utf8')));
    assert.ok(meta.outputs['dist/faces.cjs']?.inputs['server/main.ts']);
  });

  it('loads a model bundle only when it is asked for, from beside the server', async () => {
    await buildBundles({ root, outdir, production: true, strict: true });
    assert.doesNotMatch(readBundle('faces'), /anthropic sdk/);
    const output = execFileSync(systemNode, [join(outdir, 'server.cjs')], {
      encoding: 'utf8',
      cwd: tmpdir(),
    });
    assert.match(output, /^started file:\/\/.*\/dist\/faces\.cjs\nloaded\nanthropic sdk\n$/);
  });

  it('makes commands that the shell can start', async () => {
    await buildBundles({ root, outdir, production: true, strict: true });
    const run = (name: string) =>
      execFileSync(systemNode, [join(outdir, `${name}.cjs`), 'a'], { encoding: 'utf8' });
    assert.equal(run('cli'), 'cli a\n');
    assert.equal(run('clctl'), 'cli ctl a\n');
    for (const name of ['cli', 'clctl']) {
      assert.ok(readBundle(name).startsWith('#!/usr/bin/env node\n'));
      if (process.platform !== 'win32')
        assert.equal(statSync(join(outdir, `${name}.cjs`)).mode & 0o111, 0o111);
    }
  });

  it('starts one face and leaves the other alone', async () => {
    await buildBundles({ root, outdir, production: true, strict: true });
    assert.equal(execFileSync(systemNode, [join(outdir, 'cli.cjs')], { encoding: 'utf8' }), 'cli\n');
    assert.ok(statSync(join(outdir, 'server.cjs')).size < 100);
  });

  it('keeps the shebang of an entry that has its own', async () => {
    for (const path of ['server/cli/main.ts', 'server/cli/clctl.ts'])
      write(path, `#!/usr/bin/env node\n${sources[path]}`);
    await buildBundles({ root, outdir, production: true, strict: true });
    assert.equal(readBundle('clctl').match(/#!/g)?.length, 1);
    assert.equal(execFileSync(systemNode, [join(outdir, 'clctl.cjs')], { encoding: 'utf8' }), 'cli ctl\n');
  });

  it('leaves vscode to the editor in the extension alone', async () => {
    await buildBundles({ root, outdir, production: true, strict: true });
    for (const name of ['extension', 'extension-client'])
      assert.match(readBundle(name), /require\("vscode"\)/);
    assert.match(readBundle('extension'), /require\("\.\/extension-client\.cjs"\)/);
    write('server/main.ts', `import * as vscode from 'vscode';\nconsole.log(vscode);\n`);
    await assert.rejects(
      buildBundles({ root, outdir, production: true, quiet: true }),
      /Could not resolve "vscode"/,
    );
  });

  it('adds source maps in development and none to what is shipped', async () => {
    await buildBundles({ root, outdir });
    assert.ok(readdirSync(outdir).includes('faces.cjs.map'));
  });

  it('leaves out an entry that does not exist, unless it must', async () => {
    rmSync(join(root, 'server/main.ts'));
    await assert.rejects(buildBundles({ root, outdir, strict: true }), /server \(server\/main\.ts\)/);
    await buildBundles({ root, outdir, quiet: true });
    assert.ok(!readdirSync(outdir).includes('server.cjs'));
    assert.ok(readdirSync(outdir).includes('cli.cjs'));
  });

  function write(path: string, source: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }

  function readBundle(name: string): string {
    return readFileSync(join(outdir, `${name}.cjs`), 'utf8');
  }
});
