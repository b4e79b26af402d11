/** The lines of a package manifest that help to write a test; undefined if there are none. */
export function excerptManifest(path: string, text: string): string | undefined {
  if (path.endsWith('package.json')) return excerptPackage(text);
  if (path.endsWith('pyproject.toml')) return excerptPyproject(text);
  return undefined;
}

const packageKeys = [
  'name',
  'type',
  'main',
  'module',
  'exports',
  'imports',
  'dependencies',
  'devDependencies',
];

function excerptPackage(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const kept = Object.entries(parsed).filter(([key]) => packageKeys.includes(key));
    return kept.length === 0 ? undefined : `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`;
  } catch {
    return undefined;
  }
}

/** The project's name and Python, and how pytest is configured. */
function excerptPyproject(text: string): string | undefined {
  const tables = text.replaceAll('\r\n', '\n').split(/^(?=\[)/m);
  const facts = linesOf(tables, /^\[project\]/).filter((line) => /^(?:name|requires-python)\s*=/.test(line));
  const project = facts.length === 0 ? [] : [['[project]', ...facts].join('\n')];
  const pytest = tables
    .filter((table) => /^\[tool\.pytest(?:\.ini_options)?\]/.test(table))
    .map((table) => table.trim());
  const parts = [...project, ...pytest];
  return parts.length === 0 ? undefined : `${parts.join('\n\n')}\n`;
}

function linesOf(tables: readonly string[], head: RegExp): readonly string[] {
  return tables.find((table) => head.test(table))?.split('\n') ?? [];
}
