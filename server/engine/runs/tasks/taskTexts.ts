import type { Action, Rule } from '../../rules/rule.ts';
import { findTask } from './findTask.ts';
import type { Files } from '../../ports/files.ts';
import type { ReadText } from './namedTask.ts';

/**
 * The rule with what each of its tasks runs in it, so that an approval of the rule is one of these commands too. A rule
 * without tasks is given back as it is.
 */
export async function withTaskTexts(rule: Rule, read: ReadText): Promise<Rule> {
  if (!rule.actions.some(({ type }) => type === 'task')) return rule;
  const actions = await Promise.all(rule.actions.map((action) => withTaskText(rule, action, read)));
  return { ...rule, actions };
}

/** Reads the files of a workspace folder that name tasks. */
export function taskReader(files: Pick<Files, 'read'>, root: string, signal: AbortSignal): ReadText {
  return async (path) => {
    const read = await files.read(root, path, signal);
    return read.kind === 'text' ? read.text : undefined;
  };
}

async function withTaskText({ scope }: Rule, action: Action, read: ReadText): Promise<Action> {
  if (action.type !== 'task' || action.task === undefined) return action;
  // Which file the rule fires on is no part of what is approved: its variables stay as they are written.
  const found = await findTask(action.task.value, scope, read, { seenAs: '', file: undefined });
  return { ...action, taskText: found.kind === 'found' ? found.task.text : undefined };
}
