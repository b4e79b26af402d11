import type { TokenUsage } from '../../protocol/runEvents.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  ModelDone,
  ModelFault,
  ModelFaultCode,
  ModelProvider,
  ModelRequest,
  Models,
} from '../ports/models.ts';
import type { Random } from '../ports/random.ts';
import { createRedactor } from '../safety/redact.ts';
import type { GateAnswer, GateEntry, GateLimits } from './limits/gate.ts';
import type { ProviderGates } from './limits/providerGates.ts';
import { boundInputTokens, estimateInputTokens, estimateTokens } from './estimateTokens.ts';
import { costOf, worstCostOf, type Price } from './prices.ts';
import { planRetry } from './planRetry.ts';
import type { BudgetCode } from './budgetRefusal.ts';
import type { CallMeter, Reservation, RunMeter, Spent } from './runMeter.ts';
import { gateResultOf, spentBy } from './tryEffects.ts';
import { tryModel, type TryResult } from './tryModel.ts';

export interface AskOptions {
  readonly models: Models;
  readonly target: ModelTarget;
  /** `timeoutMs` bounds the whole call, waits and retries included. */
  readonly request: Omit<ModelRequest, 'model'>;
  readonly budget: RunMeter;
  /** Where the call waits for its turn; undefined: it begins at once. */
  readonly gate?: CallGate;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Takes the right to ask before each try that is within the budget, and hears of each that is not. undefined: it is
   * given. Never rejects.
   */
  readonly takeRight: (call: CallRight) => Promise<CallDenied | undefined>;
  /** For showing only. A higher `tries` means that the text so far is void and begins again. */
  readonly onText?: (part: string, tries: number) => void;
  readonly signal: AbortSignal;
}

/** The gates of all providers, and how this call goes through them. */
export interface CallGate {
  readonly gates: ProviderGates;
  /** Whose turn it is, such as the id of the run. */
  readonly key: string;
  readonly limits: GateLimits;
}

/** What a try asks for. */
export interface CallRight extends ModelTarget {
  /** Of the provider's address; empty: it has one place only, or none. */
  readonly host: string;
  /** What it may cost at most, in US dollars. */
  readonly usd: number | 'unknown';
  /** At most. */
  readonly tokens: number;
  /** Of the whole run, with this try at most. */
  readonly runSpent: { readonly usd: number; readonly tokens: number };
  /** Why the budget does not give it; undefined: it does. */
  readonly refused?: BudgetCode;
}

/** Why the right to ask is not given. */
export interface CallDenied {
  readonly code: 'audit.unwritable' | 'policy.denied';
  readonly message: string;
}

export interface ModelTarget {
  readonly provider: string;
  readonly model: string;
}

export type AskOutcome = Answered | AskFailed | AskRefused | AskCancelled;

export interface AskCancelled {
  readonly kind: 'cancelled';
  /** Of what was begun before, in USD; undefined when nobody was asked. */
  readonly cost?: number | 'unknown';
}

export interface Answered {
  readonly kind: 'answered';
  readonly text: string;
  readonly usage: TokenUsage;
  /** Of all tries, in USD; `unknown` when one of them cannot be known. */
  readonly cost: number | 'unknown';
  /** From the start of the call, in milliseconds, to the first token of the answer that counts. */
  readonly firstTokenMs: number;
  readonly ms: number;
  readonly tries: number;
  readonly provider: string;
  /** What really answered. */
  readonly model: string;
  /** It was kept from an earlier call, and nobody was asked. */
  readonly cached?: true;
  /** Who answered when it was recorded; undefined for a live answer. */
  readonly recordedFrom?: string;
}

export interface AskFailed {
  readonly kind: 'failed';
  readonly code:
    | ModelFaultCode
    | 'model.refused'
    | 'model.circuit-open'
    | 'model.no-turn'
    | 'model.secret-in-prompt'
    | CallDenied['code'];
  readonly message: string;
  /** Of the last try. */
  readonly usage?: TokenUsage;
  /** Of all tries; undefined when none was billed. */
  readonly cost?: number | 'unknown';
}

export interface AskRefused {
  readonly kind: 'refused';
  readonly code: BudgetCode;
  readonly message: string;
}

/** Asks one model for one complete answer, within the budget; attempts are counted by whoever asks. Never rejects; exactly one outcome. */
export async function askModel(options: AskOptions): Promise<AskOutcome> {
  if (options.signal.aborted) return { kind: 'cancelled' };
  const { provider: id } = options.target;
  const provider = options.models.provider(id);
  if (!provider) return failUnknownProvider(id);
  return new Call(options, provider).run();
}

/** The provider has masked its own key; this catches what an endpoint says about others. */
const maskKeys = createRedactor([]);

/** One call and what its tries have cost so far. */
class Call {
  readonly #options: AskOptions;
  readonly #provider: ModelProvider;
  readonly #meter: CallMeter;
  readonly #startedAt: number;
  readonly #deadline: number;
  readonly #isBoundByRun: boolean;
  #tries = 0;
  #brokenStreams = 0;
  #cost: number | 'unknown' | undefined;

