import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Runs npm with its output shown, and rejects when it fails. The output goes to standard error, because a task's own
 * standard output may be read by a program.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {string} [node] runs npm; the current one by default.
 * @returns {Promise<void>}
 */
export function runNpm(args, cwd, node = process.execPath) {
  const [command, ...prefix] = npmCommand(node);
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd,
      stdio: ['ignore', 2, 2],
      env: nodeFirst(node),
      // npm is a script (npm.cmd) on Windows, which only a shell can start.
      shell: process.platform === 'win32' && prefix.length === 0,
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ${args.join(' ')} failed (${signal ?? `exit code ${code}`}).`));
    });
  });
}

/** `npm run` names the npm it belongs to; that one is used, so that both agree about the registry and the cache. */
function npmCommand(node) {
  const npmScript = process.env.npm_execpath;
  return npmScript?.endsWith('npm-cli.js') ? [node, npmScript] : ['npm'];
}

/**
 * The environment in which `node` is the given one.
 *
 * @param {string} node
 * @returns {Record<string, string | undefined>}
 */
export function nodeFirst(node) {
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), process.env[pathName]].filter(Boolean).join(delimiter);
  return { ...process.env, [pathName]: path };
}
