import type OpenAI from 'openai';
import { APIError } from 'openai';
import type { ModelFault, ModelRequest } from '../../engine/ports/models.ts';
import type { Endpoint } from './endpoint.ts';
import { toEndpointFault, toTransportFault, type FaultContext } from './toModelFault.ts';

export type Connect = (key: string | undefined, timeoutMs: number) => OpenAI;

/** What one answer is read with. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly request: ModelRequest;
  readonly connect: Connect;
}

/** An error of the SDK as a fault, whichever protocol was spoken. */
export function toOpenaiFault(error: unknown, context: FaultContext): ModelFault {
  const reported: APIError | undefined = error instanceof APIError ? error : undefined;
  if (!reported || (reported.status === undefined && reported.error === undefined))
    return toTransportFault(error, context);
  return toEndpointFault(
    {
      status: reported.status,
      type: reported.type ?? '',
      code: reported.code ?? '',
      message: messageOf(reported.error),
      headers: reported.headers,
    },
    context,
  );
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null || !('message' in error)) return '';
  return typeof error.message === 'string' ? error.message : '';
}
