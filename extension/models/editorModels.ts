import * as vscode from 'vscode';
import {
  askEditorModel,
  editorModelPart,
  listEditorModels,
  type EditorModelEnd,
  type EditorModelMessage,
  type EditorModelQuestion,
  type EditorModelPart,
  type OfferedModel,
} from '../../server/protocol/modelRequests.ts';
import type { ServerConnection } from '../server/serverConnection.ts';
import { toEditorFault } from './editorFault.ts';

/** Lends the editor's own models to the server: those that the person has, with the consent that the editor asks for. */
export function lendEditorModels(server: ServerConnection): void {
  server.onRequest(listEditorModels, () => listModels());
  server.onRequest(askEditorModel, async (question, token) => {
    const { call } = question;
    try {
      return await ask(question, (part) => server.notify(editorModelPart, { call, part }), token);
    } catch (error) {
      return token.isCancellationRequested
        ? { kind: 'failed', why: 'cancelled', message: 'The call was cancelled.' }
        : toEditorFault(error, question.model);
    }
  });
}

async function listModels(): Promise<readonly OfferedModel[]> {
  const models = await vscode.lm.selectChatModels();
  return models.map(({ vendor, id, name, maxInputTokens }) => ({
    id: `${vendor}/${id}`,
    label: name,
    contextTokens: maxInputTokens,
  }));
}

/** By vendor and id or family, or by one of these alone; undefined: this person has no such model. */
async function findModel(name: string): Promise<vscode.LanguageModelChat | undefined> {
  const models = await vscode.lm.selectChatModels();
  const isCalled = ({ vendor, id, family }: vscode.LanguageModelChat): boolean =>
    [`${vendor}/${id}`, id, `${vendor}/${family}`, family].includes(name);
  return models.find(({ vendor, id }) => `${vendor}/${id}` === name) ?? models.find(isCalled);
}

async function ask(
  question: EditorModelQuestion,
  tell: (part: EditorModelPart) => void,
  token: vscode.CancellationToken,
): Promise<EditorModelEnd> {
  const model = await findModel(question.model);
  if (!model) {
    const message = `The editor has no model "${question.model}". Choose another one with Choose Model.`;
    return { kind: 'failed', why: 'not-found', message };
  }
  const messages = toMessages(question);
  const { stream } = await model.sendRequest(messages, toOptions(question), token);
  let text = '';
  let parts = 0;
  for await (const part of stream) {
    const told = toPart(part);
    if (!told) continue;
    if (told.type === 'text') text += told.text;
    tell(told);
    parts += 1;
  }
  const [inputTokens, outputTokens] = await Promise.all([count(model, messages), count(model, [text])]);
  return { kind: 'answered', model: `${model.vendor}/${model.id}`, parts, inputTokens, outputTokens };
}

function toOptions({ tools }: EditorModelQuestion): vscode.LanguageModelChatRequestOptions {
  return {
    justification: 'A rule of this workspace asks it to write code, which you review.',
    ...(tools.length > 0 && {
      tools: tools.map(({ name, description, input }) => ({ name, description, inputSchema: input })),
    }),
  };
}

/** There are no system messages here: the first message of the user holds that text. */
function toMessages({ system, messages }: EditorModelQuestion): vscode.LanguageModelChatMessage[] {
  const first = system === '' ? [] : [vscode.LanguageModelChatMessage.User(system)];
  return [...first, ...messages.map(toMessage)];
}

function toMessage(message: EditorModelMessage): vscode.LanguageModelChatMessage {
  const { role, text, toolCalls = [], toolResults = [] } = message;
  const texts = text === '' ? [] : [new vscode.LanguageModelTextPart(text)];
  if (role === 'assistant') {
    const calls = toolCalls.map(
      ({ id, name, input }) => new vscode.LanguageModelToolCallPart(id, name, parseInput(input)),
    );
    return vscode.LanguageModelChatMessage.Assistant([...texts, ...calls]);
  }
  const results = toolResults.map(
    ({ call, text: said }) =>
      new vscode.LanguageModelToolResultPart(call, [new vscode.LanguageModelTextPart(said)]),
  );
  return vscode.LanguageModelChatMessage.User([...results, ...texts]);
}

function parseInput(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // The model wrote no JSON, and was told so by the result of its call.
    return {};
  }
}

/** Parts of kinds that are newer than this extension are left out. */
function toPart(part: unknown): EditorModelPart | undefined {
  if (part instanceof vscode.LanguageModelTextPart) return { type: 'text', text: part.value };
  if (part instanceof vscode.LanguageModelToolCallPart) {
    const { callId: id, name, input } = part;
    return { type: 'toolCall', call: { id, name, input: JSON.stringify(input) } };
  }
  return undefined;
}

/** As the model's own tokenizer says; what is billed may differ. 0 when it does not say. */
async function count(
  model: vscode.LanguageModelChat,
  texts: readonly (string | vscode.LanguageModelChatMessage)[],
): Promise<number> {
  try {
    const counts = await Promise.all(texts.map((text) => model.countTokens(text)));
    return Math.round(counts.reduce((sum, tokens) => sum + tokens, 0));
  } catch {
    return 0;
  }
}
