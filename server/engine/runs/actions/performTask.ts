import type { MatcherWish } from '../../rules/rule.ts';
import { findTask } from '../tasks/findTask.ts';
import { taskReader } from '../tasks/taskTexts.ts';
import { failedAction, refusedAction, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { readProblems } from './readProblems.ts';
import { runCommands } from './runCommands.ts';

/** A named task of the editor, script, target or recipe. What it runs was approved together with the rule. */
export async function performTask(scope: ActionScope): Promise<ActionResult> {
  const { action, deps, root, rule, file, signal } = scope;
  if (action.task === undefined)
    return failedAction('action.bad-task', `An action \`task\` of rule ${rule.name} has no \`task\`.`);
  const read = taskReader(deps.files, root, signal);
  const found = await findTask(action.task.value, rule.scope, read, { seenAs: root, file });
  if (found.kind === 'none') return failedAction('action.no-task', found.message);
  const { run, matchers, text } = found.task;
  // It may have changed while the person was asked, or by an action before.
  if (text !== action.taskText)
    return refusedAction(
      'approval.missing',
      `The task ${action.task.value} has changed since you allowed rule ${rule.name}. Run the rule again to see what it runs now.`,
    );
  if ('obstacle' in run) return failedAction('action.bad-task', run.obstacle);
  const wishes = action.problemMatchers ?? (matchers.length === 0 ? undefined : matchers.map(wishOf));
  return runCommands(scope, run.commands, readProblems(scope, wishes));
}

function wishOf(value: unknown): MatcherWish {
  const span = { start: 0, end: 0 };
  return typeof value === 'string' ? { form: 'name', name: { value, span } } : { form: 'own', value, span };
}
