import type { BuiltPrompt } from '../../generation/promptInput.ts';
import { maxPromptTokens } from './buildTestTask.ts';
import { countPrompt } from './countPrompt.ts';
import { routeOf, type AskingScope } from '../routeOf.ts';
import type { RunEnd } from '../runScope.ts';

/** Estimates may be wrong by so much: where a prompt comes that near to the limit, it is counted. */
const surePart = 0.75;

/**
 * Builds a prompt that fits what its model can read beside the longest answer. What is left out for that is in the
 * prompt's parts, and so in the journal. Models whose context nobody tells get what any current model can read.
 */
export async function fitTask<Task extends { readonly prompt: BuiltPrompt }>(
  scope: AskingScope,
  build: (maxInputTokens: number) => Promise<Task | RunEnd>,
): Promise<Task | RunEnd> {
  const room = await findRoom(scope);
  if (!room) return build(maxPromptTokens);
  const maxInputTokens = Math.min(maxPromptTokens, room.tokens);
  const task = await build(maxInputTokens);
  if ('outcome' in task || task.prompt.estimatedTokens <= surePart * room.tokens) return task;
  const counted = await room.count(task.prompt);
  if (counted === undefined || counted <= room.tokens) return task;
  return build(Math.floor((maxInputTokens * room.tokens) / counted));
}

interface Room {
  /** For the question. */
  readonly tokens: number;
  readonly count: (prompt: BuiltPrompt) => Promise<number | undefined>;
}

/** Of the model that is asked first; of all where several are asked. undefined: nobody tells. */
async function findRoom(scope: AskingScope): Promise<Room | undefined> {
  const { deps, signal } = scope;
  const route = routeOf(scope);
  if ('message' in route) return undefined;
  const asked = route.strategy === 'fallback' ? route.candidates.slice(0, 1) : route.candidates;
  const rooms = await Promise.all(
    asked.map(async ({ provider: id, model }) => {
      const provider = deps.models.provider(id);
      const context = await provider?.contextTokens?.(model, signal);
      if (context === undefined) return [];
      // Of a small context the answer gets half at most.
      const forAnswer = Math.min(route.maxTokens, Math.floor(context / 2));
      return [{ tokens: context - forAnswer, candidate: { provider: id, model } }];
    }),
  );
  const [least] = rooms.flat().toSorted((one, other) => one.tokens - other.tokens);
  if (!least) return undefined;
  return {
    tokens: least.tokens,
    count: (prompt) => countPrompt(scope, least.candidate, { prompt, maxOutputTokens: route.maxTokens }),
  };
}
