import type { RunRuleRequest } from '../engine.ts';
import type { Settings } from '../settings.ts';
import { actionVariables } from './actions/actionVariables.ts';
import { findRunnableRule } from './findRunnableRule.ts';
import type { FolderState } from './folderState.ts';
import { isPreviewed, previewTask } from './previewTask.ts';
import { previewRoute } from './previewRoute.ts';
import { readRouting } from './readRouting.ts';
import type { RunDeps } from './runScope.ts';

export interface PreviewParts {
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'git' | 'interpreters' | 'edits' | 'syntax'>;
  /** undefined: it is not open. */
  readonly folder: FolderState | undefined;
  readonly settings: Settings;
}

/** What only the tests of a run tell. */
const notes: Readonly<Partial<Record<string, string>>> = {
  fix: ' What fails is added when it runs, after the tests.',
  generate_tests: ' Lines that no test runs yet are added when it runs, after the tests.',
};

/** The prompt as it would be sent now, as Markdown for a person; nothing is sent. */
export async function previewPrompt(
  { deps, folder: open, settings }: PreviewParts,
  { rule: name, path: file }: Pick<RunRuleRequest, 'rule' | 'path'>,
  signal: AbortSignal,
): Promise<string> {
  const found = await findRunnableRule(open, name);
  if ('refused' in found) return found.refused;
  const { folder, rule } = found;
  const action = rule.actions.find(({ type }) => isPreviewed(type));
  if (action === undefined)
    return `Rule ${rule.name} has no action that asks a model, so it builds no prompt.`;
  const { root, rules } = folder;
  const variables = rule.form === 'block' ? {} : actionVariables(file, {}, { problems: '', testOutput: '' });
  const task = await previewTask({ deps, root, settings, rules, rule, action, file, variables, signal });
  if ('message' in task) return task.message;
  const { prompt } = task;
  const routing = await readRouting({ files: deps.files, root, settings }, signal);
  const rows = prompt.parts.map((part) => `| ${part.kind} | ${part.name} | ${part.chars} |`);
  const leftOut = prompt.leftOut.length > 0 ? `\nLeft out: ${prompt.leftOut.join(', ')}.\n` : '';
  const note = notes[action.type] ?? '';
  return [
    `# Prompt of ${rule.name} for ${file}`,
    `About ${prompt.estimatedTokens} tokens. Nothing was sent.${note}`,
    ['| part | name | characters |', '|---|---|---|', ...rows].join('\n') + leftOut,
    previewRoute({ routing, rule, action, settings, prompt }),
    '## System',
    prompt.system,
    ...prompt.messages.flatMap((message) => [
      `## ${message.role === 'user' ? 'User' : 'Assistant'}`,
      message.text,
    ]),
  ].join('\n\n');
}
