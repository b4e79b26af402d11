/** What `{file}`, `{dir}`, `{stem}` and `{ext}` stand for. */
export interface PathVariables {
  readonly file: string;
  /** `.` at the top of the workspace folder. */
  readonly dir: string;
  /** The name up to its last dot. */
  readonly stem: string;
  /** Without the dot; empty when the name has none. */
  readonly ext: string;
}

export function pathVariables(path: string): PathVariables {
  const slash = path.lastIndexOf('/');
  const base = path.slice(slash + 1);
  const dot = base.lastIndexOf('.');
  const hasExtension = dot > 0;
  return {
    file: path,
    dir: slash < 0 ? '.' : path.slice(0, slash),
    stem: hasExtension ? base.slice(0, dot) : base,
    ext: hasExtension ? base.slice(dot + 1) : '',
  };
}

/** Replaces the variables that are given; any other `{word}` is text. */
export function expandVariables(
  template: string,
  variables: Readonly<Record<string, string>> | PathVariables,
): string {
  const known = new Map<string, unknown>(Object.entries(variables));
  return template.replace(/\{([A-Za-z]+)\}/g, (written, name: string) => {
    const value = known.get(name);
    return typeof value === 'string' ? value : written;
  });
}

/**
 * A path from a template, relative to the workspace folder and without `.` and empty parts. `..` stays: whoever opens
 * the path refuses what leaves the folder.
 */
export function expandPath(template: string, path: string): string {
  const expanded = expandVariables(template, pathVariables(path));
  return expanded
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
