import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { DependencyChange } from './findDependencyChanges.ts';
import type { PackageIndex } from './manifestEntry.ts';
import { resembledName } from './popularNames.ts';
import { nodeLibrary } from './nodeModules.ts';
import { packagesOfModules, pythonLibrary } from './pythonModules.ts';

/** What a workspace has, as far as it tells whether an imported package is known. */
export interface KnownPackages {
  /** All files of the folder, the proposed ones too. */
  readonly files: ReadonlySet<string>;
  /** Packages that manifests of the file's folder and those above it name; undefined: there is no such manifest. */
  readonly declared: (path: string, index: PackageIndex) => Promise<ReadonlySet<string> | undefined>;
  /** Imports that lead elsewhere than to packages, such as aliases of a compiler. */
  readonly isAlias: (path: string, name: string) => Promise<boolean>;
  /** Whether it is installed where the file would find it. */
  readonly isInstalled: (path: string, index: PackageIndex, module: string) => Promise<boolean>;
  readonly readImports: (path: string, text: string) => readonly string[];
}

/**
 * Imports that were not there before and that nothing in the workspace knows: a package that a model made up may be there
 * tomorrow, made by somebody else. Only where that is sure: there is a manifest, and it does not name it.
 */
export async function findUnknownModules(
  files: readonly ProposedFile[],
  known: KnownPackages,
): Promise<readonly DependencyChange[]> {
  const found: DependencyChange[] = [];
  for (const { path, before = '', after } of files) {
    const language = languageOf(path);
    if (after === undefined || language === undefined) continue;
    const old = new Set(known.readImports(path, before));
    const fresh = new Set<string>();
    for (const name of known.readImports(path, after)) {
      if (old.has(name)) continue;
      const module = await language.unknown(path, name, known);
      if (module !== undefined) fresh.add(module);
    }
    const lines = after.split(/\r\n|\r|\n/u);
    for (const module of fresh) {
      const line = lines.findIndex((text) => language.isImport(text, module) && !isComment(text));
      // Named in a comment alone.
      if (line < 0) continue;
      const near = resembledName(language.index, module);
      const hint =
        near === undefined
          ? ''
          : ` Its name is nearly that of ${near}: look whether it is the one that is meant.`;
      found.push({
        path,
        line,
        kind: 'dependency',
        message: `Unknown module: no manifest names ${module}, and it is not installed in this folder.${hint}`,
        isGrave: true,
      });
    }
  }
  return found;
}

interface ModuleLanguage {
  readonly index: PackageIndex;
  /** The package of an import if it is sure that nobody knows it. */
  readonly unknown: (path: string, name: string, known: KnownPackages) => Promise<string | undefined>;
  readonly isImport: (line: string, module: string) => boolean;
}

const script: ModuleLanguage = {
  index: 'npm',
  async unknown(path, name, { declared, isAlias, isInstalled }) {
    const module = /^(?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*(?=\/|$)/u.exec(name)?.[0];
    // Bundlers have names of their own: `virtual:x`, `~/x`, `#x`, `$lib`.
    if (
      module === undefined ||
      name.includes(':') ||
      nodeLibrary.has(module) ||
      (await isAlias(path, module))
    )
      return undefined;
    const names = await declared(path, 'npm');
    if (names === undefined || names.has(module)) return undefined;
    return (await isInstalled(path, 'npm', module)) ? undefined : module;
  },
  isImport: (line, module) =>
    [`'${module}`, `"${module}`].some((written) => {
      const before = line.split(written)[0] ?? '';
      // In a text that holds code, another quotation mark is open there.
      return (
        before.length < line.length && ["'", '"', '`'].every((mark) => before.split(mark).length % 2 === 1)
      );
    }),
};

/** What runs tests and builds is often installed for all projects, and named by none. */
const ofRunners = new Set(['pytest', 'hypothesis', 'setuptools', 'pkg_resources', 'pip']);

const python: ModuleLanguage = {
  index: 'pypi',
  async unknown(path, name, { files, declared, isInstalled }) {
    const module = name.split('.')[0] ?? '';
    const isPlain = module !== '' && !module.startsWith('_');
    if (!isPlain || pythonLibrary.has(module) || ofRunners.has(module) || isLocal(module, files))
      return undefined;
    const names = await declared(path, 'pypi');
    if (names === undefined) return undefined;
    const plain = plainName(module);
    const packages = [plain, ...(packagesOfModules[module] ?? []).map(plainName)];
    const isNamed = [...names].some((one) => {
      const other = plainName(one);
      return packages.includes(other) || isVariant(other, plain);
    });
    if (isNamed) return undefined;
    return (await isInstalled(path, 'pypi', module)) ? undefined : module;
  },
  isImport: (line, module) =>
    new RegExp(
      // A sentence may begin with the same words.
      `^\\s*(?:from\\s+${module}[\\w.]*\\s+import\\s+[\\w*(]|import\\s+(?:[\\w.]+(?:\\s+as\\s+\\w+)?\\s*,\\s*)*${module}\\b[\\w.]*(?:\\s+as\\s+\\w+)?\\s*(?:[,;#\\\\].*)?$)|\\b(?:import_module|__import__|importorskip)\\(\\s*["']${module}\\b`,
      'u',
    ).test(line),
};

/** `python-slugify` and `slugify`, `google-cloud-storage` and `google`, `djangorestframework` and `rest_framework`. */
function isVariant(declaredName: string, module: string): boolean {
  return module.length >= 3 && (declaredName.includes(module) || module.includes(declaredName));
}

const go: ModuleLanguage = {
  index: 'go',
  async unknown(path, name, { declared }) {
    const names = await declared(path, 'go');
    const [host = ''] = name.split('/');
    if (names === undefined || !host.includes('.')) return undefined;
    return [...names].some((one) => name === one || name.startsWith(`${one}/`)) ? undefined : name;
  },
  isImport: (line, module) => line.includes(`"${module}`),
};

function languageOf(path: string): ModuleLanguage | undefined {
  if (/\.(?:[cm]?[jt]s|[jt]sx)$/u.test(path)) return script;
  if (path.endsWith('.py')) return python;
  return path.endsWith('.go') ? go : undefined;
}

function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/|\*|\/\*)/u.test(line);
}

/** Some file or folder of the workspace is called so, wherever it lies: search paths are not known here. */
function isLocal(module: string, files: ReadonlySet<string>): boolean {
  for (const file of files) if (file.split('/').some((name) => name.split('.')[0] === module)) return true;
  return false;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]/gu, '');
}
