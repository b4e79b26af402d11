import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeEngine, type Composition } from '../composeEngine.ts';
import type { RunningEngine } from '../engine/engine.ts';
import { defaultModelSettings } from '../protocol/modelSettings.ts';
import type { EditorSettings } from '../protocol/requests.ts';
import {
  startFakeModelServer,
  type FakeModelServer,
  type FakePages,
  type FakeScript,
} from './fakeModelServer/fakeModelServer.ts';

const fixtures = fileURLToPath(new URL('../../test-fixtures/', import.meta.url));

export const plainSettings: EditorSettings = {
  ai: { enabled: 'unset', provider: '', model: '', baseUrl: '' },
  approval: 'preview',
  limits: { usdPerRun: 0.5, usdPerDay: 5, secondsPerRun: 600, attempts: 5, tokensPerRun: 200_000 },
  models: defaultModelSettings,
  replay: { mode: 'off', folder: '' },
  rules: {
    builtin: [],
    folders: [],
    dialects: [],
    problems: {},
    eventsOff: [],
    enabled: true,
    quietHours: true,
    byFolder: {},
  },
  tests: { pythonPath: '', timeoutSeconds: 30 },
  // What each filter does has tests of its own; everywhere else they would only take their time.
  generatedTests: { repetitions: 1, maxMutants: 0 },
  trace: 'off',
  proxy: '',
};

export interface SliceOptions {
  /** Folder below test-fixtures that is copied as the workspace. */
  readonly workspace?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly script: FakeScript;
  /** One that speaks a protocol of OpenAI. Default: `ollama`. */
  readonly provider?: string;
  /** What the model's server says besides answers. */
  readonly pages?: FakePages;
  readonly settings?: Partial<EditorSettings>;
  readonly trusted?: boolean;
  readonly interactive?: boolean;
  /** Who answers at once; undefined: nobody. */
  readonly person?: Composition['person'];
  /** undefined: edits land on the disk. */
  readonly edits?: Composition['edits'];
  /** undefined: there is no key. */
  readonly secrets?: Composition['secrets'];
  readonly onKeyRefused?: Composition['onKeyRefused'];
  /** Folder beside the workspace that answers are recorded into; undefined: they are not. */
  readonly recordsInto?: string;
}

/** A workspace on the disk with the real engine over it; only the model at the other end of the wire is scripted. */
export interface Slice {
  /** Holds the workspace, the storage and whatever a test puts beside them. */
  readonly home: string;
  readonly root: string;
  readonly running: RunningEngine;
  readonly models: FakeModelServer;
  /** Everything that was shown in the terminal. */
  readonly terminal: string[];
  /** What was logged for information, or as a warning. */
  readonly messages: readonly string[];
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** A second process on the same workspace and storage, as after a restart. */
  restart(): Promise<RunningEngine>;
  dispose(): Promise<void>;
}

export const neverAborted = new AbortController().signal;

export async function createSlice(options: SliceOptions): Promise<Slice> {
  const home = mkdtempSync(join(tmpdir(), 'slice-'));
  const root = join(home, 'workspace');
  if (options.workspace) cpSync(join(fixtures, options.workspace), root, { recursive: true });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(options.files ?? {})) write(path, text);
  const models = await startFakeModelServer(options.script, options.pages);
  const terminal: string[] = [];
  const messages: string[] = [];
  const engines: RunningEngine[] = [];
  const start = async (): Promise<RunningEngine> => {
    const running = compose({ home, models, terminal, messages, options });
    engines.push(running);
    await running.engine.openFolder(root, neverAborted);
    return running;
  };
  return {
    home,
    root,
    models,
    terminal,
    messages,
    running: await start(),
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined),
    write,
    restart: start,
    async dispose() {
      await Promise.all(engines.map(({ engine }) => engine.dispose()));
      await models.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

interface ComposeParts {
  readonly home: string;
  readonly models: FakeModelServer;
  readonly terminal: string[];
  readonly messages: string[];
  readonly options: SliceOptions;
}

function compose({ home, models, terminal, messages, options }: ComposeParts): RunningEngine {
  const ai = {
    enabled: true,
    provider: options.provider ?? 'ollama',
    model: 'scripted',
    baseUrl: models.openaiUrl,
  } as const;
  const silent = (): void => undefined;
  return composeEngine({
    storage: join(home, 'storage'),
    settings: {
      ...plainSettings,
      ai,
      ...(options.recordsInto !== undefined && {
        replay: { mode: 'record', folder: join(home, options.recordsInto) },
      }),
      ...options.settings,
    },
    trusted: options.trusted ?? true,
    interactive: options.interactive ?? false,
    ...(options.edits ? { edits: options.edits } : {}),
    ...(options.person ? { person: options.person } : {}),
    builtinRules: fileURLToPath(new URL('../../rules/', import.meta.url)),
    environment: process.env,
    ...(options.onKeyRefused && { onKeyRefused: options.onKeyRefused }),
    secrets: options.secrets ?? { read: () => Promise.resolve(undefined) },
    terminal: {
      open: ({ command }) => {
        terminal.push(command);
        return {
          write: (text) => terminal.push(text),
          close: (summary) => terminal.push(summary),
          stopped: neverAborted,
        };
      },
    },
    log: {
      trace: silent,
      debug: silent,
      info: (message) => messages.push(message),
      warn: (message) => messages.push(message),
      error: (message) => terminal.push(`LOG ${message}`),
    },
  });
}
