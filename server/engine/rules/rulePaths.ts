/** What the path of a rule file says about the rule; all paths are relative to the workspace folder. */
export interface RulePath {
  /** Label to refer to the rule by, unless it has a `name` of its own. */
  readonly name: string;
  /** The folder that its globs are relative to. */
  readonly scope: string;
  /** The old single file of rules, which has no frontmatter. */
  readonly isLegacy: boolean;
}

const builtinPrefix = 'builtin:';

export function readRulePath(path: string): RulePath {
  if (path.startsWith(builtinPrefix))
    return { name: path.slice(builtinPrefix.length), scope: '', isLegacy: false };
  const folders = path.split('/');
  const base = folders.pop() ?? path;
  const isLegacy = base === '.cursorrules';
  const cursor = folders.indexOf('.cursor');
  const scope = isLegacy ? folders.join('/') : folders.slice(0, Math.max(cursor, 0)).join('/');
  return { name: nameOf(base, folders), scope, isLegacy };
}

function nameOf(base: string, folders: readonly string[]): string {
  if (base === 'RULE.md') return folders.at(-1) ?? 'RULE';
  return base.replace(/\.mdc(?:\.md)?$/, '');
}

/** The id and path of a bundled rule. */
export function builtinPath(name: string): string {
  return `${builtinPrefix}${name}`;
}

/** Whether the file guides and fires; any other rule file only gets help in writing. */
export function isLivePath(path: string): boolean {
  if (path === '.cursorrules' || path.endsWith('/.cursorrules')) return true;
  const inRules = path.startsWith('.cursor/rules/') || path.includes('/.cursor/rules/');
  return inRules && (path.endsWith('.mdc') || path.endsWith('/RULE.md'));
}

/** Whether a file is read as a rule file, live or not. One that bears the prefix of the library would pass for one of ours. */
export function isRulePath(path: string): boolean {
  if (path.startsWith(builtinPrefix)) return false;
  return /\.mdc(?:\.md)?$/.test(path) || /(?:^|\/)(?:RULE\.md|\.cursorrules)$/.test(path);
}
