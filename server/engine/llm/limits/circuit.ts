import type { ModelFaultCode } from '../../ports/models.ts';

/** Whether a provider is asked: `closed` as always, `open` not until `until`, `probing` one call that shows whether it is well. */
export type CircuitState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number; readonly openings: number }
  | { readonly kind: 'probing'; readonly openings: number };

export type CircuitEvent = 'worked' | 'failed' | 'undecided' | 'probe';

export const closedCircuit: CircuitState = { kind: 'closed', failures: 0 };

/** Failures in a row that open it. */
const maxFailures = 5;
const firstOpenMs = 30_000;
export const longestOpenMs = 300_000;

export function nextCircuit(state: CircuitState, event: CircuitEvent, now: number): CircuitState {
  switch (event) {
    case 'worked':
      return closedCircuit;
    case 'probe':
      return state.kind === 'open' ? { kind: 'probing', openings: state.openings } : state;
    case 'undecided':
      // A probe that was stopped shows nothing: the next call is the probe.
      return state.kind === 'probing' ? { kind: 'open', until: now, openings: state.openings } : state;
    case 'failed':
      return afterFailure(state, now);
  }
}

function afterFailure(state: CircuitState, now: number): CircuitState {
  switch (state.kind) {
    case 'closed':
      return state.failures + 1 < maxFailures
        ? { kind: 'closed', failures: state.failures + 1 }
        : { kind: 'open', until: now + firstOpenMs, openings: 1 };
    case 'probing':
      return {
        kind: 'open',
        until: now + Math.min(longestOpenMs, firstOpenMs * 2 ** state.openings),
        openings: state.openings + 1,
      };
    case 'open':
      // A call that began before it opened.
      return state;
  }
}

/** Faults that show that the provider is not well; a wrong key or question says nothing about it. */
const ailments: ReadonlySet<string> = new Set<ModelFaultCode>([
  'model.unreachable',
  'model.timeout',
  'model.stalled',
  'model.cut-off',
  'model.overloaded',
  'model.server-error',
]);

export function isAilment(code: string): boolean {
  return ailments.has(code);
}
