import type { ModelFaultCode } from '../ports/models.ts';
import { isAilment } from './limits/circuit.ts';
import type { GateResult } from './limits/gate.ts';
import { countTokens } from './prices.ts';
import type { Spent } from './runMeter.ts';
import type { TryResult } from './tryModel.ts';

/** What a try tells of its provider. */
export function gateResultOf(result: TryResult): GateResult {
  if (result.kind === 'cancelled') return { health: 'undecided' };
  if (result.kind === 'done') {
    const { usage } = result.done;
    return { health: 'worked', ...(usage.estimated ? {} : { tokens: countTokens(usage) }) };
  }
  const { code, retryAfterMs } = result.fault;
  return {
    // An endpoint that answers, with whatever refusal, is there.
    health: isAilment(code) ? 'failed' : 'worked',
    ...(code === 'model.rate-limited' && retryAfterMs !== undefined ? { restMs: retryAfterMs } : {}),
  };
}

/** What the budget must count. An estimate is no bound, so the worst case stands for it. */
export function spentBy(result: TryResult): Spent {
  if (result.kind === 'cancelled') return 'unsure';
  if (result.kind === 'done') {
    if (result.done.recordedFrom !== undefined) return 'nothing';
    return result.done.usage.estimated ? 'unsure' : { usage: result.done.usage };
  }
  const { fault, hadOutput } = result;
  if (fault.usage && !fault.usage.estimated) return { usage: fault.usage };
  return hadOutput || fault.usage || !unbilledCodes.has(fault.code) ? 'unsure' : 'nothing';
}

/** Faults that an endpoint reports instead of an answer, or before it could see the question. */
const unbilledCodes: ReadonlySet<ModelFaultCode> = new Set<ModelFaultCode>([
  'model.unreachable',
  'model.rate-limited',
  'model.overloaded',
  'model.spend-limit',
  'model.unauthorized',
  'model.no-key',
  'model.no-consent',
  'model.not-found',
  'model.bad-request',
  'model.server-error',
  'model.no-recording',
  'model.unknown-provider',
]);
