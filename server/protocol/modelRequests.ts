import type { NotificationName, RequestName } from './requests.ts';

// From client to server.
/** Whom one may choose, in the order in which they are offered. */
export const listProviders: RequestName<Record<string, never>, readonly OfferedProvider[]> = {
  method: 'codegenLab/listProviders',
};
/** What a provider can be asked for, as it says itself now, with the user's key; this is how a key is tried, too. */
export const listModels: RequestName<
  { readonly provider: string; readonly baseUrl?: string },
  OfferedModels
> = { method: 'codegenLab/listModels' };
/** A piece of an answer that the server asked for with `askEditorModel`. */
export const editorModelPart: NotificationName<{ readonly call: string; readonly part: EditorModelPart }> = {
  method: 'codegenLab/editorModelPart',
};

// From server to client.
/** A provider refused the key, or needs one: said once for each key. */
export const keyRefused: NotificationName<{
  readonly provider: string;
  readonly label: string;
  readonly hadKey: boolean;
}> = { method: 'codegenLab/keyRefused' };
/** The models of the editor that this person has. */
export const listEditorModels: RequestName<Record<string, never>, readonly OfferedModel[]> = {
  method: 'codegenLab/listEditorModels',
};
/** Asks one of them; its parts come as `editorModelPart` before the answer of this request, and are all of its text. */
export const askEditorModel: RequestName<EditorModelQuestion, EditorModelEnd> = {
  method: 'codegenLab/askEditorModel',
};

export interface OfferedProvider {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Empty where no name can be expected. */
  readonly suggestedModel: string;
  readonly needsKey: boolean;
  /** Where it answers must be known first; what the user set, or empty. */
  readonly asksBaseUrl: boolean;
  /** Where its key would come from, after "from"; missing: there is none. */
  readonly keyFrom?: string;
}

export type OfferedModels =
  | { readonly kind: 'listed'; readonly models: readonly OfferedModel[] }
  /** `code`: as of a failed call, such as `model.unauthorized`. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** It has no list. */
  | { readonly kind: 'unlisted' };

export interface OfferedModel {
  readonly id: string;
  readonly label?: string;
  readonly contextTokens?: number;
  /** USD for a million tokens of input and of answer; missing: not known. */
  readonly price?: { readonly input: number; readonly output: number };
}

export interface EditorModelQuestion {
  /** Names the call in `editorModelPart`. */
  readonly call: string;
  readonly model: string;
  readonly system: string;
  readonly messages: readonly EditorModelMessage[];
  readonly tools: readonly {
    readonly name: string;
    readonly description: string;
    readonly input: Readonly<Record<string, unknown>>;
  }[];
}

export interface EditorModelMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly toolCalls?: readonly EditorToolCall[];
  readonly toolResults?: readonly {
    readonly call: string;
    readonly text: string;
    readonly failed: boolean;
  }[];
}

export interface EditorToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON. */
  readonly input: string;
}

export type EditorModelPart =
  | { readonly type: 'text' | 'thinking'; readonly text: string }
  | { readonly type: 'toolCall'; readonly call: EditorToolCall };

export type EditorModelEnd =
  /** `inputTokens` and `outputTokens`: as the editor counts them, which is not what is billed; 0: it does not. */
  | {
      readonly kind: 'answered';
      readonly model: string;
      /** How many parts there were: the last of them may come after this. */
      readonly parts: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  | { readonly kind: 'failed'; readonly why: EditorModelFault; readonly message: string };

/** What the editor's interface distinguishes; `quota`: blocked, by its limits or by a filter. */
export type EditorModelFault = 'no-consent' | 'quota' | 'not-found' | 'cancelled' | 'other';
