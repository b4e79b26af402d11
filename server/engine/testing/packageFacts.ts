/** What a package says about its tests, for a runner to find itself in. */
export interface PackageFacts {
  /** The source or test file that a runner is sought for, relative to the workspace folder. */
  readonly path: string;
  /** Of the package, relative to the workspace folder; empty for the workspace folder itself. */
  readonly folder: string;
  /** Names of files directly in the package's folder and in its `.config`, then of those in the folders above it. */
  readonly names: readonly string[];
  /** Modules that the test file imports; for a source, those of test files near it. */
  readonly imports: ReadonlySet<string>;
  /** Packages that the manifests of this folder and those above it name, with those for development. */
  readonly dependencies: ReadonlySet<string>;
  /** Commands of `test` scripts in the nearest package.json. */
  readonly scripts: readonly string[];
  /** Text of a manifest or configuration in the package's folder; undefined: it is not there. */
  readonly config: (name: string) => string | undefined;
}

/** Manifests and configurations whose text tells the runner. */
export const tellingFiles: readonly string[] = [
  'package.json',
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
  'tox.ini',
  'pytest.ini',
  'requirements.txt',
  'requirements-dev.txt',
  'dev-requirements.txt',
  'test-requirements.txt',
  'requirements-test.txt',
  'Cargo.toml',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
];

export interface FactSource {
  readonly path: string;
  readonly folder: string;
  /** All files of the workspace folder. */
  readonly files: ReadonlySet<string>;
  /** Texts that were read, by path: telling files of the folders above `path`, and the test files whose imports count. */
  readonly texts: ReadonlyMap<string, string>;
  /** Which of `texts` are tests. */
  readonly samples: readonly string[];
}

/** Pure; texts that do not parse say nothing. */
export function readPackageFacts({ path, folder, files, texts, samples }: FactSource): PackageFacts {
  const folders = [...foldersAbove(folder)];
  const config = (name: string): string | undefined => texts.get(joinName(folder, name));
  const manifests = folders.map((above) => texts.get(joinName(above, 'package.json')));
  const scripts = manifests.map(testScripts).find((commands) => commands.length > 0) ?? [];
  return {
    path,
    folder,
    names: folders.flatMap((above) => namesIn(above, files)),
    imports: new Set(samples.flatMap((sample) => importsOf(sample, texts.get(sample) ?? ''))),
    dependencies: new Set([
      ...manifests.flatMap(nodeDependencies),
      ...folders.flatMap((above) => pythonDependencies((name) => texts.get(joinName(above, name)))),
    ]),
    scripts,
    config,
  };
}

/** The folder itself first, the workspace folder last. */
export function* foldersAbove(folder: string): Generator<string> {
  for (let current = folder; ; current = current.slice(0, Math.max(0, current.lastIndexOf('/')))) {
    yield current;
    if (current === '') return;
  }
}

function joinName(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function namesIn(folder: string, files: ReadonlySet<string>): readonly string[] {
  const start = folder === '' ? 0 : folder.length + 1;
  const names: string[] = [];
  for (const file of files)
    if (file.startsWith(folder === '' ? '' : `${folder}/`) && !file.includes('/', ownNames(file, start)))
      names.push(file.slice(start));
  return names;
}

/** Where the name of a file of a folder begins that may stand in its `.config`. */
function ownNames(file: string, start: number): number {
  return file.startsWith('.config/', start) ? start + '.config/'.length : start;
}

function testScripts(manifest: string | undefined): readonly string[] {
  return entriesOf(parseObject(manifest)['scripts']).flatMap(([name, command]) =>
    /^(?:test|unit)(?:$|[:\-_.])/u.test(name) && typeof command === 'string' ? [command] : [],
  );
}

function nodeDependencies(manifest: string | undefined): readonly string[] {
  const parsed = parseObject(manifest);
  return ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'].flatMap((key) =>
    entriesOf(parsed[key]).map(([name]) => name),
  );
}

function parseObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return Object.fromEntries(entriesOf(JSON.parse(text ?? '{}')));
  } catch {
    // A manifest that is being written says nothing.
    return {};
  }
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** Requirements as they are written anywhere in these files: in quotes, or at the beginning of a line. */
function pythonDependencies(text: (name: string) => string | undefined): readonly string[] {
  const quoted = ['pyproject.toml', 'setup.py'].flatMap((name) => [
    ...(text(name) ?? '').matchAll(
      /["']([A-Za-z][\w.-]*)(?:\[[\w, -]*\])?[ \t]*(?:[<>=!~;@ ][^"'\n]*)?["']/gu,
    ),
    ...(text(name) ?? '').matchAll(/^([A-Za-z][\w.-]*)[ \t]*=[ \t]*["'{]/gmu),
  ]);
  const lined = [
    'requirements.txt',
    'requirements-dev.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
    'requirements-test.txt',
    'setup.cfg',
    'tox.ini',
  ].flatMap((name) => [...(text(name) ?? '').matchAll(/^[ \t]*([A-Za-z][\w.-]*)[ \t]*(?:$|[<>=!~;[])/gmu)]);
  return [...quoted, ...lined].map(([, name = '']) => name.toLowerCase().replaceAll('_', '-'));
}

const scriptImport = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]{1,200})\1/gu;
const pythonImport = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., \t]+))/gmu;

/** Python modules by their first name, scripts by their whole specifier. */
function importsOf(path: string, text: string): readonly string[] {
  if (/\.[cm]?[jt]sx?$/u.test(path)) return [...text.matchAll(scriptImport)].map(([, , name = '']) => name);
  if (!path.endsWith('.py')) return [];
  return [...text.matchAll(pythonImport)].flatMap(([, from, plain = '']) =>
    from === undefined
      ? plain.split(',').map((part) => part.trim().split(/[. \t]/u)[0] ?? '')
      : [from.split('.')[0] ?? ''],
  );
}
