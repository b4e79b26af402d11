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
  const slash = path.lastIndexOf('/');
  const base = path.slice(slash + 1);
  const folder = path.slice(0, Math.max(slash, 0));
  const isLegacy = base === '.cursorrules';
  return { name: nameOf(base, folder), scope: isLegacy ? folder : folderAboveCursor(path), isLegacy };
}

function nameOf(base: string, folder: string): string {
  if (base === 'RULE.md') return folder === '' ? 'RULE' : folder.slice(folder.lastIndexOf('/') + 1);
  if (base.endsWith('.mdc')) return base.slice(0, -'.mdc'.length);
  return base.endsWith('.mdc.md') ? base.slice(0, -'.mdc.md'.length) : base;
}

function folderAboveCursor(path: string): string {
  if (path.startsWith('.cursor/')) return '';
  return path.slice(0, Math.max(path.indexOf('/.cursor/'), 0));
}

/** The id and path of a bundled rule. */
export function builtinPath(name: string): string {
  return `${builtinPrefix}${name}`;
}

const noFolders: ReadonlySet<string> = new Set();

/**
 * Whether the file guides and fires; any other rule file only gets help in writing. `folders`: those that a setting
 * names besides, see `readLiveFolders`. Drafts never do, wherever they lie.
 */
export function isLivePath(path: string, folders: ReadonlySet<string> = noFolders): boolean {
  if (path.startsWith(builtinPrefix) || isDraftPath(path)) return false;
  if (path === '.cursorrules' || path.endsWith('/.cursorrules')) return true;
  if (!path.endsWith('.mdc') && !path.endsWith('/RULE.md')) return false;
  return liesIn(path, rulesFolder) || foldersAbove(path).some((folder) => folders.has(folder));
}

const rulesFolder = '.cursor/rules/';
const draftsFolder = '.cursor/drafts/';

/** Whether the file is a draft: it is checked, and never guides or fires. */
export function isDraftPath(path: string): boolean {
  return liesIn(path, draftsFolder);
}

/** Whether the path lies in such a folder, at the top or in any other folder. */
function liesIn(path: string, folder: string): boolean {
  return path.startsWith(folder) || path.includes(`/${folder}`);
}

function foldersAbove(path: string): readonly string[] {
  const names = path.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Folders as a person writes them in a setting, `./docs/rules/` as `docs/rules`; one that leads out is passed over. */
export function readLiveFolders(written: readonly string[]): ReadonlySet<string> {
  const folders = written.flatMap((folder) => {
    const slashed = folder.trim().replaceAll('\\', '/');
    if (slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed)) return [];
    const names = slashed.split('/').filter((name) => name !== '' && name !== '.');
    return names.length === 0 || names.includes('..') ? [] : [names.join('/')];
  });
  return new Set(folders);
}

/** Whether a file is read as a rule file, live or not. One that bears the prefix of the library would pass for one of ours. */
export function isRulePath(path: string): boolean {
  if (path.startsWith(builtinPrefix)) return false;
  return /\.mdc(?:\.md)?$/.test(path) || /(?:^|\/)(?:RULE\.md|\.cursorrules)$/.test(path);
}
