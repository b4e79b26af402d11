import type { ActionFinished, ProposedFile, RunEvent } from '../../protocol/runEvents.ts';

/** What a run changed in the user's tree, as its journal tells it. */
export interface LandedChanges {
  /** One per path: as it was before the run first changed it, and as the run left it. */
  readonly files: readonly ProposedFile[];
  /** Changed by commands, and too large or no text: what they held before is not kept. */
  readonly unkept: readonly string[];
}

/**
 * Folds a journal into what the run changed. An edit counts from its acceptance, which stands in the journal before the
 * first byte is written: so a process that died in the middle of landing has its restore point too.
 */
export function foldLanded(events: readonly RunEvent[]): LandedChanges {
  const files = new Map<string, ProposedFile>();
  const unkept = new Set<string>();
  let proposed: readonly ProposedFile[] = [];
  let landing: ReadonlyMap<string, ProposedFile> | undefined;
  for (const event of events) {
    switch (event.type) {
      case 'proposal.ready':
        proposed = event.files;
        break;
      case 'proposal.accepted':
        landing = new Map(files);
        for (const file of proposed) if (event.paths.includes(file.path)) add(files, file);
        break;
      case 'undo.planned':
        landing = new Map(files);
        for (const file of event.files) add(files, file);
        break;
      case 'edit.notLanded':
        if (landing === undefined) break;
        files.clear();
        for (const [path, file] of landing) files.set(path, file);
        break;
      case 'action.finished':
        addWritten(event, files, unkept);
        break;
      default:
    }
  }
  return { files: [...files.values()], unkept: [...unkept] };
}

function addWritten(
  { place, changed = [], written = [] }: ActionFinished,
  files: Map<string, ProposedFile>,
  unkept: Set<string>,
): void {
  // What changed in the copy comes with the proposal.
  if (place !== 'workspace') return;
  for (const path of changed) {
    const file = written.find((each) => each.path === path);
    if (file !== undefined && !unkept.has(path)) add(files, file);
    else {
      files.delete(path);
      unkept.add(path);
    }
  }
}

function add(files: Map<string, ProposedFile>, { path, before, after }: ProposedFile): void {
  const first = files.get(path);
  const origin = first === undefined ? before : first.before;
  files.set(path, {
    path,
    ...(origin === undefined ? {} : { before: origin }),
    ...(after === undefined ? {} : { after }),
  });
}
