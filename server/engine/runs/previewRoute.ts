import { boundInputTokens, estimateInputTokens } from '../llm/estimateTokens.ts';
import { renderUsd } from '../llm/budgetRefusal.ts';
import { createPrices, worstCostOf } from '../llm/prices.ts';
import type { ModelMessage } from '../ports/models.ts';
import { renderCandidate } from '../routing/modelChoices.ts';
import { readPrices } from '../routing/readPrices.ts';
import type { Action, Rule } from '../rules/rule.ts';
import type { Settings } from '../settings.ts';
import { effectiveBudget, spanLimits } from './effectiveLimits.ts';
import type { RoutingReading } from './readRouting.ts';
import { routeOf } from './routeOf.ts';

export interface RouteToPreview {
  readonly routing: RoutingReading;
  readonly rule: Rule;
  readonly action: Action;
  readonly settings: Settings;
  readonly prompt: { readonly system: string; readonly messages: readonly ModelMessage[] };
}

/**
 * Who would be asked with a prompt, and what that can cost at most, as Markdown. Tokens are estimated: a provider that counts
 * them would have to see the prompt.
 */
export function previewRoute({ routing, rule, action, settings, prompt }: RouteToPreview): string {
  const route = routeOf({ routing, rule, action });
  if ('message' in route) return `## Who would be asked\n\nNobody. ${route.message}`;
  const { sources } = routing;
  const [about, most] = [estimateInputTokens(prompt), boundInputTokens(prompt)];
  const prices = createPrices(readPrices(settings.models.prices).rows);
  const budget = effectiveBudget(settings, rule, sources);
  const call = spanLimits('call', settings, sources);
  const usdOfCall = Math.min(budget.usd, call.usd ?? budget.usd);
  const rows = route.candidates.map((candidate) => {
    const price = prices.priceOf(candidate.provider, candidate.model);
    const worst = price === 'unknown' ? undefined : worstCostOf(price, most, route.maxTokens);
    const tokens = most + route.maxTokens;
    const fits = [
      ...(worst !== undefined && worst > usdOfCall
        ? [`more than ${renderUsd(usdOfCall)}, so it would not be asked`]
        : []),
      ...(tokens > Math.min(budget.tokens, call.tokens ?? budget.tokens)
        ? ['more tokens than the budget has, so it would not be asked']
        : []),
    ];
    const cost = worst === undefined ? 'unknown price' : `at most ${renderUsd(worst)}`;
    return [
      renderCandidate(candidate),
      `about ${about}, at most ${most}`,
      `at most ${route.maxTokens}`,
      [cost, ...fits].join('; '),
    ];
  });
  const facts = [
    `As \`${route.role}\`, by \`${route.strategy}\` (models from ${route.sources.candidates}).`,
    ...(route.temperature === undefined ? [] : [`Temperature ${route.temperature}.`]),
    `One call may take ${route.timeout} s. The budget of a run is ${renderUsd(budget.usd)}, ${budget.tokens} tokens and ${budget.seconds} s.`,
    ...route.skipped.map(
      ({ candidate, reason }) => `${renderCandidate(candidate)} is passed over. ${reason}`,
    ),
  ];
  const table = [
    ['model', 'tokens in', 'tokens out', 'cost of one try'],
    ['---', '---', '---', '---'],
    ...rows,
  ];
  return [
    '## Who would be asked',
    facts.join(' '),
    table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
  ].join('\n\n');
}
