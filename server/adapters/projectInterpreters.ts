import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Interpreter, InterpreterRequest, Interpreters } from '../engine/ports/interpreters.ts';

const isWindows = process.platform === 'win32';

/** Interpreters of this machine. Relative entries of PATH are left out: they would lead into the workspace. */
export function createProjectInterpreters(environment: NodeJS.ProcessEnv): Interpreters {
  return {
    find: async (request) =>
      request.language === 'python' ? findPython(request, environment) : findNode(request, environment),
  };
}

function findPython({ folder, wish }: InterpreterRequest, environment: NodeJS.ProcessEnv): Interpreter {
  if (wish !== '') return wished(wish, environment, 'codegenLab.tests.pythonPath');
  for (const name of ['.venv', 'venv']) {
    const python = venvPython(join(folder, name));
    if (isExecutable(python)) return { kind: 'found', program: [python], label: name };
  }
  const active = environment['VIRTUAL_ENV'];
  if (active !== undefined && isExecutable(venvPython(active)))
    return { kind: 'found', program: [venvPython(active)], label: 'VIRTUAL_ENV' };
  const uv = existsSync(join(folder, 'uv.lock')) ? onPath('uv', environment) : undefined;
  if (uv !== undefined)
    return { kind: 'found', program: [uv, 'run', '--no-sync', 'python'], label: 'uv run' };
  const python = onPath('python3', environment) ?? onPath('python', environment);
  if (python !== undefined) return { kind: 'found', program: [python], label: 'python3' };
  return {
    kind: 'missing',
    message:
      'No Python was found. Install Python 3, make a .venv in the project, or set codegenLab.tests.pythonPath.',
  };
}

function findNode({ wish }: InterpreterRequest, environment: NodeJS.ProcessEnv): Interpreter {
  if (wish !== '') return wished(wish, environment, 'the setting');
  const node = onPath('node', environment);
  if (node !== undefined) return { kind: 'found', program: [node], label: 'node' };
  return {
    kind: 'missing',
    message: 'Node.js was not found on PATH, so node --test cannot run. Install Node 20 or newer.',
  };
}

function wished(wish: string, environment: NodeJS.ProcessEnv, setting: string): Interpreter {
  const program = isAbsolute(wish) ? (isExecutable(wish) ? wish : undefined) : onPath(wish, environment);
  if (program !== undefined) return { kind: 'found', program: [program], label: wish };
  return {
    kind: 'missing',
    message: `${wish} (${setting}) cannot be executed. Correct the setting, or remove it.`,
  };
}

function venvPython(folder: string): string {
  return isWindows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

function onPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter).filter(isAbsolute);
  const names = isWindows ? [`${name}.exe`] : [name];
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