  constructor(options: AskOptions, provider: ModelProvider) {
    this.#options = options;
    this.#provider = provider;
    this.#startedAt = options.clock.now();
    this.#meter = options.budget.openCall();
    const runMs = this.#meter.remainingMs();
    this.#isBoundByRun = runMs < options.request.timeoutMs;
    this.#deadline = this.#startedAt + Math.min(runMs, options.request.timeoutMs);
  }

  async run(): Promise<AskOutcome> {
    let lastFault: ModelFault | undefined;
    for (;;) {
      const entry = await this.#enter();
      if (entry.kind === 'aborted') return this.#cancelled();
      if (entry.kind !== 'entered') return this.#explainClosed(entry, lastFault);
      const reservation = await this.#reserve();
      const denied = await this.#takeRight(reservation);
      if (this.#options.signal.aborted || reservation.kind === 'refused') {
        entry.leave({ health: 'undecided', tokens: 0 });
        if (this.#options.signal.aborted) return this.#cancel(reservation);
      }
      if (reservation.kind === 'refused') return explainRefusal(reservation, lastFault);
      if (denied !== undefined) {
        entry.leave({ health: 'undecided', tokens: 0 });
        await reservation.settle('nothing');
        return { kind: 'failed', ...denied };
      }
      const result = await this.#try(reservation);
      entry.leave(gateResultOf(result));
      if (result.kind === 'cancelled') return this.#cancelled();
      if (result.kind === 'done') return this.#finish(result);
      const delay = this.#planRetry(result);
      if (delay === undefined) return this.#fail(result.fault);
      lastFault = result.fault;
      await this.#options.clock.sleep(delay, this.#options.signal);
      if (this.#options.signal.aborted) return this.#cancelled();
    }
  }

  #enter(): Promise<GateAnswer> {
    const { gate, request, target, clock, signal } = this.#options;
    if (!gate) return Promise.resolve(openGate);
    return gate.gates.enter(
      {
        provider: this.#provider.billedAs ?? target.provider,
        key: gate.key,
        tokens: boundInputTokens(request) + request.maxOutputTokens,
        limits: gate.limits,
        waitMs: Math.max(1, this.#deadline - clock.now()),
      },
      signal,
    );
  }

  #explainClosed(
    answer: Exclude<GateAnswer, GateEntry | { readonly kind: 'aborted' }>,
    lastFault: ModelFault | undefined,
  ): AskFailed | AskRefused {
    const { provider } = this.#options.target;
    if (answer.kind === 'late') {
      if (this.#isBoundByRun) return runIsOver;
      const message = `The turn of this call at ${provider} did not come in time. Raise the limits of the provider, or the time limit.`;
      return { kind: 'failed', code: 'model.no-turn', message };
    }
    const seconds = Math.max(1, Math.ceil((answer.until - this.#options.clock.now()) / 1000));
    const before = lastFault ? ` The try before failed: ${maskKeys(lastFault.message)}` : '';
    const message = `${provider} failed too often in a row, so it is not asked for ${seconds} s.${before}`;
    return { kind: 'failed', code: 'model.circuit-open', message };
  }

  #reserve(): ReturnType<CallMeter['reserve']> {
    const { request, target, random, clock } = this.#options;
    return this.#meter.reserve({
      provider: this.#provider.billedAs ?? target.provider,
      model: target.model,
      call: random.id(),
      inputBound: boundInputTokens(request),
      maxOutputTokens: request.maxOutputTokens,
      ms: Math.max(1, this.#deadline - clock.now()),
    });
  }

  async #takeRight(reservation: Awaited<ReturnType<CallMeter['reserve']>>): Promise<CallDenied | undefined> {
    const { request, target, takeRight, budget, signal } = this.#options;
    if (signal.aborted) return undefined;
    const { address = '' } = this.#provider;
    const input = boundInputTokens(request);
    const output = request.maxOutputTokens;
    const price = reservation.kind === 'reserved' ? reservation.price : 'unknown';
    return takeRight({
      provider: target.provider,
      model: target.model,
      host: URL.canParse(address) ? new URL(address).host : '',
      usd: price === 'unknown' ? price : worstCostOf(price, input, output),
      tokens: input + output,
      runSpent: spentOf(budget),
      ...(reservation.kind === 'refused' && { refused: reservation.code }),
    });
  }

  async #cancel(reservation: Awaited<ReturnType<CallMeter['reserve']>>): Promise<AskOutcome> {
    if (reservation.kind === 'reserved') await reservation.settle('nothing');
    return this.#cancelled();
  }

  #cancelled(): AskCancelled {
    return { kind: 'cancelled', ...(this.#cost !== undefined && { cost: this.#cost }) };
  }

  async #try(reservation: Reservation): Promise<TryResult> {
    const { clock, request, target, signal, onText } = this.#options;
    const tries = ++this.#tries;
    const result = await tryModel({
      provider: this.#provider,
      request: {
        ...request,
        model: target.model,
        timeoutMs: Math.max(1, Math.min(reservation.ms, this.#deadline - clock.now())),
      },
      clock,
      signal,
      ...(onText && { onText: (part: string) => onText(part, tries) }),
    });
    const spent = spentBy(result);
    this.#addCost(this.#costOf(spent, reservation.price, result));
    await reservation.settle(spent);
    return result;
  }

  #costOf(spent: Spent, listed: Price | 'unknown', result: TryResult): number | 'unknown' | undefined {
    if (spent === 'nothing') return result.kind === 'done' ? 0 : undefined;
    if (spent === 'unsure' || listed === 'unknown') return 'unknown';
    return costOf(listed, spent.usage);
  }

  #addCost(cost: number | 'unknown' | undefined): void {
    if (cost === undefined) return;
    this.#cost = cost === 'unknown' || this.#cost === 'unknown' ? 'unknown' : (this.#cost ?? 0) + cost;
  }

  #planRetry(result: TryResult & { kind: 'failed' }): number | undefined {
    if (result.hadOutput) this.#brokenStreams++;
    return planRetry({
      fault: result.fault,
      tries: this.#tries,
      brokenStreams: this.#brokenStreams,
      remainingMs: this.#deadline - this.#options.clock.now(),
      random: this.#options.random,
    });
  }

