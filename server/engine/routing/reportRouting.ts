import type { ReportedRole, ReportedValue } from '../../protocol/modelsReport.ts';
import type { Settings } from '../settings.ts';
import { renderCandidate, type BudgetSpan, type BudgetUnit, type Candidate } from './modelChoices.ts';
import { ratesOf } from './rates.ts';
import {
  resolveRoute,
  type Route,
  type RouteField,
  type RouteSource,
  type RoutingSources,
} from './resolveRoute.ts';
import { roleRows } from '../rules/vocabulary/modelRoles.ts';

/** The effective routing of every role, each value with where it comes from. */
export function reportRoles(sources: RoutingSources): readonly ReportedRole[] {
  return roleRows.map(({ role }) => {
    const route = resolveRoute(sources, role);
    return {
      role,
      candidates: route.candidates.map(renderCandidate),
      values: valuesOf(route),
      skipped: route.skipped.map(
        ({ candidate, source, reason }) => `${renderCandidate(candidate)} (${source}): ${reason}`,
      ),
    };
  });
}

function valuesOf(route: Route): readonly ReportedValue[] {
  const row = (name: string, value: string, field: RouteField): ReportedValue => ({
    name,
    value,
    source: route.sources[field],
  });
  return [
    row('use', route.candidates.map(renderCandidate).join(', ') || 'nobody', 'candidates'),
    row('strategy', route.strategy, 'strategy'),
    ...(route.temperature === undefined
      ? []
      : [row('temperature', String(route.temperature), 'temperature')]),
    row('max_tokens', String(route.maxTokens), 'maxTokens'),
    row('timeout', `${route.timeout} s`, 'timeout'),
  ];
}

/** Every candidate of every role, once. */
export function allCandidates(sources: RoutingSources): readonly Candidate[] {
  const byName = new Map<string, Candidate>();
  for (const { role } of roleRows)
    for (const candidate of resolveRoute(sources, role).candidates)
      byName.set(renderCandidate(candidate), candidate);
  return [...byName.values()];
}

type Limits = Settings['limits'];

/** The budgets and rates that hold, each with where it comes from; what nobody limits is left out. */
export function reportLimits(sources: RoutingSources, limits: Limits): readonly ReportedValue[] {
  const own: Readonly<Record<string, number>> = {
    'usd.run': limits.usdPerRun,
    'usd.day': limits.usdPerDay,
    'tokens.run': limits.tokensPerRun,
    'seconds.run': limits.secondsPerRun,
  };
  const budgets = (['usd', 'tokens', 'seconds'] as const).flatMap((unit: BudgetUnit) =>
    (['call', 'run', 'day', 'workspace'] as const).flatMap((span: BudgetSpan): readonly ReportedValue[] => {
      const name = `${unit}.${span}`;
      const wishes: readonly (readonly [number | undefined, RouteSource])[] = [
        [own[name], 'settings'],
        [sources.user.limits.budgets[unit][span], 'settings'],
        [sources.team.limits.budgets[unit][span], 'models.yaml'],
      ];
      let least: readonly [number, RouteSource] | undefined;
      for (const [value, source] of wishes)
        if (value !== undefined && (!least || value < least[0])) least = [value, source];
      return least ? [{ name, value: String(least[0]), source: least[1] }] : [];
    }),
  );
  const providers = [...new Set(allCandidates(sources).map(({ provider }) => provider))];
  const rates = providers.map((provider): ReportedValue => {
    const { concurrency, requestsPerMinute, tokensPerMinute } = ratesOf(sources, provider);
    const parts = [
      `${concurrency} at a time`,
      ...(requestsPerMinute === undefined ? [] : [`${requestsPerMinute} requests a minute`]),
      ...(tokensPerMinute === undefined ? [] : [`${tokensPerMinute} tokens a minute`]),
    ];
    return { name: provider, value: parts.join(', '), source: rateSource(sources, provider) };
  });
  return [...budgets, ...rates];
}

/** The first that says anything about the rates of a provider. */
function rateSource({ user, team }: RoutingSources, provider: string): RouteSource {
  const says = ({ limits }: RoutingSources['user']): boolean =>
    limits.providers.has(provider) ||
    [limits.concurrency, limits.requestsPerMinute, limits.tokensPerMinute].some(
      (limit) => limit !== undefined,
    );
  if (says(team)) return 'models.yaml';
  return says(user) ? 'settings' : 'default';
}
