import type { EditKind } from '../generation/editInstructions.ts';
import type { BuiltPrompt } from '../generation/promptInput.ts';
import { mayHoldSecrets } from '../safety/protectedPaths.ts';
import type { Variables } from './actions/expandCommand.ts';
import { buildEditTask } from './editing/buildEditTask.ts';
import { buildTestTask, maxPromptTokens } from './editing/buildTestTask.ts';
import { chooseTarget } from './editing/chooseTarget.ts';
import type { Guided } from './editing/guidingRules.ts';
import { planAround } from './editing/planAround.ts';
import type { Settings } from '../settings.ts';
import { planTests } from './planTests.ts';
import type { RunDeps } from './runScope.ts';
import { buildReviewTask } from './reviewing/reviewFile.ts';

export interface TaskToPreview extends Guided {
  readonly deps: Pick<RunDeps, 'files' | 'imports' | 'git' | 'interpreters' | 'edits' | 'syntax'>;
  readonly settings: Settings;
  readonly root: string;
  /** Relative to the folder. */
  readonly file: string;
  readonly variables: Variables;
  readonly signal: AbortSignal;
}

const edits: ReadonlySet<string> = new Set<EditKind>(['generate', 'fix', 'refactor', 'document']);

/** Whether an action of this type builds a prompt. */
export function isPreviewed(type: string): boolean {
  return edits.has(type) || type === 'generate_tests' || type === 'review';
}

/** The prompt of an action on a file as it is now, without running anything; or why there is none. */
export async function previewTask(
  input: TaskToPreview,
): Promise<{ readonly prompt: BuiltPrompt } | { readonly message: string }> {
  const { deps, root, settings, action, file, signal } = input;
  const read = (path: string): Promise<string | undefined> => deps.edits.current(root, path, signal);
  const committed = (path: string): Promise<string | undefined> => deps.git.committed(root, path, signal);
  const maxInputTokens = maxPromptTokens;
  if (action.type === 'generate_tests') {
    const plan = await planTests({ deps, root, settings }, file, signal);
    return 'message' in plan ? plan : buildTestTask({ ...input, plan, read, committed, maxInputTokens });
  }
  if (mayHoldSecrets(file)) return { message: `${file} may hold secrets, so no model is shown it.` };
  if (action.type === 'review') {
    const text = await read(file);
    if (text === undefined) return { message: `${file} is not there, or it is no text.` };
    return buildReviewTask({ ...input, text, read, maxInputTokens });
  }
  const kind = kindOf(action.type);
  const target = kind === 'fix' ? file : chooseTarget(input);
  if (typeof target === 'object') return target;
  const found = await planAround(input, target, kind === 'generate');
  const plan = 'message' in found ? undefined : found;
  return buildEditTask({
    ...input,
    kind,
    targets: [target],
    plan,
    files: plan?.files ?? new Set(await deps.files.list(root, signal)),
    failures: [],
    read,
    committed,
    maxInputTokens,
  });
}

function kindOf(type: string): EditKind {
  switch (type) {
    case 'fix':
    case 'refactor':
    case 'document':
      return type;
    default:
      return 'generate';
  }
}
