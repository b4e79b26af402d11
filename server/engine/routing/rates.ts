import type { GateLimits } from '../llm/limits/gate.ts';
import type { RateLimits } from './modelChoices.ts';
import type { RoutingSources } from './resolveRoute.ts';

const defaultConcurrency = 4;

/** What a provider is asked at most: the person's limits for it, lowered by the team's. */
export function ratesOf({ user, team }: Pick<RoutingSources, 'user' | 'team'>, provider: string): GateLimits {
  const limit = (name: keyof RateLimits): number | undefined => {
    const wishes = [user.limits, team.limits]
      .map((limits) => limits.providers.get(provider)?.[name] ?? limits[name])
      .filter((wish) => wish !== undefined);
    return wishes.length === 0 ? undefined : Math.min(...wishes);
  };
  const mine =
    user.limits.providers.get(provider)?.concurrency ?? user.limits.concurrency ?? defaultConcurrency;
  const [requestsPerMinute, tokensPerMinute] = [limit('requestsPerMinute'), limit('tokensPerMinute')];
  return {
    concurrency: Math.min(mine, limit('concurrency') ?? mine),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    ...(tokensPerMinute === undefined ? {} : { tokensPerMinute }),
  };
}
