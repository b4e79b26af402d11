import type { Clock } from '../../ports/clock.ts';
import type { GateAnswer, GateRequest } from './gate.ts';
import { ProviderGate, type GateState } from './providerGate.ts';

/** Lets calls through to each provider, as many and as fast as its limits say, by turns. One for the whole process. */
export class ProviderGates {
  readonly #clock: Clock;
  readonly #gates = new Map<string, ProviderGate>();
  readonly #listeners = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  enter(request: GateRequest, signal: AbortSignal): Promise<GateAnswer> {
    return this.#gateOf(request.provider).enter(request, signal);
  }

  /** Providers that are left alone or tried again now. */
  troubled(): readonly (GateState & { readonly provider: string })[] {
    return [...this.#gates].flatMap(([provider, gate]) => {
      const { state } = gate;
      return state.circuit.kind === 'closed' ? [] : [{ provider, ...state }];
    });
  }

  /** A provider is left alone, or is well again. Returns how to stop listening. */
  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #gateOf(provider: string): ProviderGate {
    const known = this.#gates.get(provider);
    if (known) return known;
    const gate = new ProviderGate(this.#clock, () => {
      for (const listener of this.#listeners) listener();
    });
    this.#gates.set(provider, gate);
    return gate;
  }
}
