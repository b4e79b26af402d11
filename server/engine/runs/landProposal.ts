import type { Decider, ProposedFile } from '../../protocol/runEvents.ts';
import { countTests, type TestRunOutcome } from '../../protocol/tests.ts';
import type { RunRecorder } from '../journal/recordRun.ts';
import type { Settings } from '../settings.ts';
import { countPassing } from './countPassing.ts';
import { ruleActor } from './ruleActor.ts';
import { failed, refused, type RunDeps, type RunEnd, type RunScope } from './runScope.ts';
import { testInPlace } from './testInPlace.ts';

export interface LandingScope extends Partial<Pick<RunScope, 'rule' | 'ruleHash'>> {
  readonly deps: RunDeps;
  readonly root: string;
  readonly settings: Settings;
  readonly recorder: RunRecorder;
  readonly signal: AbortSignal;
}

export interface Acceptance {
  readonly files: readonly ProposedFile[];
  readonly by: Decider;
  /** A person looked at the difference: then its tests run as the person's own. */
  readonly seen: boolean;
  readonly title: string;
}

/** Lands what was accepted as one edit, all or nothing, and runs the concerned tests once more in place. */
export async function landProposal(
  scope: LandingScope,
  { files, by, seen, title }: Acceptance,
): Promise<RunEnd> {
  const { deps, root, recorder, signal } = scope;
  const paths = files.map((file) => file.path);
  const link = await findLink(scope, paths);
  if (link !== undefined) return notLanded(scope, files, { kind: 'failed', message: link });
  const denied = await takeRight(scope, by, paths);
  if (denied) return denied;
  await recorder.record({ type: 'proposal.accepted', by, paths });
  // Noted before the edit: the editor may tell of the save before the landing has returned.
  for (const file of files) deps.ownWrites.note(root, file.path, file.after);
  const outcome = await deps.edits.land({ run: recorder.run, root, title, files }, signal);
  if (outcome.kind !== 'landed') return notLanded(scope, files, outcome);
  await recorder.record({ type: 'edit.landed', paths });
  deps.onLanded(root, recorder.run, files);
  const there = paths.filter((path) => files.some((file) => file.path === path && file.after !== undefined));
  return endOf(await testInPlace(scope, { files: there, confined: !seen }), paths);
}

async function takeRight(
  { deps, root, recorder, settings, rule, ruleHash }: LandingScope,
  by: Decider,
  paths: readonly string[],
): Promise<RunEnd | undefined> {
  const isPerson = by === 'person' || rule === undefined || ruleHash === undefined;
  const denied = await deps.rights.take(root, {
    run: recorder.run,
    who: isPerson ? { kind: 'person' } : ruleActor({ rule, ruleHash }),
    right: { kind: 'land', paths },
    by: isPerson ? { kind: 'person' } : { kind: 'setting', detail: `approval: ${settings.approval}` },
  });
  return denied && refused(denied.code, denied.message);
}

/** An editor writes through links, wherever they lead; so one that appeared since the proposal stops the landing. */
export async function findLink(
  { deps, root, signal }: Pick<LandingScope, 'deps' | 'root' | 'signal'>,
  paths: readonly string[],
): Promise<string | undefined> {
  for (const path of paths) {
    const link = await deps.files.linkTo(root, path, signal);
    if (link !== undefined)
      return `Nothing was written: ${link} is a link, and no edit is written through a link. Replace it by what it stands for.`;
  }
  return undefined;
}

async function notLanded(
  { deps, root, recorder }: LandingScope,
  files: readonly ProposedFile[],
  outcome:
    | { readonly kind: 'stale'; readonly paths: readonly string[] }
    | { readonly kind: 'failed'; readonly message: string },
): Promise<RunEnd> {
  for (const file of files) deps.ownWrites.forget(root, file.path);
  const [code, message] =
    outcome.kind === 'stale'
      ? [
          'edit.stale',
          `${outcome.paths.join(', ')} changed since this was proposed, so nothing was written. Save the source again for a new proposal.`,
        ]
      : ['edit.not-landed', outcome.message];
  await recorder.record({ type: 'edit.notLanded', code, message });
  return failed(code, message);
}

function endOf(tests: TestRunOutcome | undefined, paths: readonly string[]): RunEnd {
  const landed = `Landed ${paths.join(', ')}.`;
  if (tests?.kind === 'finished') {
    const { passed, failed: red } = countTests(tests.tests);
    if (red === 0)
      return { outcome: 'landed', code: 'ok', message: `${landed} ${countPassing(passed)} in place.` };
    return {
      outcome: 'landed',
      code: 'tests.red-in-place',
      message: `${landed} But ${red} of ${passed + red} tests fail in place: see Problems. One undo takes the edit back.`,
    };
  }
  if (tests === undefined)
    return { outcome: 'landed', code: 'ok', message: `${landed} No test concerns it.` };
  const reason = tests.kind === 'cancelled' ? 'The tests did not run in place.' : tests.message;
  return { outcome: 'landed', code: 'tests.not-run-in-place', message: `${landed} ${reason}` };
}
