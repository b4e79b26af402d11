import type { RunRuleRequest } from '../engine.ts';
import type { BuiltPrompt } from '../generation/promptInput.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { actionVariables } from './actions/actionVariables.ts';
import { findRunnableRule } from './findRunnableRule.ts';
import type { FolderState } from './folderState.ts';
import { clearSecrets } from './outgoingSecrets.ts';
import { isPreviewed, previewTask } from './previewTask.ts';
import { previewRoute } from './previewRoute.ts';
import { readRouting, type RoutingReading } from './readRouting.ts';
import { routeOf } from './routeOf.ts';
import type { RunDeps } from './runScope.ts';

export interface PreviewParts {
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'git' | 'interpreters' | 'edits' | 'syntax' | 'models'>;
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
  const { prompt: built } = task;
  const routing = await readRouting({ files: deps.files, root, settings }, signal);
  const { prompt, masked } = clearPreview({ deps, routing, rule, action, settings }, built);
  const rows = prompt.parts.map((part) => `| ${part.kind} | ${part.name} | ${part.chars} |`);
  const leftOut = prompt.leftOut.length > 0 ? `\nLeft out: ${prompt.leftOut.join(', ')}.\n` : '';
  const note = notes[action.type] ?? '';
  return [
    `# Prompt of ${rule.name} for ${file}`,
    `About ${prompt.estimatedTokens} tokens. Nothing was sent.${note}${masked}`,
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

interface PreviewedRoute {
  readonly deps: Pick<RunDeps, 'models'>;
  readonly routing: RoutingReading;
  readonly rule: Rule;
  readonly action: Action;
  readonly settings: Settings;
}

/** The prompt as the first model of the route would get it, and what was masked for that, as a sentence. */
function clearPreview(
  { deps, routing, rule, action, settings }: PreviewedRoute,
  prompt: BuiltPrompt,
): { readonly prompt: BuiltPrompt; readonly masked: string } {
  const route = routeOf({ routing, rule, action });
  const [candidate] = 'message' in route ? [] : route.candidates;
  if (candidate === undefined) return { prompt, masked: '' };
  const cleared = clearSecrets(prompt, { models: deps.models, candidate, settings });
  if ('refused' in cleared) return { prompt, masked: ` ${cleared.refused}` };
  const { system, messages, masked } = cleared;
  if (masked.length === 0) return { prompt, masked: '' };
  const places = masked.map(({ kind, place }) => `${kind} in ${place}`).join(', ');
  return { prompt: { ...prompt, system, messages }, masked: ` Masked in what is sent: ${places}.` };
}
