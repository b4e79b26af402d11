import { join } from 'node:path';
import { resolveSettings } from '../../extension/settings.ts';
import { composeEngine } from '../../server/composeEngine.ts';
import type { RunningEngine } from '../../server/engine/engine.ts';
import type { Log } from '../../server/engine/ports/log.ts';

export const neverAborted = new AbortController().signal;

const nothing = (): void => undefined;
const quietLog: Log = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The real engine over the real disk, without a face. A model is chosen, so that rules fire; it is never reached. */
export function createQuietEngine(root: string, storage: string): RunningEngine {
  const settings = resolveSettings(() => undefined);
  return composeEngine({
    storage,
    settings: { ...settings, ai: { enabled: true, provider: 'ollama', model: 'none', baseUrl: '' } },
    trusted: true,
    interactive: false,
    builtinRules: join(root, 'rules'),
    environment: process.env,
    secrets: { read: () => Promise.resolve(undefined) },
    terminal: { open: () => ({ write: nothing, close: nothing, stopped: neverAborted }) },
    log: quietLog,
  });
}
