import { ruleHash } from '../rules/effectiveHash.ts';
import { isCheckAction, isModelAction } from '../rules/modelActions.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import { isTrivialSave } from '../triggers/trivial/isTrivialSave.ts';
import { lastAllowed } from './approvals/approvalViews.ts';
import { explainNoModel } from './explainNoModel.ts';
import { findObstacle } from './findObstacle.ts';
import { folderSwitches } from './folderSwitches.ts';
import { firingKey } from './firingKey.ts';
import { isSwitchedOff } from './isSwitchedOff.ts';
import { findUnavailable } from './findUnavailable.ts';
import { taskReader, withTaskTexts } from './tasks/taskTexts.ts';
import type { FolderState } from './folderState.ts';
import type { RunDeps } from './runScope.ts';

export interface BarParts {
  readonly deps: Pick<RunDeps, 'consent' | 'digest' | 'files' | 'interactive' | 'syntax'>;
  readonly folder: Pick<FolderState, 'root' | 'lastSeen' | 'paths'>;
  readonly settings: Settings;
  /** Why nothing begins by itself in the folder now, looked at anew; goes on after "because", without a full stop. */
  readonly heldBy: () => Promise<string | undefined>;
}

/** What keeps a rule that fires from acting, beside the rule: goes on after "because", without a full stop. */
export interface Bar {
  readonly reason: string;
  /** What to do, as a sentence. */
  readonly change: string;
  /** The key of the rule that bars it; undefined: nothing in the rule does. */
  readonly key?: 'skip';
  /** It acts as soon as a person has answered. */
  readonly asks?: true;
}

/** What bars actions that ask a model or run a command, the first thing first; undefined: nothing does, or there are none. */
export async function findBar(
  { deps, folder, settings, heldBy }: BarParts,
  { rule, actions }: { readonly rule: Rule; readonly actions: readonly Action[] },
  event: FileEvent,
  signal: AbortSignal,
): Promise<Bar | undefined> {
  if (actions.every(({ type }) => isCheckAction(type))) return undefined;
  if (!settings.rules.enabled)
    return { reason: 'rules are switched off (`codegenLab.rules.enabled`)', change: 'Switch rules on.' };
  if (!folderSwitches(settings, folder.root).enabled)
    return {
      reason: 'rules are switched off in this folder (`codegenLab.rules.enabled`)',
      change: 'Switch rules on in the settings of the folder.',
    };
  if (isSwitchedOff(event, settings))
    return {
      reason: 'events of this kind are switched off (`codegenLab.rules.eventsOff`)',
      change: 'Remove it from the setting.',
    };
  const held = event.name === 'manual' || event.name === 'commit' ? undefined : await heldBy();
  if (held !== undefined)
    return {
      reason: `${held}, so it waits (\`codegenLab.rules.quietHours\`)`,
      change: 'It is decided anew once that has ended.',
    };
  const unavailable = findUnavailable(actions);
  if (unavailable !== undefined)
    return {
      reason: unavailable,
      change:
        'Use `run`, `task`, `test`, `generate_tests`, `fix`, `generate`, `refactor`, `document`, `review`, or an action that checks.',
    };
  const before = await barBeforeRights(deps, rule, event, signal);
  if (before !== undefined) return before;
  const obstacle = await findObstacle({ folder }, event, signal);
  if (obstacle !== undefined)
    return {
      reason: obstacle,
      change: 'Choose a text file of at most 1 MB that version control does not ignore.',
    };
  const { consent, digest, files, interactive } = deps;
  if (!consent.isTrusted(folder.root))
    return {
      reason: 'the workspace is not trusted',
      change: interactive ? 'Trust the workspace.' : 'Trust it with --trust.',
    };
  const noModel = actions.some(({ type }) => isModelAction(type)) ? explainNoModel(settings.ai) : undefined;
  if (noModel !== undefined) return { reason: 'no model can be asked', change: noModel };
  const { root, lastSeen } = folder;
  const seen = lastSeen.get(firingKey(root, rule, event.path));
  if (event.text !== undefined && seen === digest(event.text))
    return {
      reason: 'nothing has changed since it last ran on this file',
      change: 'Change the file, or run the rule by hand.',
    };
  const whole = await withTaskTexts(rule, taskReader(files, root, signal));
  const approval = await consent.approvalOf(root, rule.id, ruleHash(whole, digest));
  if (approval === 'allowed') return undefined;
  if (approval === 'denied') return { reason: 'you did not allow it', change: 'Allow the rule.' };
  const changed = lastAllowed(await consent.approvals(root), rule.id) !== undefined;
  const reason = changed ? 'it has changed since you allowed it' : 'you have not allowed it yet';
  return interactive
    ? { reason: `${reason}, so it asks you first`, change: 'Allow the rule.', asks: true }
    : { reason, change: 'Allow it with --trust, or with an approvals file.' };
}

async function barBeforeRights(
  { syntax }: BarParts['deps'],
  rule: Rule,
  event: FileEvent,
  signal: AbortSignal,
): Promise<Bar | undefined> {
  if (event.name === 'change')
    return {
      reason: 'only checks look at a text that is still being typed',
      change: 'Let it fire on `save`.',
    };
  if (!rule.skipTrivial || !(await isTrivialSave(syntax, event, signal))) return undefined;
  return {
    reason: 'only comments and white space changed, and its `skip` leaves that out',
    change: 'Change code, or remove its `skip`.',
    key: 'skip',
  };
}
