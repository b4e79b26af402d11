import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { ConfinementStatus } from '../../ports/processes.ts';
import type { ScratchTree } from '../../ports/scratch.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import { resolveInside } from '../../safety/pathJail.ts';
import { cancelled, failed, type RunEnd, type RunScope } from '../runScope.ts';
import { layeredTree } from './layeredTree.ts';

export interface OpenCopy {
  /** With what earlier actions of the run edited. */
  readonly tree: ScratchTree;
  readonly confinement: ConfinementStatus;
}

/** What a command changed in the copy. */
export type Joined =
  | { readonly kind: 'joined'; readonly paths: readonly string[] }
  /** A sentence: it changed what no run may change. */
  | { readonly kind: 'refused'; readonly message: string };

/** The copy as an action sees it. */
export type SharedCopy = Pick<RunCopy, 'isEdited' | 'editedPaths' | 'exclusively' | 'open' | 'keep' | 'join'>;

/** The copy of the workspace that the actions of one run share, made when the first of them needs it. */
export class RunCopy {
  readonly #scope: RunScope;
  readonly #layer = new Map<string, string | undefined>();
  readonly #summaries: string[] = [];
  #opened: Promise<{ readonly real: ScratchTree; readonly open: OpenCopy } | RunEnd> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(scope: RunScope) {
    this.#scope = scope;
  }

  /** An action of the run has edited: from now on nothing works in the user's tree. */
  get isEdited(): boolean {
    return this.#layer.size > 0;
  }

  /** What actions of the run have edited so far. */
  get editedPaths(): readonly string[] {
    return [...this.#layer.keys()];
  }

  /** One action at a time works in the copy. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** For what is tried while an action has the copy to itself: it works there as after an edit, and nothing of it is kept. */
  whileEdited(): SharedCopy {
    return {
      isEdited: true,
      editedPaths: this.editedPaths,
      exclusively: (work) => work(),
      open: () => this.open(),
      keep: () => undefined,
      join: async () => ({ kind: 'joined', paths: [] }),
    };
  }

  async open(): Promise<OpenCopy | RunEnd> {
    this.#opened ??= this.#create();
    const opened = await this.#opened;
    return 'outcome' in opened ? opened : opened.open;
  }

  /** Keeps what an action of a model edited and proved. */
  keep(files: readonly ProposedFile[], summary: string): void {
    for (const { path, after } of files) this.#layer.set(path, after);
    this.#summaries.push(summary);
  }

  /** Takes what a command changed since `before` into the proposal. */
  async join(before: ReadonlyMap<string, string>): Promise<Joined> {
    const opened = await this.#opened;
    if (opened === undefined || 'outcome' in opened) return { kind: 'joined', paths: [] };
    const { real } = opened;
    const now = await real.changed(this.#scope.signal);
    const changed = [...new Set([...now.keys(), ...before.keys()])]
      .filter((path) => now.get(path) !== before.get(path))
      .toSorted();
    const guarded = changed.find(
      (path) => findProtected(path) !== undefined || resolveInside(path).kind === 'refused',
    );
    if (guarded !== undefined)
      return { kind: 'refused', message: `It changed ${guarded}, which no run may change.` };
    for (const path of changed) {
      const text = await real.read(path);
      if (text?.includes('\uFFFD') === true || text?.includes('\0') === true)
        return { kind: 'refused', message: `It wrote ${path}, which is no text, so it cannot be proposed.` };
      this.#layer.set(path, text);
    }
    return { kind: 'joined', paths: changed };
  }

  /** Everything that the run would change, against the text that it began with. */
  async proposal(): Promise<{ readonly files: readonly ProposedFile[]; readonly summary: string }> {
    const opened = await this.#opened;
    const files: ProposedFile[] = [];
    for (const [path, after] of this.#layer) {
      const before =
        opened === undefined || 'outcome' in opened ? undefined : await opened.real.original(path);
      if (before === after) continue;
      files.push({
        path,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      });
    }
    return { files, summary: this.#summaries.join('\n') };
  }

  async dispose(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    if (opened !== undefined && !('outcome' in opened)) await opened.real.dispose();
  }

  async #create(): Promise<{ readonly real: ScratchTree; readonly open: OpenCopy } | RunEnd> {
    const { deps, root, recorder, signal } = this.#scope;
    const started = deps.clock.now();
    const confinement = await deps.processes.confinement(signal);
    const mounts = confinement.kind === 'ready' && confinement.mountsTree;
    const made = await deps.scratch.create(
      {
        run: recorder.run,
        root,
        unsaved: deps.edits.unsaved(root),
        dependencies: mounts ? 'mounted' : 'linked',
      },
      signal,
    );
    if (made.kind === 'cancelled') return cancelled;
    if (made.kind === 'failed') return failed('scratch.failed', made.message);
    await recorder.record({ type: 'scratch.ready', files: made.files, ms: deps.clock.now() - started });
    return { real: made.tree, open: { tree: layeredTree(made.tree, this.#layer), confinement } };
  }
}
