/** Workspace files that a source imports, as far as its text tells: relative JavaScript specifiers and Python modules. */
export function importedFiles(path: string, text: string, files: ReadonlySet<string>): readonly string[] {
  const candidates = path.endsWith('.py') ? pythonCandidates(path, text) : scriptCandidates(path, text);
  return [...new Set(candidates.filter((candidate) => files.has(candidate)))];
}

const scriptImport = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])(\.{1,2}(?:\/[^'"\n]*)?)\1/gu;
const scriptEndings = [
  '',
  '.js',
  '.mjs',
  '.cjs',
  '.ts',
  '.mts',
  '.cts',
  '.jsx',
  '.tsx',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
  '/index.ts',
];

function scriptCandidates(path: string, text: string): readonly string[] {
  return [...text.matchAll(scriptImport)].flatMap(([, , specifier = '']) => {
    const base = joinPath(folderOf(path), specifier);
    if (base === undefined) return [];
    // TypeScript sources are imported by the name of what they compile to.
    const asSource = base.replace(/\.([cm]?)js$/u, '.$1ts');
    return [
      ...scriptEndings.map((ending) => (base === '' ? ending.replace(/^\//u, '') : base + ending)),
      asSource,
    ];
  });
}

const pythonImport = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+([^\n#]+)|import[ \t]+([^\n#]+))/gmu;
const pythonRoots = ['', 'src/'];

function pythonCandidates(path: string, text: string): readonly string[] {
  return [...text.matchAll(pythonImport)].flatMap(([, from, names = '', plain]) => {
    if (plain !== undefined) return plain.split(',').flatMap((part) => moduleFiles(firstWord(part), path));
    const imported = names.replace(/[()]/gu, '').split(',').map(firstWord);
    const module = from ?? '';
    const separator = module === '' || module.endsWith('.') ? '' : '.';
    return [
      ...moduleFiles(module, path),
      ...imported.flatMap((name) => moduleFiles(`${module}${separator}${name}`, path)),
    ];
  });
}

function moduleFiles(module: string, importer: string): readonly string[] {
  const dots = /^\.*/u.exec(module)?.[0].length ?? 0;
  const tail = module.slice(dots).split('.').filter(Boolean).join('/');
  const bases =
    dots > 0
      ? [joinPath(folderOf(importer), `./${'../'.repeat(dots - 1)}${tail}`)]
      : pythonRoots.map((root) => root + tail);
  return bases.flatMap((base) =>
    base === undefined ? [] : [`${base}.py`, base === '' ? '__init__.py' : `${base}/__init__.py`],
  );
}

function firstWord(text: string): string {
  return /[\w.]+/u.exec(text)?.[0] ?? '';
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** undefined: it leads out of the folder. */
function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
