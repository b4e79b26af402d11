import { parseJsonc } from '../../documents/parseJsonc.ts';
import { folderOf, joinNames, resolvePath } from './moduleKeys.ts';

/** What manifests and configurations say of how the packages and folders of a workspace are called in imports. */
export interface ProjectNames {
  /** npm packages of the workspace itself, by name. */
  readonly packages: ReadonlyMap<string, NpmPackage>;
  /** `paths` of the nearest tsconfig.json or jsconfig.json that has some, by its folder. */
  readonly aliases: ReadonlyMap<string, readonly Alias[]>;
  /** Folders of Go modules, by module path. */
  readonly goModules: ReadonlyMap<string, string>;
  /** Folders of Rust packages, by the name that paths begin with. */
  readonly crates: ReadonlyMap<string, string>;
}

export interface NpmPackage {
  readonly folder: string;
  /** What `main`, `module`, `types` or `exports` lead to, relative to the workspace folder. */
  readonly entries: readonly string[];
}

/** `@app/*` stands for these, each with at most one `*`, relative to the workspace folder. */
export interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

/** Whether the text of this file says something of names. */
export function tellsNames(path: string): boolean {
  return /(?:^|\/)(?:package\.json|[jt]sconfig(?:\.\w+)?\.json|go\.mod|Cargo\.toml)$/u.test(path);
}

/** Pure; what does not parse says nothing. `texts`: those that `tellsNames`, by path. */
export function readProjectNames(texts: ReadonlyMap<string, string>): ProjectNames {
  const packages = new Map<string, NpmPackage>();
  const aliases = new Map<string, readonly Alias[]>();
  const goModules = new Map<string, string>();
  const crates = new Map<string, string>();
  for (const [path, text] of texts) {
    const folder = folderOf(path);
    if (path.endsWith('package.json')) addPackage(packages, folder, text);
    else if (path.endsWith('go.mod')) {
      const module = /^module[ \t]+"?([^\s"]+)/mu.exec(text)?.[1];
      if (module !== undefined) goModules.set(module, folder);
    } else if (path.endsWith('Cargo.toml')) {
      const name = /^\[package\][^[]*?^name[ \t]*=[ \t]*"([^"\n]+)"/msu.exec(text)?.[1];
      if (name !== undefined) crates.set(name.replaceAll('-', '_'), folder);
    } else {
      const read = readAliases(folder, text);
      if (read.length > 0) aliases.set(folder, [...(aliases.get(folder) ?? []), ...read]);
    }
  }
  return { packages, aliases, goModules, crates };
}

function addPackage(packages: Map<string, NpmPackage>, folder: string, text: string): void {
  const manifest = objectOf(parseJsonc(text));
  const name = manifest['name'];
  if (typeof name !== 'string' || name === '') return;
  const written = ['main', 'module', 'types', 'typings', 'source'].flatMap((key) =>
    stringsIn(manifest[key], 0),
  );
  const exported = stringsIn(manifest['exports'], 0);
  const entries = [...written, ...exported].flatMap((entry) => resolvePath(folder, entry) ?? []);
  packages.set(name, { folder, entries: [...new Set(entries)] });
}

const maxDepth = 8;

function stringsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return value.includes('*') ? [] : [value];
  if (depth > maxDepth) return [];
  return Object.values(objectOf(value)).flatMap((inner) => stringsIn(inner, depth + 1));
}

function readAliases(folder: string, text: string): readonly Alias[] {
  const options = objectOf(objectOf(parseJsonc(text))['compilerOptions']);
  const written = options['baseUrl'];
  const base = typeof written === 'string' ? resolvePath(folder, written) : folder;
  if (base === undefined) return [];
  const paths = Object.entries(objectOf(options['paths'])).map(([pattern, targets]) => ({
    pattern,
    targets: Object.values(Array.isArray(targets) ? targets : []).flatMap((target) =>
      typeof target === 'string' ? (resolvePath(base, target) ?? []) : [],
    ),
  }));
  return typeof written === 'string' ? [...paths, { pattern: '*', targets: [joinNames(base, '*')] }] : paths;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
