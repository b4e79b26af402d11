import type { ModelFault, ModelFaultCode } from '../../engine/ports/models.ts';
import { renderHost, type Endpoint } from './endpoint.ts';
import { quoteName, quoteText } from './endpointText.ts';
import { OversizedAnswerError, UnexpectedContentError } from './guardedFetch.ts';
import type { ProxyError } from './proxiedFetch.ts';

/** What the endpoint said, taken out of an SDK's error; it may be anything. */
export interface EndpointError {
  /** Of HTTP; undefined for an error event in a stream that began with success. */
  readonly status: number | undefined;
  /** Its own name of the kind of error, such as `overloaded_error`; empty when it gave none. */
  readonly type: unknown;
  /** Its own code, such as `insufficient_quota`; empty when it gave none. */
  readonly code: unknown;
  readonly message: unknown;
  readonly headers: Headers | undefined;
}

export interface FaultContext {
  readonly endpoint: Endpoint;
  readonly model: string;
  /** Masked wherever the endpoint repeats it. */
  readonly key: string | undefined;
}

/** Maps what an endpoint reported instead of an answer, or in the middle of one. */
export function toEndpointFault(error: EndpointError, context: FaultContext): ModelFault {
  const code = codeOf(error);
  const retryAfterMs = parseRetryAfter(error.headers);
  return {
    type: 'failed',
    code,
    message: renderMessage(code, error, context),
    retryable: retryableCodes.has(code),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Maps a failure that no endpoint reported: of the network, or of what came over it. */
export function toTransportFault(error: unknown, { endpoint }: FaultContext): ModelFault {
  const { preset, baseUrl } = endpoint;
  const chain = causesOf(error);
  const answered = `${preset.label} (${renderHost(baseUrl)})`;
  const proxied = chain.find(isProxyError);
  if (proxied) return { ...fault('model.unreachable', proxied.message), retryable: proxied.retryable };
  if (chain.some((cause) => cause instanceof UnexpectedContentError)) {
    return fault(
      'model.bad-answer',
      `${answered} did not answer with a stream. Check the base URL in the settings.`,
    );
  }
  if (chain.some((cause) => cause instanceof OversizedAnswerError)) {
    return fault('model.bad-answer', `${answered} sent far more than an answer, so it was stopped.`);
  }
  if (chain.some((cause) => cause instanceof SyntaxError)) {
    return retryable('model.bad-answer', `${answered} sent a stream that cannot be read.`);
  }
  return connectionFault(systemCodeOf(chain), endpoint, answered);
}

/** By its code: this runs in the bundle of an SDK too, where the class is another one. */
function isProxyError(error: unknown): error is ProxyError {
  return error instanceof Error && 'code' in error && error.code === 'proxy' && 'retryable' in error;
}

function connectionFault(code: string, { preset, baseUrl }: Endpoint, answered: string): ModelFault {
  if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
    return fault(
      'model.bad-request',
      `The base URL of ${preset.label} is not a web address. Correct it in the settings.`,
    );
  }
  if (preset.isLocal && code === 'ECONNREFUSED') {
    return fault('model.unreachable', `${answered} is not running. ${preset.startHint ?? ''}`.trim());
  }
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code)) {
    return fault('model.unreachable', `The certificate of ${answered} is not trusted (${code}).`);
  }
  if (neverSentCodes.has(code)) {
    return retryable(
      'model.unreachable',
      `${answered} cannot be reached (${code}). Check the network and the base URL.`,
    );
  }
  return retryable(
    'model.cut-off',
    `The connection to ${answered} broke before the answer was complete${code && ` (${code})`}.`,
  );
}

/** The request had not left, so nothing can have been billed. */
const neverSentCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

const retryableCodes: ReadonlySet<ModelFaultCode> = new Set<ModelFaultCode>([
  'model.rate-limited',
  'model.overloaded',
  'model.server-error',
]);

const codeByStatus: Readonly<Record<number, ModelFaultCode>> = {
  401: 'model.unauthorized',
  402: 'model.spend-limit',
  403: 'model.unauthorized',
  404: 'model.not-found',
  408: 'model.server-error',
  409: 'model.server-error',
  429: 'model.rate-limited',
  503: 'model.overloaded',
  529: 'model.overloaded',
};

