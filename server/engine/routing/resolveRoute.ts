import type { AiSettings } from '../settings.ts';
import {
  parseCandidate,
  renderCandidate,
  type CallParameters,
  type Candidate,
  type ModelChoices,
  type Strategy,
} from './modelChoices.ts';
import {
  callClassOf,
  resolveRole,
  roleRows,
  type CallClass,
  type Role,
} from '../rules/vocabulary/modelRoles.ts';

/** Where a value comes from, for people. */
export type RouteSource = 'default' | 'settings' | 'models.yaml' | 'rule';

/** Who is asked for one kind of work, and how. */
export interface Route {
  readonly role: Role;
  readonly call: CallClass;
  readonly strategy: Strategy;
  /** In the order in which they are asked; at least one where a model is chosen. */
  readonly candidates: readonly Candidate[];
  readonly temperature?: number;
  readonly maxTokens: number;
  /** In seconds. */
  readonly timeout: number;
  readonly sources: Readonly<Record<RouteField, RouteSource>>;
  /** Models that were named and are not asked. */
  readonly skipped: readonly SkippedCandidate[];
}

export type RouteField = 'candidates' | 'strategy' | 'temperature' | 'maxTokens' | 'timeout';

export interface SkippedCandidate {
  readonly candidate: Candidate;
  readonly source: RouteSource;
  /** As a sentence. */
  readonly reason: string;
}

/** What routes are made of, from the weakest to the strongest. */
export interface RoutingSources {
  readonly ai: AiSettings;
  /** Providers that the person has set up beside the chosen one. */
  readonly providers: readonly string[];
  /** The person's settings. */
  readonly user: ModelChoices;
  /** The team's file; it can name candidates among what the person has, and lower limits. */
  readonly team: ModelChoices;
}

/** Enough for a whole file with remarks; a model on the person's own machine may take minutes. */
const defaults: Readonly<Record<CallClass, Required<Omit<CallParameters, 'temperature'>>>> = {
  plan: { maxTokens: 8_000, timeout: 300 },
  write: { maxTokens: 8_000, timeout: 300 },
  review: { maxTokens: 4_000, timeout: 300 },
  summarise: { maxTokens: 2_000, timeout: 120 },
};

/** The providers that roles and rules may name. */
export function providersSetUp({ ai, providers, user }: Omit<RoutingSources, 'team'>): ReadonlySet<string> {
  const named = [...user.roles.values()].flatMap(({ use }) => use.map(({ provider }) => provider));
  return new Set([ai.provider, ...providers, ...named].filter((id) => id !== ''));
}

/** What a rule says of its model: a role, or one model. */
export type ModelWish =
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'model'; readonly candidate: Candidate }
  /** `message` is a sentence. */
  | { readonly kind: 'unknown'; readonly message: string };

export function parseModelWish(text: string): ModelWish {
  const role = resolveRole(text);
  if (role !== undefined) return { kind: 'role', role };
  const candidate = parseCandidate(text);
  if (candidate) return { kind: 'model', candidate };
  const roles = roleRows.map((row) => row.role).join(', ');
  return {
    kind: 'unknown',
    message: `\`model: ${text}\` is neither a role (${roles}) nor a \`provider/model\`. Write one of these.`,
  };
}

/** The effective routing of one role. `only`: the one model that a rule names. */
export function resolveRoute(sources: RoutingSources, role: Role, only?: Candidate): Route {
  const call = callClassOf(role);
  const { user, team } = sources;
  const [own, shared] = [user.roles.get(role), team.roles.get(role)];
  const picked = pickCandidates(sources, role, only);
  const strategy = firstOf<Strategy>(
    [own?.strategy, 'settings'],
    [shared?.strategy, 'models.yaml'],
    ['fallback', 'default'],
  );
  const temperature = firstOf(
    [own?.temperature, 'settings'],
    [user.calls.get(call)?.temperature, 'settings'],
    [shared?.temperature, 'models.yaml'],
    [team.calls.get(call)?.temperature, 'models.yaml'],
    [undefined, 'default'],
  );
  const least = (name: 'maxTokens' | 'timeout') => {
    const mine = firstOf<number | undefined>(
      [own?.[name], 'settings'],
      [user.calls.get(call)?.[name], 'settings'],
      [defaults[call][name], 'default'],
    );
    const theirs = shared?.[name] ?? team.calls.get(call)?.[name];
    const value = mine.value ?? defaults[call][name];
    return theirs !== undefined && theirs < value
      ? { value: theirs, source: 'models.yaml' as const }
      : { value, source: mine.source };
  };
  const [maxTokens, timeout] = [least('maxTokens'), least('timeout')];
  return {
    role,
    call,
    strategy: strategy.value ?? 'fallback',
    candidates: picked.candidates,
    ...(temperature.value === undefined ? {} : { temperature: temperature.value }),
    maxTokens: maxTokens.value,
    timeout: timeout.value,
    sources: {
      candidates: picked.source,
      strategy: strategy.source,
      temperature: temperature.source,
      maxTokens: maxTokens.source,
      timeout: timeout.source,
    },
    skipped: picked.skipped,
  };
}

interface Picked {
  readonly candidates: readonly Candidate[];
  readonly source: RouteSource;
  readonly skipped: readonly SkippedCandidate[];
}

function pickCandidates(sources: RoutingSources, role: Role, only: Candidate | undefined): Picked {
  const { ai, user, team } = sources;
  const chosen = { provider: ai.provider, model: ai.model };
  // Recordings stand for whoever would answer: nobody else is asked while they are replayed or made.
  if (ai.provider === 'replay') return { candidates: [chosen], source: 'settings', skipped: [] };
  const setUp = providersSetUp(sources);
  const skipped: SkippedCandidate[] = [];
  const wishes: readonly (readonly [readonly Candidate[], RouteSource])[] = only
    ? [[[only], 'rule']]
    : [
        [user.roles.get(role)?.use ?? [], 'settings'],
        [team.roles.get(role)?.use ?? [], 'models.yaml'],
        [ai.provider === '' ? [] : [chosen], 'default'],
      ];
  for (const [use, source] of wishes) {
    const usable = use.filter((candidate) => setUp.has(candidate.provider));
    for (const candidate of use)
      if (!usable.includes(candidate))
        skipped.push({ candidate, source, reason: explainNotSetUp(candidate.provider) });
    if (usable.length > 0) return { candidates: usable, source, skipped };
  }
  return { candidates: [], source: only ? 'rule' : 'default', skipped };
}

export function explainNotSetUp(provider: string): string {
  return `The provider ${provider} is not set up here. Choose it, or add it to codegenLab.models.providers.`;
}

/** Why a route asks nobody; undefined when it asks somebody. */
export function explainNoCandidate({ candidates, skipped }: Route): string | undefined {
  if (candidates.length > 0) return undefined;
  const [first] = skipped;
  return first
    ? `${renderCandidate(first.candidate)} cannot be asked. ${first.reason}`
    : 'No model is chosen. Set an API key, use Ollama, or try the recorded demo.';
}

function firstOf<Value>(...wishes: readonly (readonly [Value | undefined, RouteSource])[]): {
  readonly value: Value | undefined;
  readonly source: RouteSource;
} {
  const found = wishes.find(([value]) => value !== undefined);
  return { value: found?.[0], source: found?.[1] ?? 'default' };
}
