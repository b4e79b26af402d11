import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildBundles } from './buildBundles.ts';
import { renderGrammarNotices } from './grammarNotices.ts';
import { listZip } from './listZip.ts';
import { renderBom } from './renderBom.ts';
import { renderNotices } from './renderNotices.ts';
import { runTool } from './runTool.ts';

export interface CreatedPackage {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** In alphabetical order. */
  readonly files: readonly string[];
}

/** What an extension of this size may weigh; it is downloaded into every remote and container. */
const vsixLimitBytes = 1_600_000;
const notices = 'THIRD-PARTY-NOTICES.txt';
/** Shipped within each package, and beside them for who checks before installing. */
const bom = 'bom.cdx.json';
const commandLineBundles = [
  'cli',
  'clctl',
  'faces',
  'patternWorker',
  'syntaxWorker',
  'models-anthropic',
  'models-openai',
];

/** Builds what is shipped: `dist/codegen-lab.vsix` and the npm package of the command line, `dist/codegen-lab.tgz`. */
export async function createPackages(
  root: string,
): Promise<Readonly<Record<'vsix' | 'commandLine', CreatedPackage>>> {
  const outdir = join(root, 'dist');
  for (const file of existsSync(outdir) ? readdirSync(outdir) : []) {
    // A bundle or a source map of an earlier build would be packed with the rest.
    if (/\.(cjs|map)$/.test(file) || file === 'npm') rmSync(join(outdir, file), { recursive: true });
  }
  const meta = await buildBundles({ root, outdir, production: true, strict: true });
  writeFileSync(join(outdir, notices), `${renderNotices(root, meta)}\n${renderGrammarNotices()}`);
  writeFileSync(join(outdir, bom), renderBom(root, meta));
  return { vsix: await createVsix(root), commandLine: createCommandLinePackage(root) };
}

async function createVsix(root: string): Promise<CreatedPackage> {
  const path = join(root, 'dist', 'codegen-lab.vsix');
  const args = ['package', '--no-dependencies', '--out', path];
  const { exitCode, output } = await runTool(root, join(root, 'node_modules/@vscode/vsce/vsce'), args);
  if (exitCode !== 0) throw new Error(`vsce could not make the VSIX:\n${output}`);
  const bytes = statSync(path).size;
  if (bytes > vsixLimitBytes) {
    throw new Error(
      `The VSIX has ${bytes} bytes; it may have ${vsixLimitBytes}. See dist/meta.json for what is in it.`,
    );
  }
  return { path, bytes, files: listZip(path) };
}

/** Packed from a folder of its own: the project's package.json is the extension's, whose `main` npm always includes. */
function createCommandLinePackage(root: string): CreatedPackage {
  const folder = join(root, 'dist', 'npm');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), renderManifest(root));
  for (const file of ['README.md', 'LICENSE']) copyFileSync(join(root, file), join(folder, file));
  for (const file of [notices, bom]) copyFileSync(join(root, 'dist', file), join(folder, file));
  // The tests of the rules stay behind: whoever installs the rules does not need them.
  const isShipped = (path: string): boolean => !path.endsWith('.tests.yaml');
  cpSync(join(root, 'rules'), join(folder, 'rules'), { recursive: true, filter: isShipped });
  for (const name of commandLineBundles) {
    copyFileSync(join(root, 'dist', `${name}.cjs`), join(folder, 'dist', `${name}.cjs`));
  }
  cpSync(join(root, 'dist', 'grammars'), join(folder, 'dist', 'grammars'), { recursive: true });
  return pack(root, folder);
}

function renderManifest(root: string): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = [
    'name',
    'version',
    'description',
    'license',
    'repository',
    'homepage',
    'bugs',
    'keywords',
    'bin',
  ];
  const entries = kept.filter((key) => key in manifest).map((key) => [key, manifest[key]]);
  const engines = manifest['engines'] as { readonly node: string };
  return `${JSON.stringify({ ...Object.fromEntries(entries), engines: { node: engines.node } }, undefined, 2)}\n`;
}

function pack(root: string, folder: string): CreatedPackage {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', join(root, 'dist')];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack failed:\n${stderr}`);
  const [report] = JSON.parse(stdout) as { filename: string; size: number; files: { path: string }[] }[];
  if (!report) throw new Error('npm pack reported no package.');
  const path = join(root, 'dist', 'codegen-lab.tgz');
  copyFileSync(join(root, 'dist', report.filename), path);
  rmSync(join(root, 'dist', report.filename));
  return { path, bytes: report.size, files: report.files.map((file) => file.path).toSorted() };
}
