import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackages, type CreatedPackage } from '../createPackages.ts';

const root = join(import.meta.dirname, '..', '..');
const systemNode = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;

describe('the packages', function () {
  this.timeout(120_000);
  let packages: Readonly<Record<'vsix' | 'commandLine', CreatedPackage>>;

  before(async () => {
    packages = await createPackages(root);
  });

  it('give the editor exactly the expected files', () => {
    expectFiles('vsixFiles.txt', packages.vsix);
  });

  it('give the command line exactly the expected files', () => {
    expectFiles('commandLineFiles.txt', packages.commandLine);
  });

  it("install as commands that run on the machine's own Node", () => {
    const folder = mkdtempSync(join(tmpdir(), 'codegen-lab-install-'));
    try {
      writeFileSync(join(folder, 'package.json'), '{ "private": true }');
      const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--offline', '--loglevel', 'error'];
      execFileSync('npm', ['install', ...options, packages.commandLine.path], {
        cwd: folder,
        stdio: 'ignore',
      });
      for (const command of ['codegen-lab', 'clctl']) {
        const help = execFileSync(systemNode, [join(folder, 'node_modules', '.bin', command), '--help'], {
          cwd: folder,
          encoding: 'utf8',
          timeout: 20_000,
        });
        assert.match(help, new RegExp(command));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('name the licence of every package whose code they contain', () => {
    const notices = readFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of [
      'vscode-languageclient',
      'yaml',
      '@anthropic-ai/sdk',
      'openai',
      '@vscode/tree-sitter-wasm',
      'tree-sitter-python',
    ]) {
      assert.ok(notices.includes(`\n${name} `), `${name} is missing`);
    }
  });

  it('list what they are made of, with the digests that the lockfile pins', () => {
    const bom = JSON.parse(readFileSync(join(root, 'dist', 'bom.cdx.json'), 'utf8')) as {
      readonly components: readonly {
        readonly purl: string;
        readonly hashes: readonly { readonly alg: string; readonly content: string }[];
      }[];
    };
    const purls = bom.components.map(({ purl }) => purl);
    for (const name of ['yaml', 'openai', '%40anthropic-ai/sdk', '%40vscode/tree-sitter-wasm'])
      assert.ok(
        purls.some((purl) => purl.startsWith(`pkg:npm/${name}@`)),
        `${name} is missing`,
      );
    assert.equal(new Set(purls).size, purls.length);
    for (const { purl, hashes } of bom.components)
      assert.ok(
        hashes.every(({ alg, content }) => alg === 'SHA-512' && /^[0-9a-f]{128}$/u.test(content)),
        purl,
      );
  });
});

/** `UPDATE_EXPECTED=1 npm test -- house` rewrites the lists after a wanted change. */
function expectFiles(name: string, { files }: CreatedPackage): void {
  const path = join(import.meta.dirname, name);
  const actual = `${files.join('\n')}\n`;
  if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(path, actual);
  assert.equal(actual, readFileSync(path, 'utf8'));
}
