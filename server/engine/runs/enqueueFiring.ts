import type { Action } from '../rules/rule.ts';
import type { Decision } from '../triggers/decideFirings.ts';
import { burstMs } from '../triggers/diskBursts.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { causeOf } from './causeOf.ts';
import type { FireParts } from './fireParts.ts';
import { fileKey, firingKey } from './firingKey.ts';
import { superseded } from './firingQueue.ts';
import type { RunSubject } from './runScope.ts';
import { startRun } from './startRun.ts';
import { withdrawProposals } from './withdrawProposals.ts';

export interface DecidedFiring {
  readonly decision: Decision;
  /** Those that act. */
  readonly actions: readonly Action[];
  readonly event: FileEvent;
  /** Of the event's text. */
  readonly fileDigest: string;
}

/** Puts a run at the end of the queue and keeps it over a restart. Returns its id. */
export function enqueueFiring(parts: FireParts, firing: DecidedFiring): string {
  const { decision, actions, event, fileDigest } = firing;
  const { rule } = decision;
  const { deps, folder, settings, open, queue, firings, left } = parts;
  const { root, path, name, origin } = event;
  const run = open.begin(left?.run ?? deps.random.id(), root);
  const key = firingKey(root, rule, path);
  const cause = causeOf(event, decision, folder.rules.saved);
  let started = false;
  folder.lastSeen.set(key, fileDigest);
  // What came to nothing may be tried again by saving once more.
  const forgetText = (): void => {
    if (folder.lastSeen.get(key) === fileDigest) folder.lastSeen.delete(key);
  };
  const keep = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      deps.log.warn(`What waits cannot be kept over a restart: ${String(error)}`);
    });
  const drop = (): void => {
    open.end(run.run);
    forgetText();
    void keep(firings.remove(root, run.run));
  };
  void keep(firings.add(root, logged(run.run, rule.id, event)));
  queue.add({
    key,
    ruleId: rule.id,
    file: fileKey(event),
    shown: { run: run.run, folder: root, rule: rule.name, file: path, event: name },
    origin,
    priority: rule.priority,
    // Before that nobody knows whether the change is one of many at once.
    debounceMs: origin === 'disk' ? Math.max(rule.debounceMs, burstMs) : rule.debounceMs,
    supersede: () => {
      run.abort.abort(superseded);
      if (!started) drop();
    },
    // It stays kept under its id, and is decided anew about what the file is by then.
    decideAnew: () => {
      open.end(run.run);
      forgetText();
      parts.decideAnew(event, { ruleId: rule.id, run: run.run });
    },
    start: async (place) => {
      started = true;
      // Only what is known to have begun begins, so that no crash lets it begin twice.
      await keep(firings.claim(root, run.run));
      if (run.abort.signal.aborted) return drop();
      await withdrawProposals(parts, root, rule.id, path);
      const end = await startRun(parts, {
        run,
        rules: folder.rules,
        rule,
        actions,
        file: path,
        fileDigest,
        subject: subjectOf(event),
        cause,
        settings,
        place,
      });
      await keep(firings.remove(root, run.run));
      if (end && end.outcome !== 'landed' && end.outcome !== 'rejected') forgetText();
    },
  });
  return run.run;
}

function logged(run: string, ruleId: string, { path, name, origin, depth, oldPath, files }: FileEvent) {
  return {
    run,
    ruleId,
    path,
    event: name,
    origin,
    depth,
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(files === undefined ? {} : { files }),
  };
}

/** What the event tells of the file, for the variables of actions. */
function subjectOf({ oldPath, before, text, language }: FileEvent): RunSubject {
  return {
    ...(oldPath === undefined ? {} : { oldFile: oldPath }),
    ...(before === undefined ? {} : { before }),
    ...(text === undefined ? {} : { text }),
    ...(language === undefined ? {} : { language }),
  };
}
