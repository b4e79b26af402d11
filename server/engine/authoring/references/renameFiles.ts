import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import { decodePath } from '../../rules/references/escapedPath.ts';
import type { RuleReference } from '../../rules/references/ruleReference.ts';
import type { TextEdit } from '../../rules/textEdit.ts';
import { isRulePath, readRulePath } from '../../rules/rulePaths.ts';
import { joinPath } from './joinPath.ts';
import { relativePath } from './relativePath.ts';
import { writeTarget } from './writeTarget.ts';

/** Edits by the path of the file that they change, as it was before. */
export type EditsByPath = ReadonlyMap<string, readonly TextEdit[]>;

/** What keeps references right when files get other paths: those to them, and those in them. `moved`: old path to new path. */
export function renameFiles(catalog: RuleCatalog, moved: ReadonlyMap<string, string>): EditsByPath {
  const edits = new Map<string, Map<number, TextEdit>>();
  const add = (path: string, edit: TextEdit | undefined): void => {
    if (edit === undefined) return;
    const known = edits.get(path) ?? new Map<number, TextEdit>();
    edits.set(path, known.set(edit.span.start, edit));
  };
  for (const [from, to] of moved) {
    for (const { path, reference } of catalog.referrers(from))
      add(path, editReference({ reference, from: path, target: from, newTarget: to, catalog, moved }));
    for (const reference of catalog.references(from)) {
      const target = catalog.resolve(reference, from);
      if (target.kind !== 'rule' && target.kind !== 'file') continue;
      const newTarget = moved.get(target.path) ?? target.path;
      add(from, editReference({ reference, from, target: target.path, newTarget, catalog, moved }));
    }
  }
  return new Map([...edits].map(([path, byPlace]) => [path, [...byPlace.values()]]));
}

interface Move {
  readonly reference: RuleReference;
  /** The file that holds the reference, before. */
  readonly from: string;
  readonly target: string;
  readonly newTarget: string;
  readonly catalog: RuleCatalog;
  readonly moved: ReadonlyMap<string, string>;
}

/** The reference in the way in which it was written: by name, from its own folder, or from the root. */
function editReference(move: Move): TextEdit | undefined {
  const { reference, from, target, newTarget, catalog, moved } = move;
  const newFrom = moved.get(from) ?? from;
  if (target.startsWith('builtin:')) return undefined;
  const rendered = renderTarget(move, newFrom, newTarget);
  if (rendered === undefined || rendered === writtenTarget(reference)) return undefined;
  return writeTarget(catalog.text(from) ?? '', reference, { target: rendered, path: newTarget });
}

/** Without the escapes that links and includes may have. */
function writtenTarget({ kind, target }: RuleReference): string {
  return kind === 'link' || kind === 'include' ? decodePath(target) : target;
}

function renderTarget(
  { reference, from, target, catalog }: Move,
  newFrom: string,
  newTarget: string,
): string | undefined {
  const written = writtenTarget(reference);
  const suffix = leftOut(written, target);
  const cut = (path: string): string =>
    suffix !== '' && path.endsWith(suffix) ? path.slice(0, -suffix.length) : path;
  if (!isName(written) && samePath(joinPath(from, written), target)) {
    const path = cut(relativePath(newFrom, newTarget));
    return written.startsWith('.') ? path : path.replace(/^\.\//, '');
  }
  if (!isName(written) && samePath(written, target))
    return `${written.startsWith('/') ? '/' : ''}${cut(newTarget)}`;
  return isRulePath(newTarget) ? renderName(catalog, target, newTarget, written) : newTarget;
}

/** A rule that bears a name of its own keeps it, whatever its file is called. */
function renderName(
  catalog: RuleCatalog,
  target: string,
  newTarget: string,
  written: string,
): string | undefined {
  const hasOwnName = catalog.document(target)?.file.written.has('name') === true;
  const [oldName, newName] = [readRulePath(target).name, readRulePath(newTarget).name];
  if (hasOwnName || oldName === newName) return undefined;
  if (written === oldName) return newName;
  const oldBase = target.slice(target.lastIndexOf('/') + 1);
  return written === oldBase ? newTarget.slice(newTarget.lastIndexOf('/') + 1) : undefined;
}

function isName(written: string): boolean {
  return !written.includes('/') && !/\.\w+$/.test(written);
}

/** An ending that the author did not write: `./base` for `./base.mdc`. */
function leftOut(written: string, target: string): string {
  const suffix = /\.mdc(?:\.md)?$|\.md$/.exec(target)?.[0] ?? '';
  return suffix !== '' && !written.endsWith(suffix) ? suffix : '';
}

function samePath(written: string, target: string): boolean {
  const plain = written.replace(/^(?:\.?\/)+/, '');
  return plain === target || `${plain}${leftOut(written, target)}` === target;
}
