import type { TokenUsage } from '../../../protocol/runEvents.ts';
import type { ModelMessage, ModelRequest } from '../../ports/models.ts';
import validate from './cassette.validate.generated.ts';

/** One recorded answer, as its file holds it. Texts are lists of lines, so that people can read and compare them. */
export interface Cassette {
  readonly version: typeof cassetteVersion;
  readonly key: string;
  readonly answeredBy: {
    readonly provider: string;
    readonly model: string;
    /** `YYYY-MM-DD`, UTC. */
    readonly date: string;
  };
  readonly request: {
    readonly maxOutputTokens: number;
    readonly system: readonly string[];
    readonly messages: readonly { readonly role: ModelMessage['role']; readonly text: readonly string[] }[];
  };
  readonly answer: { readonly stop: 'complete'; readonly text: readonly string[] };
  readonly usage: TokenUsage;
}

export const cassetteVersion = 1;

export type CassetteResult =
  | { readonly kind: 'cassette'; readonly cassette: Cassette }
  | { readonly kind: 'broken'; readonly problem: string };

/** Total: a file that is no recording gives the reason. */
export function parseCassette(text: string): CassetteResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'broken', problem: 'it is not JSON' };
  }
  if (validate(value)) return { kind: 'cassette', cassette: value };
  const [error] = validate.errors ?? [];
  return {
    kind: 'broken',
    problem: `${error?.instancePath || 'it'} ${error?.message ?? 'has another form'}`,
  };
}

export function renderCassette(cassette: Cassette): string {
  return `${JSON.stringify(cassette, undefined, 2)}\n`;
}

export function toLines(text: string): readonly string[] {
  return text.split('\n');
}

export function fromLines(lines: readonly string[]): string {
  return lines.join('\n');
}

/** The recorded request, with its texts whole again. */
export function requestOf(cassette: Cassette): Pick<ModelRequest, 'system' | 'messages'> {
  return {
    system: fromLines(cassette.request.system),
    messages: cassette.request.messages.map(({ role, text }) => ({ role, text: fromLines(text) })),
  };
}
