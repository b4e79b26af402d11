import type {
  ModelAnswered,
  ModelAsked,
  ModelFailed,
  RunEvent,
  TokenUsage,
} from '../../protocol/runEvents.ts';
import type {
  LatencyRow,
  Percentiles,
  UsageGrouping,
  UsageReport,
  UsageRow,
} from '../../protocol/usageReport.ts';

/** One call of a model, as a journal tells of it. */
interface UsageCall {
  readonly rule: string;
  readonly role: string;
  readonly provider: string;
  readonly model: string;
  /** As `YYYY-MM-DD`, in UTC. */
  readonly day: string;
  readonly failed: boolean;
  readonly usage: TokenUsage;
  /** USD; 0 for a call that was not billed. */
  readonly cost: number | 'unknown';
  readonly firstTokenMs?: number;
  readonly ms?: number;
}

/** Of a run, all that is read here. */
export const usageSteps = [
  'run.started',
  'model.asked',
  'model.answered',
  'model.failed',
  'run.finished',
] as const satisfies readonly RunEvent['type'][];

const noTokens: TokenUsage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, estimated: false };

/** What the calls of several runs took, from their events alone. A run that does not tell how it began is left out. */
export function foldUsage(journals: readonly (readonly RunEvent[])[]): Omit<UsageReport, 'target'> {
  const calls = journals.flatMap(callsOf);
  const group = (grouping: UsageGrouping): readonly UsageRow[] => groupCalls(calls, grouping);
  return {
    runs: journals.length,
    total: sum('', calls),
    by: { rule: group('rule'), role: group('role'), model: group('model'), day: group('day') },
    latency: foldLatency(calls),
  };
}

function callsOf(events: readonly RunEvent[]): readonly UsageCall[] {
  const [first] = events;
  if (first?.type !== 'run.started') return [];
  const calls: UsageCall[] = [];
  // Older journals tell of a failed call without saying who was asked.
  let asked = { provider: '', model: '' };
  const open: Asked[] = [];
  for (const event of events) {
    if (event.type === 'model.asked') {
      asked = event;
      open.push(event);
    } else if (event.type === 'model.answered' || event.type === 'model.failed') {
      calls.push(toCall(first.rule, event, asked));
      close(open, event);
    } else if (event.type === 'run.finished' && event.outcome === 'interrupted')
      calls.push(...open.splice(0).map((each) => toLostCall(first.rule, each)));
  }
  return calls;
}

type Asked = ModelAsked & { readonly at: number };

/** What answers may call itself otherwise than what was asked. */
function close(open: Asked[], { attempt, provider, model }: ModelAnswered | ModelFailed): void {
  const isOf = (each: Asked): boolean =>
    each.attempt === attempt && (provider === undefined || each.provider === provider);
  const exact = open.findIndex((each) => isOf(each) && each.model === model);
  const index = exact >= 0 ? exact : open.findIndex(isOf);
  if (index >= 0) open.splice(index, 1);
}

/** A call whose process died: it may be billed, and nobody was there to be told. */
function toLostCall(rule: string, { role = 'unknown', provider, model, at }: Asked): UsageCall {
  const cost = provider === 'replay' ? 0 : 'unknown';
  return { rule, role, provider, model, day: dayOf(at), failed: true, usage: noTokens, cost };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function toCall(
  rule: string,
  event: (ModelAnswered | ModelFailed) & { readonly at: number },
  asked: { readonly provider: string; readonly model: string },
): UsageCall {
  const failed = event.type === 'model.failed';
  return {
    rule,
    role: event.role ?? 'unknown',
    provider: event.provider ?? asked.provider,
    model: event.model ?? asked.model,
    day: dayOf(event.at),
    failed,
    usage: event.usage ?? noTokens,
    cost: event.cost ?? 0,
    ...(failed || event.cached ? {} : { firstTokenMs: event.firstTokenMs, ms: event.ms }),
  };
}

function nameOf(call: UsageCall, grouping: UsageGrouping): string {
  if (grouping === 'model') return call.model === '' ? call.provider : `${call.provider}/${call.model}`;
  return call[grouping];
}

/** Days newest first; else the dearest first, then what took most tokens. */
function groupCalls(calls: readonly UsageCall[], grouping: UsageGrouping): readonly UsageRow[] {
  const rows = [...groupBy(calls, (call) => nameOf(call, grouping))].map(([name, each]) => sum(name, each));
  const byName = (left: UsageRow, right: UsageRow): number => (left.name < right.name ? 1 : -1);
  return grouping === 'day'
    ? rows.toSorted(byName)
    : rows.toSorted(
        (left, right) => right.usd - left.usd || tokensOf(right) - tokensOf(left) || byName(right, left),
      );
}

function groupBy(
  calls: readonly UsageCall[],
  nameOfCall: (call: UsageCall) => string,
): ReadonlyMap<string, readonly UsageCall[]> {
  const groups = new Map<string, UsageCall[]>();
  for (const call of calls) {
    const name = nameOfCall(call);
    const group = groups.get(name);
    if (group) group.push(call);
    else groups.set(name, [call]);
  }
  return groups;
}

function tokensOf({ input, output, cacheRead, cacheWrite }: UsageRow): number {
  return input + output + cacheRead + cacheWrite;
}

function sum(name: string, calls: readonly UsageCall[]): UsageRow {
  const add = (unit: 'input' | 'output' | 'cacheRead' | 'cacheWrite'): number =>
    calls.reduce((total, { usage }) => total + usage[unit], 0);
  return {
    name,
    calls: calls.length,
    failed: calls.filter(({ failed }) => failed).length,
    input: add('input'),
    output: add('output'),
    cacheRead: add('cacheRead'),
    cacheWrite: add('cacheWrite'),
    estimated: calls.some(({ usage }) => usage.estimated),
    usd: calls.reduce((total, { cost }) => total + (cost === 'unknown' ? 0 : cost), 0),
    unknownPrice: calls.some(({ cost }) => cost === 'unknown'),
  };
}

function foldLatency(calls: readonly UsageCall[]): readonly LatencyRow[] {
  const live = calls.filter(({ ms, provider }) => ms !== undefined && provider !== 'replay');
  const groups = groupBy(live, ({ role, provider }) => `${role}\n${provider}`);
  return [...groups.values()]
    .map((each): LatencyRow => {
      const [{ role, provider } = { role: '', provider: '' }] = each;
      return {
        role,
        provider,
        answers: each.length,
        firstToken: percentiles(each.map(({ firstTokenMs = 0 }) => firstTokenMs)),
        total: percentiles(each.map(({ ms = 0 }) => ms)),
      };
    })
    .toSorted((left, right) => right.answers - left.answers);
}

/** By nearest rank: each is a time that was measured. */
export function percentiles(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99) };
}