/** Names in error events, which carry no status. */
const codeByType: ReadonlyMap<string, ModelFaultCode> = new Map<string, ModelFaultCode>([
  ['authentication_error', 'model.unauthorized'],
  ['permission_error', 'model.unauthorized'],
  ['billing_error', 'model.spend-limit'],
  ['not_found_error', 'model.not-found'],
  ['rate_limit_error', 'model.rate-limited'],
  ['rate_limit_exceeded', 'model.rate-limited'],
  ['overloaded_error', 'model.overloaded'],
  ['server_overloaded', 'model.overloaded'],
  ['timeout_error', 'model.server-error'],
  ['api_error', 'model.server-error'],
  ['server_error', 'model.server-error'],
  ['invalid_request_error', 'model.bad-request'],
]);

/** A limit on money looks like a limit on speed, but no waiting helps. */
const spendWords =
  /insufficient_quota|billing|credit balance|spend(ing)?[ _]limit|usage limits?\b|exceeded your current quota/i;

function codeOf({ status: sent, type, code, message }: EndpointError): ModelFaultCode {
  // Routers tell in the stream what status the provider behind them gave.
  const status = sent ?? (/^[45]\d\d$/.test(wordOf(code)) ? Number(code) : undefined);
  const canBeSpend = status === undefined || [400, 402, 403, 429].includes(status);
  const said = [type, code, message].map(wordOf);
  if (canBeSpend && spendWords.test(said.join(' '))) return 'model.spend-limit';
  if (status === undefined)
    return codeByType.get(wordOf(type)) ?? codeByType.get(wordOf(code)) ?? 'model.server-error';
  return codeByStatus[status] ?? (status >= 500 ? 'model.server-error' : 'model.bad-request');
}

function wordOf(said: unknown): string {
  return typeof said === 'string' || typeof said === 'number' ? String(said) : '';
}

function renderMessage(code: ModelFaultCode, error: EndpointError, context: FaultContext): string {
  const { preset } = context.endpoint;
  const said = quote(error.message, context.key);
  const type = quoteName(error.type, context.key);
  switch (code) {
    case 'model.unauthorized':
      // What the endpoint says here often repeats a part of the key.
      return `${preset.label} refused the API key (${error.status ?? type}). Set a valid key that may use this model.`;
    case 'model.spend-limit':
      return `The account at ${preset.label} has reached its spending limit or has no credit. Raise it there, or choose another provider.${said}`;
    case 'model.not-found': {
      const hint = preset.modelHint?.replace('MODEL', context.model) ?? 'Check its name in the settings.';
      return `${preset.label} has no model "${context.model}". ${hint}`;
    }
    case 'model.rate-limited':
      return `${preset.label} is asked too often at the moment. Try again later.${said}`;
    case 'model.overloaded':
      return `${preset.label} is overloaded at the moment. Try again later.`;
    default:
      return renderOther({ status: error.status, type }, preset.label, said);
  }
}

interface Told {
  readonly status: number | undefined;
  readonly type: string;
}

function renderOther({ status, type }: Told, label: string, said: string): string {
  if (status !== undefined && status >= 300 && status < 400) {
    return `${label} redirects to another address (${status}), which is not followed. Set the base URL to the final one.`;
  }
  const whose =
    status !== undefined && status >= 400 && status < 500 ? 'refused the request' : 'had a fault of its own';
  return `${label} ${whose} (${status ?? (type || 'in the stream')}).${said}`;
}

function quote(message: unknown, key: string | undefined): string {
  const maxLength = 300;
  const text = quoteText(message, key, maxLength);
  return text && ` It said: ${text}`;
}

/** Seconds, a date, or `retry-after-ms`; anything else is no wish. */
function parseRetryAfter(headers: Headers | undefined): number | undefined {
  const ms = parseNumber(headers?.get('retry-after-ms'));
  if (ms !== undefined) return ms;
  const text = headers?.get('retry-after');
  const seconds = parseNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  // `Date.parse` also makes dates of numbers; the date of HTTP begins with the day's name.
  const date = text && /^[A-Z][a-z]{2},/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function parseNumber(text: string | null | undefined): number | undefined {
  return text && /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

function fault(code: ModelFaultCode, message: string): ModelFault {
  return { type: 'failed', code, message, retryable: false };
}

function retryable(code: ModelFaultCode, message: string): ModelFault {
  return { type: 'failed', code, message, retryable: true };
}

/** The error itself and what caused it; bounded, since a chain may be a ring. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let next = error;
  while (next !== undefined && next !== null && chain.length < 8) {
    chain.push(next);
    next = next instanceof Error ? next.cause : undefined;
  }
  return chain;
}

function systemCodeOf(chain: readonly unknown[]): string {
  for (const cause of chain) {
    if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
    // Happy eyeballs: a host with several addresses fails with one error for each.
    if (cause instanceof AggregateError) return systemCodeOf(cause.errors);
  }
  return '';
}
