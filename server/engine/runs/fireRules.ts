import type { Firing } from '../engine.ts';
import type { Patterns } from '../ports/patterns.ts';
import { isModelAction } from '../rules/modelActions.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { decideFirings } from '../triggers/decideFirings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { explainNoModel } from './explainNoModel.ts';
import { createFiringContext } from './firingContext.ts';
import type { FiringQueue } from './firingQueue.ts';
import type { FolderState } from './folderState.ts';
import { startRun, type RunStarter } from './startRun.ts';
import { withdrawProposals } from './withdrawProposals.ts';

export interface FireParts extends RunStarter {
  readonly patterns: Patterns;
  readonly queue: FiringQueue;
  readonly folder: FolderState;
  readonly settings: Settings;
}

/** Decides which rules an event concerns and queues their runs. Says for every rule what decided. */
export async function fireRules(
  parts: FireParts,
  event: FileEvent,
  signal: AbortSignal,
): Promise<readonly Firing[]> {
  const { deps, folder, patterns } = parts;
  const text = event.text ?? (await deps.edits.current(event.root, event.path, signal));
  if (text !== undefined && deps.ownWrites.isEcho(event.root, event.path, text)) return [];
  const decisions = await decideFirings({
    event: text === undefined ? event : { ...event, text },
    rules: folder.rules.liveRules(),
    context: createFiringContext({ ...deps, patterns, ledger: parts.ledger }),
    signal,
  });
  return decisions.map((decision) => {
    const base = { ruleId: decision.rule.id, rule: decision.rule.name };
    if (!decision.fires) return { ...base, fires: false, reason: decision.reason };
    const action = decision.actions.find((candidate) => isModelAction(candidate.type));
    const barred = action
      ? barredReason(parts, decision.rule, event.path, text)
      : 'it only checks; its findings are live';
    if (!action || barred !== undefined)
      return { ...base, fires: false, reason: barred ?? 'it has no action that asks a model' };
    return {
      ...base,
      fires: true,
      reason: decision.reason,
      run: enqueue(parts, { rule: decision.rule, action }, event, text ?? ''),
    };
  });
}

/** What keeps a matching rule from acting now; nothing here nags, it is only said when asked. */
function barredReason(
  { deps, folder, settings }: FireParts,
  rule: Rule,
  path: string,
  text: string | undefined,
): string | undefined {
  if (!deps.consent.isTrusted(folder.root)) return 'the workspace is not trusted';
  const noModel = explainNoModel(settings.ai);
  if (noModel !== undefined) return noModel;
  const seen = folder.lastSeen.get(firingKey(folder.root, rule, path));
  if (text !== undefined && seen === deps.digest(text))
    return 'nothing has changed since it last ran on this file';
  return undefined;
}

function enqueue(
  parts: FireParts,
  { rule, action }: { readonly rule: Rule; readonly action: Action },
  event: FileEvent,
  text: string,
): string {
  const { deps, folder, settings, open, queue } = parts;
  const run = open.begin(deps.random.id(), event.root);
  const key = firingKey(event.root, rule, event.path);
  const fileDigest = deps.digest(text);
  let started = false;
  folder.lastSeen.set(key, fileDigest);
  // What came to nothing may be tried again by saving once more.
  const forgetText = (): void => {
    if (folder.lastSeen.get(key) === fileDigest) folder.lastSeen.delete(key);
  };
  const drop = (): void => {
    open.end(run.run);
    forgetText();
  };
  queue.add({
    key,
    debounceMs: rule.debounceMs,
    supersede: () => {
      run.abort.abort();
      if (!started) drop();
    },
    start: async (place) => {
      started = true;
      if (run.abort.signal.aborted) return drop();
      await withdrawProposals(parts, event.root, rule.id, event.path);
      const cause = { event: event.name, origin: event.origin, depth: event.depth };
      const end = await startRun(parts, {
        run,
        rules: folder.rules,
        rule,
        action,
        file: event.path,
        fileDigest,
        cause,
        settings,
        place,
      });
      if (end && end.outcome !== 'landed' && end.outcome !== 'rejected') forgetText();
    },
  });
  return run.run;
}

function firingKey(root: string, rule: Rule, path: string): string {
  return `${root}\n${rule.id}\n${path}`;
}
