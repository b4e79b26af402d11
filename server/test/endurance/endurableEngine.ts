import { join } from 'node:path';
import { createEnvironmentSecrets } from '../../adapters/models/environmentSecrets.ts';
import { composeEngine } from '../../composeEngine.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ModelEvent, ModelProvider, ModelRequest } from '../../engine/ports/models.ts';
import { unsetSettings } from '../../engine/settings.ts';

/** What every rule and every file of these plays is. */
export const notesFolder = 'notes';

/** A note after so many saves: one line that the rule is about, and many that make its writing take a while. */
export function noteText(save: number): string {
  const lines = Array.from({ length: 400 }, (_, at) => `Line ${at} of what is kept as it is.`);
  return [`Saved ${save}.`, ...lines, ''].join('\n');
}

/** The same with the edit: a second one would be seen. */
export function editedNote(save: number): string {
  return noteText(save).replace('.\n', '. Edited.\n');
}

/** A rule that edits notes. */
export const noteRule = [
  '---',
  'on: save',
  `globs: ${notesFolder}/**`,
  'debounce: 20ms',
  'actions:',
  '  - type: generate',
  '    message: Say that the note was edited.',
  '---',
  '',
].join('\n');

/** An engine with all real adapters and everything allowed; the model at the other end edits the first line of a note. */
export function createEndurableEngine(
  storage: string,
  told: (message: string) => void = () => undefined,
): Engine {
  const ignore = (): void => undefined;
  const { engine } = composeEngine({
    storage,
    settings: {
      ...unsetSettings,
      approval: 'auto',
      ai: { ...unsetSettings.ai, enabled: true, provider: 'editor', model: 'scripted' },
    },
    trusted: true,
    interactive: true,
    builtinRules: join(import.meta.dirname, '../../../rules'),
    environment: process.env,
    secrets: createEnvironmentSecrets({}),
    editorModels: noteEditor,
    terminal: { open: () => ({ write: ignore, close: ignore, stopped: new AbortController().signal }) },
    log: { error: told, warn: told, info: ignore, debug: ignore, trace: ignore },
    consent: (kept) => ({ ...kept, isTrusted: () => true, approvalOf: async () => 'allowed' }),
  });
  return engine;
}

const noteEditor: ModelProvider = {
  id: 'editor',
  async *ask(request): AsyncGenerator<ModelEvent> {
    const text = editOf(request);
    const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, estimated: false };
    yield { type: 'text', text };
    yield { type: 'done', text, stop: 'complete', usage, model: request.model };
  },
};

/** Adds to the first line whatever it is: an edit that is applied twice stands there twice. */
function editOf({ messages }: ModelRequest): string {
  const asked = messages.map(({ text }) => text).join('\n');
  const [path = ''] = new RegExp(String.raw`${notesFolder}/\w+\.txt`, 'u').exec(asked) ?? [];
  const [line = ''] = /^(?:\s*\d+\s*\|\s*)?Saved \d+\..*$/mu.exec(asked) ?? [];
  const first = line.slice(Math.max(0, line.indexOf('Saved')));
  return [
    path,
    '```',
    '<<<<<<< SEARCH',
    first,
    '=======',
    `${first} Edited.`,
    '>>>>>>> REPLACE',
    '```',
    '',
  ].join('\n');
}
