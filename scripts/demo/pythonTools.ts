import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withInstallLock } from '../installLock.mjs';

/** What makes a virtual environment with pytest, without the network. */
export interface PythonTools {
  /** The pip that installs into it. */
  readonly pip: string;
  /** A folder with one wheel of each package. */
  readonly wheels: string;
  /** A requirements file with exact versions. */
  readonly requirements: string;
}

const limitMs = 5 * 60_000;

/**
 * Fetches what a requirements file of `test-fixtures/` names, pytest and what it needs, into `.tools/NAME`, once. The second
 * time costs a file read.
 */
export async function ensurePythonTools(
  root: string,
  name = 'demo-python',
  wishes = 'demo/inflection/requirements.txt',
): Promise<PythonTools> {
  const folder = join(root, '.tools', name);
  const requirements = join(root, 'test-fixtures', ...wishes.split('/'));
  const tools = { pip: join(folder, 'bin', 'pip'), wheels: join(folder, 'wheels'), requirements };
  const marker = join(folder, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  const isReady = () => existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
  if (isReady()) return tools;
  await withInstallLock(`${folder}.lock`, async () => {
    if (isReady()) return;
    rmSync(folder, { recursive: true, force: true });
    run('python3', ['-m', 'venv', folder]);
    const from = ['--no-deps', '--only-binary', ':all:', '--requirement', requirements];
    run(tools.pip, ['download', '--progress-bar', 'off', ...from, '--dest', tools.wheels]);
    writeFileSync(marker, wanted);
  });
  return tools;
}

/** Makes `.venv` in a workspace, as a person does who works on a Python package. */
export function createEnvironment({ pip, wheels, requirements }: PythonTools, workspace: string): void {
  const folder = join(workspace, '.venv');
  run('python3', ['-m', 'venv', '--without-pip', folder]);
  const from = ['--quiet', '--no-deps', '--no-index', '--find-links', wheels, '--requirement', requirements];
  run(pip, ['--python', join(folder, 'bin', 'python'), 'install', ...from]);
}

/** Its output is progress, and goes where progress goes. */
function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, {
    stdio: ['ignore', 2, 2],
    timeout: limitMs,
    env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  });
}
