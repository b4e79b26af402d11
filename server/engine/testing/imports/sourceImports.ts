/** What a source text imports, as it is written there; where that leads depends on the other files. */
export interface SourceImports {
  /**
   * Scripts: specifiers. Python: modules with leading dots, and for `from a import b` also `a.b`. Go: import paths. Rust:
   * paths with `::`, and `mod NAME`.
   */
  readonly names: readonly string[];
  /**
   * Beginnings of what is named only at run time, as in ``import(`./locales/${name}.js`)``; empty: it may be anything of
   * that language.
   */
  readonly open: readonly string[];
}

export type SourceLanguage = 'script' | 'python' | 'go' | 'rust';

const endings: readonly (readonly [SourceLanguage, RegExp])[] = [
  ['script', /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte)$/u],
  ['python', /\.pyi?$/u],
  ['go', /\.go$/u],
  ['rust', /\.rs$/u],
];

/** undefined: its imports cannot be read. */
export function sourceLanguage(path: string): SourceLanguage | undefined {
  return endings.find(([, ending]) => ending.test(path))?.[0];
}

/** Total: of a text that does not parse it finds what looks like an import. What a comment imports counts too. */
export function readSourceImports(path: string, text: string): SourceImports {
  switch (sourceLanguage(path)) {
    case 'script':
      return readScript(text);
    case 'python':
      return readPython(text);
    case 'go':
      return { names: readGo(text), open: [] };
    case 'rust':
      return { names: readRust(text), open: [] };
    case undefined:
      return { names: [], open: [] };
  }
}

const scriptImport =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\b(?:require(?:\.resolve)?|(?:vi|jest)\.\w+)\s*\(\s*)(['"])([^'"\n]{1,300})\1/gu;
const scriptWorker = /\bnew URL\(\s*(['"])(\.[^'"\n]{1,300})\1/gu;
/** `import(` or `require(` of something that is no plain string. */
const scriptOpen =
  /\b(?:import|require)\s*\(\s*(?:\/\*[^*]*\*\/\s*)?(?:`([^`$\n]{0,300})(`|\$\{)|(['"])([^'"\n]{0,300})\3\s*\+|([A-Za-z_$][\w$.[\]()]*)\s*[),])/gu;

function readScript(text: string): SourceImports {
  const names = [...text.matchAll(scriptImport), ...text.matchAll(scriptWorker)].map(
    ([, , name = '']) => name,
  );
  const open: string[] = [];
  if (/\b(?:import|require)\s*\(/u.test(text))
    for (const [, template, end, , beginning, variable] of text.matchAll(scriptOpen)) {
      if (template !== undefined && end === '`') names.push(template);
      else if (variable === undefined) open.push(template ?? beginning ?? '');
      // `function require(name)` of a bundle and `typeof require(x)` look alike; both may load anything.
      else open.push('');
    }
  return { names: unique(names), open: unique(open) };
}

const pythonImport =
  /^[ \t]*(?:from[ \t]+(\.*[ \t]*[\w.]*)[ \t]+import[ \t]+(\([^)]{0,5000}\)|(?:[^\n#\\]|\\\r?\n)+)|import[ \t]+((?:[^\n#;\\]|\\\r?\n)+))/gmu;
const pythonCall =
  /\b(?:import_module|__import__|importorskip|run_module)\(\s*(?:f?(['"])([\w.]*)(\1|\{)?|[A-Za-z_])/gu;

function readPython(text: string): SourceImports {
  const names: string[] = [];
  const open: string[] = [];
  for (const [, from, imported = '', plain] of text.matchAll(pythonImport)) {
    if (plain !== undefined) names.push(...plain.split(',').map(firstName));
    else names.push(...fromImports((from ?? '').replace(/\s/gu, ''), imported));
  }
  if (
    text.includes('import_module') ||
    text.includes('__import__') ||
    text.includes('run_module') ||
    text.includes('importorskip')
  )
    for (const [, quote, name = '', end] of text.matchAll(pythonCall)) {
      if (quote !== undefined && end === quote && !name.endsWith('.')) names.push(name);
      else open.push(name);
    }
  return { names: unique(names), open: unique(open) };
}

function fromImports(module: string, imported: string): readonly string[] {
  const dot = module === '' || module.endsWith('.') ? '' : '.';
  const parts = imported.replace(/#[^\n]*|[()\\]/gu, ' ').split(',');
  return [
    module,
    ...parts
      .map((part) => (part.trim() === '*' ? '*' : firstName(part)))
      .filter(Boolean)
      .map((name) => `${module}${dot}${name}`),
  ];
}

function firstName(text: string): string {
  return /[\w.]+/u.exec(text)?.[0] ?? '';
}

function readGo(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^import\s*\(([^)]*)\)/gmu)].map(([, block = '']) => block);
  const single = [...text.matchAll(/^import\s+(?:[\w.]+\s+)?"([^"\n]+)"/gmu)].map(([, path = '']) => path);
  return unique([
    ...single,
    ...blocks.flatMap((block) => [...block.matchAll(/"([^"\n]+)"/gu)].map(([, path = '']) => path)),
  ]);
}

function readRust(text: string): readonly string[] {
  const modules = [...text.matchAll(/^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gmu)];
  const uses = [
    ...text.matchAll(
      /^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?use[ \t]+((?:\w+::)*\w+)(?:::\{([^;]{0,5000})\})?/gmu,
    ),
  ];
  return unique([
    ...modules.map(([, name = '']) => `mod ${name}`),
    ...uses.flatMap(([, path = '', group]) => [
      path,
      // Deeper groups name items of what their first names lead to.
      ...(group === undefined
        ? []
        : [...group.matchAll(/(?:^|[,{])\s*((?:\w+::)*\w+)/gu)].map(([, name = '']) => `${path}::${name}`)),
    ]),
  ]);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
