import { resolveInside } from '../../safety/pathJail.ts';
import type { Rule } from '../rule.ts';
import { builtinPath, isLivePath, isRulePath } from '../rulePaths.ts';
import { decodePath } from './escapedPath.ts';
import type { ReferenceTarget, RuleReference } from './ruleReference.ts';

/** What is there to be referred to. */
export interface ReferenceWorld {
  /** The rule of the file, by its path or by `builtin:NAME`. */
  fileRule(path: string): Rule | undefined;
  /** The rules of files that bear this name, those of the library not among them. */
  fileRulesNamed(name: string): readonly Rule[];
  /** Whether a file that is no rule file is there. */
  hasFile(path: string): boolean;
}

export interface Resolution {
  readonly target: ReferenceTarget;
  /** Paths that were looked at, there or not, and a name as `name:NAME`: what would change the answer. */
  readonly asked: readonly string[];
}

const builtinPrefix = 'builtin:';

/** What a reference in the file `from` names. What it may not name, such as a path out of the folder, is missing. */
export function resolveReference(reference: RuleReference, from: string, world: ReferenceWorld): Resolution {
  const question: Question = { world, from, asked: [] };
  const target = reference.target.startsWith(builtinPrefix)
    ? resolveBundled(question, reference.target.slice(builtinPrefix.length))
    : resolveByKind(question, reference);
  return { target: target ?? { kind: 'missing', lookedAt: pathsOf(question.asked) }, asked: question.asked };
}

interface Question {
  readonly world: ReferenceWorld;
  readonly from: string;
  readonly asked: string[];
}

function pathsOf(asked: readonly string[]): readonly string[] {
  return asked.filter((key) => !key.startsWith('name:'));
}

function resolveByKind(question: Question, { kind, target }: RuleReference): ReferenceTarget | undefined {
  if (question.from.startsWith(builtinPrefix)) {
    return kind === 'parent' || kind === 'rule' ? resolveBundled(question, target) : undefined;
  }
  const own = folderOf(question.from);
  switch (kind) {
    case 'include':
      return resolveFile(question, target, [own, '']) ?? resolveEscaped(question, target, own);
    case 'link':
      // Editors write links with escapes.
      return resolveFile(question, decodePath(target), [own, '']);
    case 'mention':
      return resolveFile(question, target, ['', own]) ?? resolveNamed(question, target.replace(/\.mdc$/, ''));
    case 'parent':
    case 'rule':
      return resolveRule(question, target);
  }
}

/** An include holds no blank; `%20` stands for one, unless a file is called so. */
function resolveEscaped(question: Question, target: string, own: string): ReferenceTarget | undefined {
  const path = decodePath(target);
  return path === target ? undefined : resolveFile(question, path, [own, '']);
}

function resolveBundled({ world, asked }: Question, name: string): ReferenceTarget | undefined {
  const path = builtinPath(name);
  asked.push(path);
  const rule = world.fileRule(path);
  return rule === undefined ? undefined : { kind: 'rule', ruleId: rule.id, path };
}

function resolveFile(
  question: Question,
  target: string,
  folders: readonly string[],
): ReferenceTarget | undefined {
  const isRooted = target.startsWith('/');
  for (const folder of isRooted ? [''] : new Set(folders)) {
    const path = placeInside(folder, isRooted ? target.replace(/^\/+/, '') : target);
    if (path === undefined) continue;
    const found = findAt(question, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAt({ world, asked }: Question, path: string): ReferenceTarget | undefined {
  asked.push(path);
  const rule = world.fileRule(path);
  if (rule !== undefined) return { kind: 'rule', ruleId: rule.id, path };
  return !isRulePath(path) && world.hasFile(path) ? { kind: 'file', path } : undefined;
}

/** A path if it looks like one, else a name; a file name without folders is looked for upwards, then taken as a name. */
function resolveRule(question: Question, target: string): ReferenceTarget | undefined {
  const isPath = target.includes('/') || isRulePath(target);
  if (!isPath) return resolveNamed(question, target);
  const own = folderOf(question.from);
  const spellings = isRulePath(target) ? [target] : [`${target}.mdc`, `${target}/RULE.md`];
  const folders = target.startsWith('.') ? [own, ''] : [...foldersUpwards(own)];
  for (const folder of folders) {
    for (const spelling of spellings) {
      const path = placeInside(folder, spelling);
      if (path === undefined) continue;
      question.asked.push(path);
      const rule = question.world.fileRule(path);
      if (rule !== undefined) return { kind: 'rule', ruleId: rule.id, path };
    }
  }
  return target.includes('/') ? undefined : resolveNamed(question, target.replace(/\.mdc(?:\.md)?$/, ''));
}

/** Its own folder, then upwards, then the library. The rule itself is meant only if there is no other. */
function resolveNamed(question: Question, name: string): ReferenceTarget | undefined {
  const { world, from, asked } = question;
  asked.push(`name:${name}`);
  const named = world.fileRulesNamed(name);
  const others = named.filter(({ path }) => path !== from);
  for (const folder of foldersUpwards(folderOf(from))) {
    const here = others.filter((rule) => rule.scope === folder || folderOf(rule.path) === folder);
    const [only, ...more] = here.length > 1 ? preferLive(here) : here;
    if (only === undefined) continue;
    asked.push(...here.map(({ path }) => path));
    if (more.length === 0) return { kind: 'rule', ruleId: only.id, path: only.path };
    return { kind: 'ambiguous', ruleIds: [only, ...more].map(({ id }) => id).toSorted() };
  }
  const bundled = resolveBundled(question, name);
  if (bundled !== undefined) return bundled;
  return named.some(({ path }) => path === from) ? { kind: 'rule', ruleId: from, path: from } : undefined;
}

/** Drafts and examples do not make a name ambiguous. */
function preferLive(rules: readonly Rule[]): readonly Rule[] {
  const live = rules.filter(({ path }) => isLivePath(path));
  return live.length > 0 ? live : rules;
}

/** The folder and all above it, the workspace folder last. */
export function foldersUpwards(folder: string): readonly string[] {
  const folders: string[] = [];
  for (let each = folder; each !== ''; each = folderOf(each)) folders.push(each);
  return [...folders, ''];
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function placeInside(folder: string, target: string): string | undefined {
  const jailed = resolveInside(folder === '' ? target : `${folder}/${target}`);
  return jailed.kind === 'inside' ? jailed.path : undefined;
}
