import { isCommandAction, isModelAction } from '../modelActions.ts';
import type { Action, CommandText, Rule } from '../rule.ts';

/** What a rule may do once a person has approved it, in words; each goes on after "it may", without a full stop. */
export function describeRights({ actions, model: modelOfRule }: Rule): readonly string[] {
  const rights = actions.flatMap((action) => {
    if (isCommandAction(action.type)) return [describeCommand(action)];
    if (!isModelAction(action.type)) return [];
    const model = action.model ?? modelOfRule;
    const asked = model === undefined ? 'ask the chosen model' : `ask the model \`${model}\``;
    return [asked, ...(writes[action.type]?.(action) ?? [])];
  });
  return [...new Set(rights)];
}

const runsTests = 'run the tests that concern the file';

/** What comes of the answer, by type of action. */
const writes: Readonly<Record<string, (action: Action) => readonly string[]>> = {
  generate: ({ target }) => [`write ${fileOf(target)}`, runsTests],
  generate_tests: () => ['write tests for the file', runsTests],
  fix: ({ switches }) => [
    `change the file and the code that its failing tests lead through${switches.mayChangeTests ? ', and those tests' : ''}`,
    runsTests,
  ],
  refactor: ({ target }) => [`change ${fileOf(target)}`, runsTests],
  document: ({ target }) => [`change comments of ${fileOf(target)}`, runsTests],
};

function fileOf(target: string | undefined): string {
  return target === undefined ? 'the file' : `\`${target}\``;
}

function describeCommand({ type, command, task, taskText, switches }: Action): string {
  const where = switches.sandbox ? ' in the sandbox' : '';
  if (type === 'test') return `${runsTests}${where}`;
  if (type === 'task') {
    const runs = taskText === undefined ? '' : `, which is \`${shorten(taskText)}\``;
    return `run the task \`${task?.value ?? ''}\`${runs}${where}`;
  }
  return `run \`${command === undefined ? '' : renderCommand(command)}\`${switches.shell ? ' in a shell' : ''}${where}`;
}

/** As it would be typed; an argument that a shell would split or change is quoted. */
function renderCommand(command: CommandText): string {
  if (command.form === 'line') return command.line.value;
  return command.items
    .map(({ value }) => (/^[\w@%+=:,./{}-]+$/.test(value) ? value : JSON.stringify(value)))
    .join(' ');
}

/** The whole of it stands in the text that is approved. */
function shorten(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
