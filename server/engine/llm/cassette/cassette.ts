import type { TokenUsage } from '../../../protocol/runEvents.ts';
import type { AnswerForm, ModelMessage, ModelTool, ToolCall } from '../../ports/models.ts';
import type { Question } from './requestKey.ts';
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
    readonly messages: readonly CassetteMessage[];
    readonly tools?: readonly ModelTool[];
    readonly answer?: AnswerForm;
  };
  readonly answer: {
    readonly stop: 'complete' | 'tools';
    readonly text: readonly string[];
    readonly toolCalls?: readonly ToolCall[];
  };
  readonly usage: TokenUsage;
}

export interface CassetteMessage {
  readonly role: ModelMessage['role'];
  readonly text: readonly string[];
  readonly toolCalls?: readonly ToolCall[];
  readonly toolResults?: readonly {
    readonly call: string;
    readonly text: readonly string[];
    readonly failed: boolean;
  }[];
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
export function requestOf({ request }: Cassette): Question {
  const { system, messages, tools, answer } = request;
  return {
    system: fromLines(system),
    messages: messages.map(({ role, text, toolCalls, toolResults }) => ({
      role,
      text: fromLines(text),
      ...(toolCalls && { toolCalls }),
      ...(toolResults && {
        toolResults: toolResults.map((result) => ({ ...result, text: fromLines(result.text) })),
      }),
    })),
    ...(tools && { tools }),
    ...(answer && { answer }),
  };
}

/** A request as it is written, with every text changed by `change`, such as by a redactor. */
export function recordRequest(
  { system, messages, tools, answer }: Question,
  change: (text: string) => string,
): Omit<Cassette['request'], 'maxOutputTokens'> {
  const lines = (text: string): readonly string[] => toLines(change(text));
  return {
    system: lines(system),
    messages: messages.map(({ role, text, toolCalls, toolResults }) => ({
      role,
      text: lines(text),
      ...(toolCalls && { toolCalls: recordCalls(toolCalls, change) }),
      ...(toolResults && {
        toolResults: toolResults.map((result) => ({ ...result, text: lines(result.text) })),
      }),
    })),
    ...(tools && { tools }),
    ...(answer && { answer }),
  };
}

export function recordCalls(
  calls: readonly ToolCall[],
  change: (text: string) => string,
): readonly ToolCall[] {
  return calls.map((call) => ({ ...call, input: change(call.input) }));
}
