import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from '../installLock.mjs';
import { runNpm } from '../npmCommand.mjs';
import { type HostRecipe, type HostVersion, hostRecipes, nodePackage } from './recipes.ts';

/** A VS Code that is ready to be started. */
export interface HostInstall {
  readonly version: HostVersion;
  /** The Node that VS Code's server runs on. */
  readonly node: string;
  /** VS Code's own folder, with `out/server-main.js` in it. */
  readonly editor: string;
}

const npmOptions = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--progress=true'];

/**
 * Installs a VS Code from the npm registry into `.vscode-test/host/VERSION`, with progress on standard error. What is
 * already there costs one file read; two runs at once do not collide; a broken-off install begins again.
 */
export async function ensureHost(root: string, version: HostVersion): Promise<HostInstall> {
  const recipe = hostRecipes[version];
  const folder = join(root, '.vscode-test', 'host', version);
  if (!isInstalled(folder, recipe)) {
    await withInstallLock(`${folder}.lock`, async () => {
      if (!isInstalled(folder, recipe)) await install(folder, version, recipe);
    });
  }
  provideLogWriter(editorFolder(folder));
  return { version, node: nodePath(folder, recipe), editor: editorFolder(folder) };
}

/** See logWriter.cjs. Also into what was installed before, so that it need not be installed anew. */
function provideLogWriter(editor: string): void {
  const ours = join(import.meta.dirname, 'logWriter.cjs');
  const theirs = join(editor, 'node_modules', '@vscode', 'spdlog', 'index.js');
  if (readFileSync(theirs, 'utf8') !== readFileSync(ours, 'utf8')) copyFileSync(ours, theirs);
}

async function install(folder: string, version: HostVersion, recipe: HostRecipe): Promise<void> {
  const started = performance.now();
  console.error(`Installing VS Code ${version} into ${folder} (about 800 MB, once) ...`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a package.json of its own, npm would install into the nearest folder above that has one.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const node = nodePackage(recipe);
  const packages = [`code-server@${recipe.codeServer}`, ...(node ? [`${node}@${recipe.node}`] : [])];
  await installPackages(folder, packages);
  console.error('Installing what VS Code itself depends on ...');
  const editor = editorFolder(folder);
  adjustDependencies(editor, recipe);
  await installPackages(editor);
  // The built-in JavaScript support looks for TypeScript here, and reports an error in every window without it.
  const extensions = join(editor, 'extensions');
  dropDevelopmentDependencies(extensions);
  await installPackages(extensions);
  writeFileSync(markerPath(folder), renderMarker(recipe));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.error(`VS Code ${version} is installed (${seconds} s).`);
}

/** The prefix is named, because npm must never take this project for the one to install into. */
function installPackages(folder: string, packages: readonly string[] = []): Promise<void> {
  return runNpm(['install', '--prefix', folder, '--omit=dev', ...npmOptions, ...packages], folder);
}

interface Manifest {
  dependencies: Record<string, string>;
}

function adjustDependencies(editor: string, recipe: HostRecipe): void {
  if (!recipe.dependencies) return;
  const manifest = readManifest(editor);
  for (const [name, range] of Object.entries(recipe.dependencies)) {
    if (range === undefined) delete manifest.dependencies[name];
    else manifest.dependencies[name] = range;
  }
  writeManifest(editor, manifest);
}

/** npm resolves development dependencies even when it leaves them out, and some of these come from elsewhere. */
function dropDevelopmentDependencies(extensions: string): void {
  const { dependencies } = readManifest(extensions);
  const lock = JSON.parse(readFileSync(join(extensions, 'npm-shrinkwrap.json'), 'utf8')) as {
    packages: Record<string, { version: string } | undefined>;
  };
  const pinned = Object.entries(dependencies).map(([name, range]) => [
    name,
    lock.packages[`node_modules/${name}`]?.version ?? range,
  ]);
  writeManifest(extensions, { dependencies: Object.fromEntries(pinned) as Record<string, string> });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The folder's lock file goes: it would hold npm to the dependencies of before. */
function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  rmSync(join(folder, 'npm-shrinkwrap.json'), { force: true });
}

function isInstalled(folder: string, recipe: HostRecipe): boolean {
  const path = markerPath(folder);
  return existsSync(path) && readFileSync(path, 'utf8') === renderMarker(recipe);
}

function markerPath(folder: string): string {
  return join(folder, '.installed');
}

/** The recipe itself, so that a changed recipe installs anew. */
function renderMarker(recipe: HostRecipe): string {
  const dependencies = Object.entries(recipe.dependencies ?? {}).map(
    ([name, range]) => `${name}@${range ?? 'none'}`,
  );
  return [`code-server@${recipe.codeServer}`, `node@${recipe.node}`, ...dependencies, ''].join('\n');
}

function editorFolder(folder: string): string {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

function nodePath(folder: string, recipe: HostRecipe): string {
  const name = nodePackage(recipe);
  // Where no such Node is published, the one that runs this script has to do.
  if (!name) return process.execPath;
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
