import { boundInputTokens } from '../../llm/estimateTokens.ts';
import { createPrices, worstCostOf } from '../../llm/prices.ts';
import type { ModelRequest } from '../../ports/models.ts';
import type { BuiltPrompt } from '../../generation/promptInput.ts';
import type { Candidate } from '../../routing/modelChoices.ts';
import { readPrices } from '../../routing/readPrices.ts';
import { clearSecrets } from '../outgoingSecrets.ts';
import { ruleActor } from '../ruleActor.ts';
import type { AskingScope } from '../routeOf.ts';
import { takeModelRight } from '../takeModelRight.ts';

/**
 * Tokens of a prompt as its model's provider counts them. undefined: it has no way to count, or did not tell; or the prompt
 * must not go there, which is told where the model is asked. What is counted is sent, so it is sent as it would be asked, and
 * with the same right.
 */
export async function countPrompt(
  scope: AskingScope,
  candidate: Candidate,
  { prompt, maxOutputTokens }: { readonly prompt: BuiltPrompt; readonly maxOutputTokens: number },
): Promise<number | undefined> {
  const { deps, settings, signal } = scope;
  const provider = deps.models.provider(candidate.provider);
  if (provider?.countTokens === undefined) return undefined;
  const cleared = clearSecrets(prompt, { models: deps.models, candidate, settings });
  if ('refused' in cleared) return undefined;
  const { system, messages } = cleared;
  const request = { model: candidate.model, system, messages, maxOutputTokens, timeoutMs: 10_000 };
  const denied = await takeRightToCount(scope, { candidate, request, address: provider.address ?? '' });
  return denied === undefined ? provider.countTokens(request, signal) : undefined;
}

/** Counting costs nothing, but policies judge it by what asking the same would cost at most. */
function takeRightToCount(
  { deps, root, recorder, meter, settings, ...scope }: AskingScope,
  {
    candidate,
    request,
    address,
  }: { readonly candidate: Candidate; readonly request: ModelRequest; readonly address: string },
): ReturnType<ReturnType<typeof takeModelRight>> {
  const { provider, model } = candidate;
  const price = createPrices(readPrices(settings.models.prices).rows).priceOf(provider, model);
  const input = boundInputTokens(request);
  const worst = price === 'unknown' ? 0 : worstCostOf(price, input, request.maxOutputTokens);
  const spent = meter.spent();
  const take = takeModelRight({
    deps,
    root,
    run: recorder.run,
    who: ruleActor(scope),
    role: 'count',
  });
  return take({
    provider,
    model,
    host: URL.canParse(address) ? new URL(address).host : '',
    usd: price === 'unknown' ? price : 0,
    tokens: 0,
    runSpent: { usd: spent.usd + worst, tokens: spent.tokens + input + request.maxOutputTokens },
  });
}
