import { join } from 'node:path';
import { createEnvironmentSecrets } from '../../adapters/models/environmentSecrets.ts';
import { unsetSettings } from '../../engine/settings.ts';
import { composeEngine } from '../../composeEngine.ts';

/** What the parent asks: that a file was saved. */
export interface SaveOrder {
  readonly path: string;
}

/** What it hears: the folder is open, it was decided that rules fire on a file, or nothing waits or runs. */
export type EngineAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'decided'; readonly path: string; readonly fires: boolean }
  | { readonly kind: 'idle' };

// An engine as the server has it, in a process of its own that may be killed at any moment: ROOT STORAGE.
const [root = '', storage = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const ignore = (): void => undefined;
const answer = (message: EngineAnswer): void => void process.send?.(message);

const { engine } = composeEngine({
  storage,
  settings: unsetSettings,
  trusted: true,
  interactive: true,
  builtinRules: join(import.meta.dirname, '../../../rules'),
  environment: process.env,
  secrets: createEnvironmentSecrets({}),
  terminal: { open: () => ({ write: ignore, close: ignore, stopped: signal }) },
  log: { error: ignore, warn: ignore, info: ignore, debug: ignore, trace: ignore },
  consent: (kept) => ({ ...kept, isTrusted: () => true, approvalOf: async () => 'allowed' }),
});

const save = async ({ path }: SaveOrder): Promise<void> => {
  const event = { root, path, name: 'save', origin: 'user', depth: 0 } as const;
  const firings = await engine.handleEvent(event, signal);
  answer({ kind: 'decided', path, fires: firings.some(({ fires }) => fires) });
};
process.on('message', (order: SaveOrder) => void save(order));
await engine.openFolder(root, signal);
answer({ kind: 'ready' });
setInterval(() => {
  const isBusy = engine.queue().length > 0 || engine.viewState().status.running > 0;
  if (!isBusy) answer({ kind: 'idle' });
}, 100);
