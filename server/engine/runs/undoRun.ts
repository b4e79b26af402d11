import type { LeftFile, ProposedFile } from '../../protocol/runEvents.ts';
import type { RunView } from '../../protocol/viewState.ts';
import type { UndoResult } from '../engine.ts';
import { foldLanded, type LandedChanges } from '../journal/foldLanded.ts';
import { foldRun } from '../journal/foldRun.ts';
import { recordRun } from '../journal/recordRun.ts';
import type { Settings } from '../settings.ts';
import { finishRun } from './executeRun.ts';
import { findLink } from './landProposal.ts';
import type { OpenRun } from './openRuns.ts';
import { cancelled, failed, refused, type RunDeps, type RunEnd } from './runScope.ts';
import type { RunStarter } from './startRun.ts';

export interface UndoParts extends Pick<RunStarter, 'deps' | 'journal' | 'ledger' | 'open'> {
  readonly settings: Settings;
}

/**
 * Takes back what a run changed in the user's tree, at any later time: every file that nobody changed since becomes what it
 * was, all of them as one edit; the others stay as they are and are named. It is a run of its own, so it can be undone too.
 */
export async function undoRun(
  parts: UndoParts,
  root: string,
  run: string,
  signal: AbortSignal,
): Promise<UndoResult> {
  const stored = await parts.journal.read(root, run);
  if (stored === undefined) return nothing(`There is no run ${run} in this folder.`);
  if (!stored.trusted)
    return nothing(
      `Run ${run} was not written by this machine, or its journal is damaged, so nothing is done by it.`,
    );
  const undone = foldRun(root, stored.events);
  // A process that has written the last step may not have let go of the journal yet.
  const goesOn = stored.owned && undone?.phase !== 'finished';
  if (undone === undefined || goesOn || undone.waitingOn === 'decision')
    return nothing(`Run ${run} has not ended. Stop it, or decide on its proposal, first.`);
  const changes = foldLanded(stored.events);
  if (changes.files.length === 0 && changes.unkept.length === 0)
    return nothing(`Run ${run} changed no file, so there is nothing to undo.`);
  const plan = await planUndo(parts.deps, root, changes, signal);
  if (signal.aborted) return nothing(cancelled.message);
  if (plan.files.length === 0) return { ...nothing(nothingLeft(plan, run)), left: plan.left };
  const open = parts.open.begin(parts.deps.random.id(), root);
  const undoing = carryOut({ ...parts, root, open, undone }, plan).finally(() => parts.open.end(open.run));
  open.settled = undoing;
  return undoing;
}

interface UndoPlan {
  /** From what stands there now to what was there before. */
  readonly files: readonly ProposedFile[];
  readonly left: readonly LeftFile[];
}

async function planUndo(
  { edits }: Pick<RunDeps, 'edits'>,
  root: string,
  { files, unkept }: LandedChanges,
  signal: AbortSignal,
): Promise<UndoPlan> {
  const restored: ProposedFile[] = [];
  const left: LeftFile[] = unkept.map((path) => ({ path, why: 'notKept' }));
  for (const { path, before, after } of files) {
    const now = await edits.current(root, path, signal);
    if (now === before) continue;
    if (now !== after) {
      left.push({ path, why: 'changed' });
      continue;
    }
    restored.push({
      path,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    });
  }
  return { files: restored, left };
}

interface UndoScope extends Omit<UndoParts, 'open'> {
  readonly root: string;
  readonly open: OpenRun;
  readonly undone: RunView;
}

async function carryOut(scope: UndoScope, plan: UndoPlan): Promise<UndoResult> {
  const { deps, journal, ledger, root, open } = scope;
  const { run } = open;
  let recorder;
  try {
    recorder = recordRun({ root, writer: await journal.open(root, run), ledger, clock: deps.clock });
  } catch (error) {
    return nothing(`Nothing was undone: the journal cannot be written (${reasonOf(error)}).`);
  }
  open.recorder = recorder;
  const end = await land({ ...scope, recorder }, plan).catch((error: unknown) =>
    failed('internal.fault', `The run could not be undone: ${reasonOf(error)}. See the log.`),
  );
  await finishRun({ recorder, deps }, end);
  const ok = end.outcome === 'landed';
  return { ok, run, message: end.message, restored: ok ? pathsOf(plan.files) : [], left: plan.left };
}

async function land(
  {
    deps,
    root,
    open,
    undone,
    recorder,
    settings,
  }: UndoScope & { readonly recorder: NonNullable<OpenRun['recorder']> },
  { files, left }: UndoPlan,
): Promise<RunEnd> {
  const { signal } = open.abort;
  await recorder.record({
    type: 'run.started',
    rule: undone.rule,
    ruleId: undone.ruleId,
    ruleHash: undone.ruleHash,
    action: 'undo',
    file: undone.file,
    fileDigest: '',
    cause: { event: 'manual', origin: 'user', depth: 0, undoes: undone.run },
    budget: { usd: 0, tokens: 0, seconds: 0, attempts: 0 },
    approval: settings.approval,
  });
  const link = await findLink({ deps, root, signal }, pathsOf(files));
  if (link !== undefined) return refused('edit.not-landed', link);
  const denied = await deps.rights.take(root, {
    run: recorder.run,
    who: { kind: 'person' },
    right: { kind: 'land', paths: pathsOf(files), undoes: undone.run },
    by: { kind: 'person' },
  });
  if (denied) return refused(denied.code, denied.message);
  await recorder.record({ type: 'undo.planned', files, left });
  // Noted before the edit: the editor may tell of the save before the landing has returned.
  for (const { path, after } of files) deps.ownWrites.note(root, path, after);
  const title = `Codegen Lab: undo ${undone.rule || undone.action}`;
  const outcome = await deps.edits.land({ run: recorder.run, root, title, files }, signal);
  if (outcome.kind === 'landed') {
    await recorder.record({ type: 'edit.landed', paths: pathsOf(files) });
    return {
      outcome: 'landed',
      code: left.length === 0 ? 'ok' : 'undo.partial',
      message: describe(files, left),
    };
  }
  for (const { path } of files) deps.ownWrites.forget(root, path);
  const [code, message] =
    outcome.kind === 'stale'
      ? [
          'edit.stale',
          `${outcome.paths.join(', ')} changed meanwhile, so nothing was undone. Undo once more.`,
        ]
      : ['edit.not-landed', outcome.message];
  await recorder.record({ type: 'edit.notLanded', code, message });
  return failed(code, message);
}

function describe(files: readonly ProposedFile[], left: readonly LeftFile[]): string {
  const verb = files.length === 1 ? 'is' : 'are';
  const restored = `${pathsOf(files).join(', ')} ${verb} as before the run.`;
  return left.length === 0 ? restored : `${restored} ${describeLeft(left)}`;
}

function nothingLeft({ left }: UndoPlan, run: string): string {
  return left.length === 0
    ? `Run ${run} was undone already: every file is as it was before.`
    : `Nothing was undone. ${describeLeft(left)}`;
}

function describeLeft(left: readonly LeftFile[]): string {
  const of = (why: LeftFile['why']): string => pathsOf(left.filter((each) => each.why === why)).join(', ');
  const [changed, unkept] = [of('changed'), of('notKept')];
  return [
    changed === '' ? '' : `Somebody changed ${changed} since, so that stays as it is.`,
    unkept === '' ? '' : `What ${unkept} held before was not kept, so that stays as it is.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function nothing(message: string): UndoResult {
  return { ok: false, message, restored: [], left: [] };
}

function pathsOf(files: readonly { readonly path: string }[]): readonly string[] {
  return files.map(({ path }) => path);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
