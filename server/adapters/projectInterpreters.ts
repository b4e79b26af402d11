import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path';
import type { Interpreter, InterpreterRequest, Interpreters } from '../engine/ports/interpreters.ts';

const isWindows = process.platform === 'win32';

/** Interpreters of this machine. Relative entries of PATH are left out: they would lead into the workspace. */
export function createProjectInterpreters(environment: NodeJS.ProcessEnv): Interpreters {
  return {
    find: async (request) => {
      if (request.language === 'python') return findPython(request, environment);
      if (request.language === 'node') return findNode(request, environment);
      return findTool(tools[request.language], environment);
    },
  };
}

interface Tool {
  readonly name: string;
  readonly remedy: string;
}

const tools: Readonly<Record<'go' | 'rust' | 'java', Tool>> = {
  go: { name: 'go', remedy: 'Install Go (https://go.dev/dl).' },
  rust: { name: 'cargo', remedy: 'Install Rust (https://rustup.rs).' },
  java: { name: 'mvn', remedy: 'Install Maven (https://maven.apache.org).' },
};

function findTool({ name, remedy }: Tool, environment: NodeJS.ProcessEnv): Interpreter {
  const program = onPath(name, environment);
  if (program !== undefined) return { kind: 'found', program: [program], label: name };
  return { kind: 'missing', message: `${name} was not found on PATH. ${remedy}` };
}

function findPython({ folder, root, wish }: InterpreterRequest, environment: NodeJS.ProcessEnv): Interpreter {
  const folders = foldersUpTo(folder, root);
  if (wish !== '') return wished(wish, environment, 'codegenLab.tests.pythonPath');
  for (const [above, name] of folders.flatMap((each) => [
    [each, '.venv'] as const,
    [each, 'venv'] as const,
  ])) {
    const python = venvPython(join(above, name));
    if (isExecutable(python)) return { kind: 'found', program: [python], label: name };
  }
  const active = environment['VIRTUAL_ENV'];
  if (active !== undefined && isExecutable(venvPython(active)))
    return { kind: 'found', program: [venvPython(active)], label: 'VIRTUAL_ENV' };
  const isLocked = folders.some((above) => existsSync(join(above, 'uv.lock')));
  const uv = isLocked ? onPath('uv', environment) : undefined;
  // As the lock file says: uv makes the environment if it has to, and leaves the lock file as it is.
  if (uv !== undefined) return { kind: 'found', program: [uv, 'run', '--frozen', 'python'], label: 'uv run' };
  const python = onPath('python3', environment) ?? onPath('python', environment);
  if (python !== undefined) return { kind: 'found', program: [python], label: 'python3' };
  return {
    kind: 'missing',
    message:
      'No Python was found. Install Python 3, make a .venv in the project, or set codegenLab.tests.pythonPath.',
  };
}

function findNode(
  { wish, npmPackage, folder, root }: InterpreterRequest,
  environment: NodeJS.ProcessEnv,
): Interpreter {
  const found = wish !== '' ? wished(wish, environment, 'the setting') : nodeOnPath(environment);
  if (found.kind === 'missing' || npmPackage === undefined) return found;
  const script = packageProgram(npmPackage, folder, root);
  if (script !== undefined)
    return { kind: 'found', program: [...found.program, script], label: `${npmPackage} of node_modules` };
  return {
    kind: 'missing',
    message: `${npmPackage} is not installed in this package. Install its dependencies (npm install), or add it: npm install --save-dev ${npmPackage}.`,
  };
}

function nodeOnPath(environment: NodeJS.ProcessEnv): Interpreter {
  const node = onPath('node', environment);
  if (node !== undefined) return { kind: 'found', program: [node], label: 'node' };
  return {
    kind: 'missing',
    message: 'Node.js was not found on PATH. Install Node 20 or newer.',
  };
}

/** The script that a package's `bin` names, relative to the folder, so that it is the same one in a copy of the tree. */
function packageProgram(name: string, folder: string, root: string): string | undefined {
  for (const above of foldersUpTo(folder, root)) {
    const home = join(above, 'node_modules', name);
    const script = binOf(home, name);
    if (script !== undefined) return relative(folder, join(home, script)).replaceAll('\\', '/');
  }
  return undefined;
}

/** The folder first, the workspace folder last. */
function foldersUpTo(folder: string, root: string): readonly string[] {
  const folders = [folder];
  for (let above = folder; above !== root && dirname(above) !== above;) {
    above = dirname(above);
    folders.push(above);
  }
  return folders;
}

function binOf(home: string, name: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    const bin: unknown =
      typeof manifest === 'object' && manifest !== null && 'bin' in manifest ? manifest.bin : undefined;
    if (typeof bin === 'string') return bin;
    const scripts: readonly [string, unknown][] = Object.entries(bin ?? {});
    const own = scripts.find(([key]) => key === name.split('/').at(-1)) ?? scripts[0];
    return typeof own?.[1] === 'string' ? own[1] : undefined;
  } catch {
    return undefined;
  }
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
