import type { Started } from '../engine.ts';
import type { RunStarted } from '../../protocol/runEvents.ts';
import { ruleHash } from '../rules/effectiveHash.ts';
import { findResumePoint } from './actions/resumePoint.ts';
import { findRunnableRule } from './findRunnableRule.ts';
import type { ByHandParts } from './rulesByHand.ts';
import { actingActions, startRun } from './startRun.ts';
import { taskReader, withTaskTexts } from './tasks/taskTexts.ts';

/** Among so many it is looked for one that went on with a run. */
const searchedRuns = 200;

/**
 * Goes on with a run that was cut short, as a new run of the same rule on the same file: what its journal acknowledges is not
 * done again. Only where the rule still says what it said, its tasks included.
 */
export async function resumeRun(parts: ByHandParts, run: string, signal: AbortSignal): Promise<Started> {
  const { deps, journal, open, folder, settings } = parts;
  const stored = folder && (await journal.read(folder.root, run));
  const events = stored?.trusted === true && !stored.owned ? stored.events : [];
  const started = events.find((event): event is typeof event & RunStarted => event.type === 'run.started');
  const last = events.at(-1);
  if (!folder || started === undefined || last?.type !== 'run.finished' || last.outcome !== 'interrupted')
    return { refused: 'Only a run that was interrupted can be resumed.' };
  const others = await journal.recent(folder.root, searchedRuns, ['run.started']);
  const isResumed = others.some(
    ({ events: [first] }) => first?.type === 'run.started' && first.cause.resumes === run,
  );
  if (isResumed) return { refused: 'This run was resumed already.' };
  const found = await findRunnableRule(folder, started.ruleId);
  if ('refused' in found) return found;
  const { rule } = found;
  const whole = await withTaskTexts(rule, taskReader(deps.files, folder.root, signal));
  if (ruleHash(whole, deps.digest) !== started.ruleHash)
    return { refused: `Rule ${rule.name} has changed since the run began. Run it anew.` };
  const begun = open.begin(deps.random.id(), folder.root);
  const { file, fileDigest, cause } = started;
  void startRun(parts, {
    run: begun,
    rules: folder.rules,
    rule,
    actions: actingActions(rule.actions),
    file,
    fileDigest,
    subject: {},
    cause: { ...cause, resumes: run },
    settings,
    done: findResumePoint(events).done,
  });
  return { run: begun.run };
}

/** Goes on by itself with runs whose command under way may be repeated. Never rejects. */
export async function resumeRepeatable(
  parts: ByHandParts,
  runs: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { interactive, log } = parts.deps;
  // A command line does what it was asked for, and leaves to the editor what the editor began.
  if (!interactive) return;
  for (const run of runs) {
    const resumed = await resumeRun(parts, run, signal).catch((error: unknown) => ({
      refused: String(error),
    }));
    if ('refused' in resumed) log.info(`Run ${run} does not go on: ${resumed.refused}`);
  }
}
