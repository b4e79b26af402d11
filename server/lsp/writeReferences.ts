import { writeReferences as write } from '../engine/authoring/references/writeReferences.ts';
import type { Engine } from '../engine/engine.ts';
import type { Position } from '../protocol/text.ts';
import { linesOf } from './authoring/openRule.ts';
import type { Folders } from './folders.ts';

export interface DroppedReferences {
  readonly uri: string;
  readonly position: Position;
  /** URIs of files, or `builtin:NAME`. */
  readonly targets: readonly string[];
}

/** What to write where files are dropped into a rule file, as it is typed; files of other folders are left out. */
export function writeReferences(
  engine: Engine,
  folders: Folders,
  { uri, position, targets }: DroppedReferences,
): { readonly text: string } | undefined {
  const placed = folders.place(uri);
  const catalog = placed && engine.ruleCatalog(placed.root, 'typed');
  const document = catalog?.document(placed?.path ?? '');
  if (placed === undefined || catalog === undefined || document === undefined) return undefined;
  const paths = targets.flatMap((target) => {
    if (target.startsWith('builtin:')) return [target];
    return folders.places(target).flatMap(({ root, path }) => (root === placed.root ? [path] : []));
  });
  const text = write({ document, catalog, offset: linesOf(document).offsetAt(position) }, paths);
  return text === undefined ? undefined : { text };
}
