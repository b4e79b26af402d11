import { CancellationTokenSource, type CancellationToken, type Connection } from 'vscode-languageserver/node';
import type {
  ListedModel,
  ModelDone,
  ModelEvent,
  ModelFault,
  ModelFaultCode,
  ModelProvider,
  ModelRequest,
  ToolCall,
} from '../engine/ports/models.ts';
import {
  askEditorModel,
  editorModelPart,
  listEditorModels,
  type EditorModelEnd,
  type EditorModelFault,
  type EditorModelPart,
  type EditorModelQuestion,
} from '../protocol/modelRequests.ts';

/** The way to the editor, as far as its models are concerned. */
export interface EditorModelChannel {
  /** null: this editor does not know the question. */
  ask(question: EditorModelQuestion, token: CancellationToken): Promise<EditorModelEnd | null>;
  list(token: CancellationToken): Promise<readonly ListedModel[] | null>;
  /** Called once, before anything is asked. */
  onPart(listener: (call: string, part: EditorModelPart) => void): void;
}

export function channelOf(connection: Connection): EditorModelChannel {
  return {
    ask: (question, token) =>
      connection.sendRequest<EditorModelEnd | null>(askEditorModel.method, question, token),
    list: (token) =>
      connection.sendRequest<readonly ListedModel[] | null>(listEditorModels.method, {}, token),
    onPart: (listener) => {
      connection.onNotification(
        editorModelPart.method,
        ({ call, part }: { readonly call: string; readonly part: EditorModelPart }) => listener(call, part),
      );
    },
  };
}

const defaultIdleMs = 90_000;

/** The models that the person has in the editor, asked through the extension. They take no limit of the answer. */
export function createEditorModels(channel: EditorModelChannel, idleMs = defaultIdleMs): ModelProvider {
  const calls = new Map<string, (part: EditorModelPart) => void>();
  let count = 0;
  channel.onPart((call, part) => calls.get(call)?.(part));
  return {
    id: 'editor',
    async *ask(request, signal): AsyncGenerator<ModelEvent> {
      const id = String(++count);
      const call = new Call(request, idleMs, signal);
      calls.set(id, (part) => call.take(part));
      try {
        yield* call.run((token) => channel.ask(toQuestion(id, request), token));
      } finally {
        calls.delete(id);
        call.close();
      }
    },
    async list(signal) {
      const source = new CancellationTokenSource();
      const stopped = new Promise<undefined>((resolve) => {
        if (signal.aborted) resolve(undefined);
        signal.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      try {
        const models = await Promise.race([channel.list(source.token), stopped]);
        if (models) return { type: 'listed', models };
        return signal.aborted ? cancelled : unreachable;
      } catch {
        return unreachable;
      } finally {
        source.cancel();
        source.dispose();
      }
    },
  };
}

function toQuestion(
  call: string,
  { model, system, messages, tools = [] }: ModelRequest,
): EditorModelQuestion {
  return { call, model, system, messages, tools };
}

/** One answer: what came so far, and who waits for more. */
class Call {
  readonly #request: ModelRequest;
  readonly #idleMs: number;
  readonly #signal: AbortSignal;
  readonly #source = new CancellationTokenSource();
  // Made at once: a source without a token cannot be cancelled twice.
  readonly #token = this.#source.token;
  readonly #waiting: EditorModelPart[] = [];
  readonly #toolCalls: ToolCall[] = [];
  readonly #deadline: NodeJS.Timeout;
  #idle: NodeJS.Timeout | undefined;
  #text = '';
  #received = 0;
  #answered: EditorModelEnd | undefined;
  #final: ModelDone | ModelFault | undefined;
  #wake: () => void = () => undefined;

  constructor(request: ModelRequest, idleMs: number, signal: AbortSignal) {
    this.#request = request;
    this.#idleMs = idleMs;
    this.#signal = signal;
    this.#deadline = setTimeout(() => this.#end(timedOut(request.timeoutMs)), request.timeoutMs);
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  async *run(ask: (token: CancellationToken) => Promise<EditorModelEnd | null>): AsyncGenerator<ModelEvent> {
    if (!this.#final) {
      ask(this.#token).then(
        (end) => {
          if (!end) return this.#end(unreachable);
          this.#answered = end;
          return this.#settle();
        },
        // The reason is of the connection, not of the model.
        () => this.#end(unreachable),
      );
    }
    for (;;) {
      // A fault ends the call at once; an answer is read to its end first.
      const part = this.#final?.type === 'failed' ? undefined : this.#waiting.shift();
      if (part) {
        yield this.#tell(part);
      } else if (this.#final) {
        yield this.#final;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    }
  }

  /** The first part may take as long as the whole call; later ones may not. */
  take(part: EditorModelPart): void {
    if (this.#final) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(stalled(this.#idleMs)), this.#idleMs);
    if (part.type === 'text') this.#text += part.text;
    if (part.type === 'toolCall') this.#toolCalls.push(part.call);
    this.#received += 1;
    this.#waiting.push(part);
    this.#settle();
    this.#wake();
  }

  close(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#idle);
    this.#signal.removeEventListener('abort', this.#onAbort);
    this.#source.cancel();
    this.#source.dispose();
  }

  readonly #onAbort = (): void => this.#end(cancelled);

  #end(final: ModelDone | ModelFault): void {
    if (this.#final) return;
    this.#final = final;
    if (final.type === 'failed') this.#source.cancel();
    this.#wake();
  }

  /** The end may overtake the last parts. */
  #settle(): void {
    const end = this.#answered;
    if (end && (end.kind === 'failed' || end.parts <= this.#received)) this.#end(this.#finalOf(end));
  }

  #tell(part: EditorModelPart): ModelEvent {
    return part.type === 'toolCall' ? { type: 'toolCall', call: part.call } : part;
  }

  /** The editor's interface gives no reason for a stop: an answer that ends without an error is whole. */
  #finalOf(end: EditorModelEnd): ModelDone | ModelFault {
    if (end.kind === 'failed') return toFault(end.why, end.message);
    const waitsForTools = this.#toolCalls.length > 0;
    return {
      type: 'done',
      stop: waitsForTools ? (this.#request.tools?.length ? 'tools' : 'other') : 'complete',
      text: this.#text,
      ...(waitsForTools && { toolCalls: this.#toolCalls }),
      usage: {
        input: end.inputTokens,
        output: end.outputTokens,
        cacheRead: 0,
        cacheWrite: 0,
        estimated: true,
      },
      model: end.model,
    };
  }
}

const codes: Readonly<Record<EditorModelFault, ModelFaultCode>> = {
  'no-consent': 'model.no-consent',
  quota: 'model.spend-limit',
  'not-found': 'model.not-found',
  cancelled: 'model.cancelled',
  other: 'model.server-error',
};

function toFault(why: EditorModelFault, message: string): ModelFault {
  return { type: 'failed', code: codes[why], message, retryable: why === 'other' };
}

const cancelled = toFault('cancelled', 'The call was cancelled.');

const unreachable: ModelFault = {
  type: 'failed',
  code: 'model.unreachable',
  message:
    "The editor did not answer for its models. Here they are asked through the editor's extension alone.",
  retryable: false,
};

function timedOut(ms: number): ModelFault {
  const message = `The model did not finish within ${Math.ceil(ms / 1000)} s. Raise the time limit, or ask for less.`;
  return { type: 'failed', code: 'model.timeout', message, retryable: false };
}

function stalled(ms: number): ModelFault {
  const message = `The model sent nothing for ${Math.ceil(ms / 1000)} s in the middle of its answer.`;
  return { type: 'failed', code: 'model.stalled', message, retryable: true };
}
