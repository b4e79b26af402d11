import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

interface SystemPackage {
  /** Of Debian and Ubuntu. */
  readonly aptName: string;
  readonly isPresent: () => boolean;
}

/** What tests need from the machine besides Node, by the name that lanes ask for. */
const packages = {
  bubblewrap: { aptName: 'bubblewrap', isPresent: () => isOnPath('bwrap') },
  chromium: {
    aptName: 'chromium',
    isPresent: () => ['chromium', 'chromium-browser', 'google-chrome'].some(isOnPath),
  },
  git: { aptName: 'git', isPresent: () => isOnPath('git') },
  python: { aptName: 'python3', isPresent: () => isOnPath('python3') },
  'python-venv': { aptName: 'python3-venv', isPresent: () => canImport('ensurepip') },
  pytest: { aptName: 'python3-pytest', isPresent: () => canImport('pytest') },
} as const satisfies Record<string, SystemPackage>;

export type SystemPackageName = keyof typeof packages;

/** How a package comes onto the machine; replaced in tests. */
export interface PackageInstaller {
  readonly isPresent: (name: SystemPackageName) => boolean;
  readonly canInstall: () => boolean;
  readonly install: (aptNames: readonly string[]) => void;
}

/**
 * Makes sure of programs that a lane needs. As root on Debian or Ubuntu it installs what is missing, with apt's
 * progress; elsewhere it throws an error that names the command to run.
 */
export function ensureSystemPackages(
  names: readonly SystemPackageName[],
  installer: PackageInstaller = aptInstaller,
): void {
  const missing = names.filter((name) => !installer.isPresent(name)).map((name) => packages[name].aptName);
  if (missing.length === 0) return;
  if (!installer.canInstall()) throw new Error(renderAdvice(missing));
  installer.install(missing);
  const absent = names.filter((name) => !installer.isPresent(name));
  if (absent.length > 0) throw new Error(`apt-get ended well, but ${absent.join(', ')} cannot be found.`);
}

const aptInstaller: PackageInstaller = {
  isPresent: (name) => packages[name].isPresent(),
  canInstall: () => process.getuid?.() === 0 && isOnPath('apt-get'),
  install: (aptNames) => {
    console.error(`Installing with apt-get: ${aptNames.join(', ')} ...`);
    runApt(['update', '-q']);
    runApt(['install', '-y', '-q', '--no-install-recommends', ...aptNames]);
  },
};

function runApt(args: readonly string[]): void {
  // Standard output stays free for the lane's own report.
  execFileSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 15 * 60_000,
  });
}

function renderAdvice(missing: readonly string[]): string {
  return `These tests need ${missing.join(', ')}. On Debian or Ubuntu: sudo apt-get install -y ${missing.join(' ')}`;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder may have it.
    return false;
  }
}

function canImport(module: string): boolean {
  return spawnSync('python3', ['-c', `import ${module}`], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
