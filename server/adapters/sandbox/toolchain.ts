import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';

/** What a language's tool needs besides its own installation to build and test without a network. */
export interface Toolchain {
  /** Absolute folders of downloaded and built packages, to be shown read-only at their own paths. */
  readonly readable: readonly string[];
  /** A cache that the tool must be able to write to, which a run gets for itself, and the variable that names it. */
  readonly cache?: { readonly folder: string; readonly variable: string };
  readonly env: Readonly<Record<string, string>>;
}

export interface ToolchainSearch {
  /** The program that runs, at the end of its links. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
  /** Whether the tree can be written to: otherwise what is built goes elsewhere. */
  readonly canBuildInTree: boolean;
  readonly temporary: string;
}

/** Nothing for tools that need nothing. Folders that are not there are left out. */
export function findToolchain(search: ToolchainSearch): Toolchain {
  const found = toolchainOf(search);
  return { ...found, readable: found.readable.filter((folder) => isAbsolute(folder) && existsSync(folder)) };
}

function toolchainOf(search: ToolchainSearch): Toolchain {
  switch (basename(search.program).replace(/\.exe$/u, '')) {
    case 'go':
      return goToolchain(search);
    case 'cargo':
      return cargoToolchain(search);
    case 'mvn':
      return { readable: [join(search.home, '.m2', 'repository')], env: {} };
    default:
      return { readable: [], env: {} };
  }
}

/** Go fails where it cannot write to its build cache, and builds its whole library where that is empty. */
function goToolchain({ environment, home }: ToolchainSearch): Toolchain {
  const [first = join(home, 'go')] = (environment['GOPATH'] ?? '').split(':').filter(isAbsolute);
  const modules = environment['GOMODCACHE'] ?? join(first, 'pkg', 'mod');
  const cache = environment['GOCACHE'] ?? usualGoCache(environment, home);
  return {
    readable: [modules, cache],
    env: {
      GOMODCACHE: modules,
      GOPROXY: 'off',
      GOSUMDB: 'off',
    },
    ...(existsSync(cache) ? { cache: { folder: cache, variable: 'GOCACHE' } } : {}),
  };
}

function usualGoCache(environment: NodeJS.ProcessEnv, home: string): string {
  if (process.platform === 'darwin') return join(home, 'Library', 'Caches', 'go-build');
  return join(environment['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'go-build');
}

/** Sources that were downloaded, but neither configuration nor credentials. */
function cargoToolchain({ environment, home, canBuildInTree, temporary }: ToolchainSearch): Toolchain {
  const cargo = environment['CARGO_HOME'] ?? join(home, '.cargo');
  return {
    readable: [join(cargo, 'registry'), join(cargo, 'git')],
    env: {
      CARGO_HOME: cargo,
      CARGO_NET_OFFLINE: 'true',
      ...(canBuildInTree ? {} : { CARGO_TARGET_DIR: join(temporary, 'target') }),
    },
  };
}

/**
 * The program that rustup's stand-in would start, found without starting it, since that may download a toolchain that the
 * workspace names. undefined: there is none.
 */
export function behindRustup(
  shim: string,
  cwd: string,
  environment: NodeJS.ProcessEnv,
  home: string,
): string | undefined {
  const rustup = environment['RUSTUP_HOME'] ?? join(home, '.rustup');
  const wished = environment['RUSTUP_TOOLCHAIN'] ?? wishedToolchain(cwd);
  const usual = /^default_toolchain\s*=\s*"(.+)"/mu.exec(textOf(join(rustup, 'settings.toml')) ?? '')?.[1];
  const installed = foldersIn(join(rustup, 'toolchains'));
  const names = [wished, usual].flatMap((name) =>
    name === undefined ? [] : installed.filter((folder) => folder === name || folder.startsWith(`${name}-`)),
  );
  return names
    .map((name) => join(rustup, 'toolchains', name, 'bin', basename(shim)))
    .find((program) => existsSync(program));
}

/** The channel of the nearest `rust-toolchain` file. */
function wishedToolchain(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const text = textOf(join(folder, 'rust-toolchain.toml')) ?? textOf(join(folder, 'rust-toolchain'));
    if (text !== undefined) return /^\s*channel\s*=\s*"(.+?)"/mu.exec(text)?.[1] ?? text.trim();
    if (dirname(folder) === folder) return undefined;
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there, or closed to us.
    return undefined;
  }
}

function foldersIn(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    // Without rustup there is no such folder.
    return [];
  }
}
