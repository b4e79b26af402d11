import { failedAction, type ActionResult } from './actionResult.ts';
import type { ActionScope } from './actionScope.ts';
import { expandCommand } from './expandCommand.ts';
import { readProblems } from './readProblems.ts';
import { runCommands } from './runCommands.ts';

/** A command that the rule's author wrote and the user approved with the rule. */
export async function performRun(scope: ActionScope): Promise<ActionResult> {
  const { action, variables, rule } = scope;
  if (action.command === undefined)
    return failedAction('action.bad-command', `An action \`run\` of rule ${rule.name} has no \`command\`.`);
  const { shell } = action.switches;
  const expanded = expandCommand(action.command, { shell, variables });
  if (expanded.kind === 'invalid')
    return failedAction('action.bad-command', `The command of rule ${rule.name} ${expanded.reason}.`);
  const { argv, display } = expanded;
  return runCommands(
    scope,
    [{ argv, display, folder: '', env: {} }],
    readProblems(scope, action.problemMatchers),
  );
}