  #finish({ done, firstTokenAt }: TryResult & { kind: 'done' }): AskOutcome {
    const usage = this.#completeUsage(done);
    const failure = failureOf(done, this.#options.request.maxOutputTokens);
    if (failure) return { kind: 'failed', ...failure, usage, cost: this.#cost ?? 'unknown' };
    const now = this.#options.clock.now();
    return {
      kind: 'answered',
      text: done.text,
      usage,
      cost: this.#cost ?? 'unknown',
      firstTokenMs: (firstTokenAt ?? now) - this.#startedAt,
      ms: now - this.#startedAt,
      tries: this.#tries,
      provider: this.#options.target.provider,
      model: done.model || this.#options.target.model,
      ...(done.recordedFrom !== undefined && { recordedFrom: done.recordedFrom }),
    };
  }

  /** Counts that the endpoint did not give are estimated, and say so. */
  #completeUsage({ usage, text }: ModelDone): TokenUsage {
    if (!usage.estimated) return usage;
    return {
      ...usage,
      input: usage.input || estimateInputTokens(this.#options.request),
      output: usage.output || estimateTokens(text),
    };
  }

  #fail(fault: ModelFault): AskOutcome {
    if (fault.code === 'model.timeout' && this.#isBoundByRun) {
      return runIsOver;
    }
    const tried = this.#tries > 1 ? ` (Tried ${this.#tries} times.)` : '';
    return {
      kind: 'failed',
      code: fault.code,
      message: maskKeys(fault.message) + tried,
      ...(fault.usage && { usage: fault.usage }),
      ...(this.#cost !== undefined && { cost: this.#cost }),
    };
  }
}

function spentOf(budget: RunMeter): CallRight['runSpent'] {
  const { usd, tokens } = budget.spent();
  return { usd, tokens };
}

const openGate: GateEntry = { kind: 'entered', leave: () => undefined };

const runIsOver: AskRefused = {
  kind: 'refused',
  code: 'budget.seconds',
  message:
    "The seconds of the run or of the call ended before the model had answered. Raise `seconds` in the rule's `budget`, or in the limits of the settings.",
};

function explainRefusal(refusal: AskRefused, lastFault: ModelFault | undefined): AskRefused {
  if (!lastFault) return refusal;
  return { ...refusal, message: `${refusal.message} The try before failed: ${maskKeys(lastFault.message)}` };
}

function failureOf(
  done: ModelDone,
  maxOutputTokens: number,
): Pick<AskFailed, 'code' | 'message'> | undefined {
  switch (done.stop) {
    case 'length': {
      const message = `The answer was cut off at its limit of ${maxOutputTokens} tokens, so it was not used. Raise the limit or ask for less.`;
      return { code: 'model.cut-off', message };
    }
    case 'refusal':
      return {
        code: 'model.refused',
        message: 'The model declined to answer. Reword the rule, or choose another model.',
      };
    // No caller of this function offers tools.
    case 'tools':
    case 'other':
      return {
        code: 'model.bad-answer',
        message: 'The model stopped for a reason that leaves its answer incomplete, so it was not used.',
      };
    case 'complete':
      return done.text.trim() === ''
        ? {
            code: 'model.bad-answer',
            message: 'The model answered with no text. Try again, or choose another model.',
          }
        : undefined;
  }
}

function failUnknownProvider(id: string): AskFailed {
  const message = `There is no model provider named "${id}". Choose one in the settings.`;
  return { kind: 'failed', code: 'model.unknown-provider', message };
}
