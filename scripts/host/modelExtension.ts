import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As people write it in front of a model's name. */
const modelVendor = 'scripted-vendor';

const manifest = {
  name: 'scripted-models',
  publisher: 'host-test',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  activationEvents: ['onStartupFinished'],
  contributes: {
    languageModelChatProviders: [{ vendor: modelVendor, displayName: 'Scripted models' }],
  },
};

const main = `
const vscode = require('vscode');
let behaviour = { kind: 'fail', code: 'Blocked' };
const asked = [];
let cancelled = 0;
const information = {
  id: 'one', name: 'The First', family: 'first', version: '1',
  maxInputTokens: 8000, maxOutputTokens: 2000, capabilities: { toolCalling: true },
};
const textOf = (message) => message.content.map((part) => part.value ?? '').join('');
const provider = {
  provideLanguageModelChatInformation: () => [information],
  provideTokenCount: (model, text) => (typeof text === 'string' ? text : textOf(text)).length,
  async provideLanguageModelChatResponse(model, messages, options, progress, token) {
    asked.push({ model: model.id, texts: messages.map(textOf) });
    token.onCancellationRequested(() => (cancelled += 1));
    if (behaviour.kind === 'fail') throw vscode.LanguageModelError[behaviour.code]('Scripted ' + behaviour.code + '.');
    for (const text of behaviour.texts) progress.report(new vscode.LanguageModelTextPart(text));
    if (behaviour.hangs) await new Promise((resolve) => token.onCancellationRequested(resolve));
  },
};
exports.activate = (context) => context.subscriptions.push(
  vscode.lm.registerLanguageModelChatProvider('${modelVendor}', provider),
  vscode.commands.registerCommand('scriptedModels.behave', (next) => { behaviour = next; }),
  vscode.commands.registerCommand('scriptedModels.asked', () => ({ asked, cancelled })),
);
`;

/**
 * Writes an extension that registers a model, `scripted-vendor/one`. `scriptedModels.behave` says what it does from then on:
 * `{ kind: 'answer', texts, hangs? }` or `{ kind: 'fail', code }`; `scriptedModels.asked` tells what it was asked.
 */
export function createModelExtension(folder: string): string {
  const extension = join(folder, 'scripted-models');
  mkdirSync(extension, { recursive: true });
  writeFileSync(join(extension, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(extension, 'main.cjs'), main);
  return extension;
}
