/*
 * `node scripts/run.mjs TASK [ARGS]` runs scripts/tasks/TASK.ts. Every npm script is a line that calls it.
 *
 * It needs nothing but Node 20.19 and npm, so it works in a bare clone:
 *   1. developmentNode.mjs finds a Node that runs TypeScript (24 or newer): this one, or one that it installs once
 *      into .tools/ from the npm registry. It is put first in PATH, and the machine's own Node stays known as
 *      CODEGEN_LAB_SYSTEM_NODE, because the product must also run on Node 20;
 *   2. dependencies.mjs runs `npm ci` when node_modules does not match package-lock.json;
 *   3. prepareSources.ts generates the sources that are not under version control;
 *   4. the task runs with that Node, and its exit code is this command's.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { ensureDevelopmentNode, taskEnvironment } from './developmentNode.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tasks = join(root, 'scripts', 'tasks');
const usageError = 2;

const [name, ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(name, args);
} catch (error) {
  console.error(error.message);
  process.exitCode = usageError;
}

async function run(task, taskArgs) {
  const file = join(tasks, `${task}.ts`);
  if (!task || !/^[a-zA-Z]+$/.test(task) || !existsSync(file)) {
    console.error(`${task ? `There is no task "${task}". ` : ''}The tasks are:\n${renderTasks()}`);
    return usageError;
  }
  const node = await ensureDevelopmentNode(root);
  await ensureDependencies(root, node);
  const code = await runTask(node, [join(root, 'scripts', 'prepareSources.ts')]);
  return code === 0 ? runTask(node, [file, ...taskArgs]) : code;
}

/** A signal reaches the task instead of ending this process, so that the task can clean up and give its own code. */
function runTask(node, nodeArgs) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, nodeArgs, { cwd: root, stdio: 'inherit', env: taskEnvironment(node) });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

function renderTasks() {
  const files = readdirSync(tasks).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return files.map((file) => `  ${file.slice(0, -3).padEnd(16)}${describe(join(tasks, file))}`).join('\n');
}

/** The first line of a task's opening comment says what it does. */
function describe(file) {
  return /^\/\*\*\s*(?:\*\s*)?([^\n*]+)/.exec(readFileSync(file, 'utf8'))?.[1]?.trim() ?? '';
}
