import { join } from 'node:path';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type ErrorHandler,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { workspace, type LogOutputChannel } from 'vscode';
import type { ServerOptions } from '../../server/protocol/requests.ts';
import { isTraceable } from './traceFilter.ts';

export interface LanguageClientSetup {
  /** Absolute path of the server's bundle. */
  readonly module: string;
  readonly output: LogOutputChannel;
  /** Asked at every start, so that a restart sees today's settings. */
  readonly initializationOptions: () => ServerOptions;
  /** Called when the server died; true to start it again. */
  readonly onDidCrash: () => boolean;
}

/** Built as a bundle of its own: the client library is large, and activation must not read it. */
export function createLanguageClient(setup: LanguageClientSetup): LanguageClient {
  // From its second start on, the server need not be compiled anew. It lies with the user's data, because whoever can
  // write there decides what the server runs.
  const codeCache = join(setup.initializationOptions().storage, 'code-cache');
  const options = { env: { NODE_COMPILE_CACHE: codeCache } };
  const run = { module: setup.module, transport: TransportKind.ipc, options };
  return new LanguageClient('codegenLab', 'Codegen Lab', { run, debug: run }, clientOptions(setup));
}

function clientOptions(setup: LanguageClientSetup): LanguageClientOptions {
  return {
    // Rules fire on any file; authoring finds its files by name, whatever language id an editor gives them.
    documentSelector: [{ scheme: 'file' }],
    initializationOptions: setup.initializationOptions,
    outputChannel: setup.output,
    traceOutputChannel: withoutSecrets(setup.output),
    errorHandler: createErrorHandler(setup.onDidCrash),
    // A hover over a rule leads to what rules do with a file; what a rule file itself writes can call nothing else.
    markdown: { isTrusted: { enabledCommands: ['codegenLab.explainRules'] } },
    initializationFailedHandler: () => false,
    diagnosticPullOptions: { onChange: true, onSave: true },
    synchronize: {
      // What comes, changes and goes may concern a rule, whoever does it.
      fileEvents: workspace.createFileSystemWatcher('**/*'),
    },
  };
}

function createErrorHandler(onDidCrash: () => boolean): ErrorHandler {
  return {
    error: (_error, _message, count) => ({
      action: (count ?? 0) > 3 ? ErrorAction.Shutdown : ErrorAction.Continue,
      handled: true,
    }),
    closed: () => ({
      action: onDidCrash() ? CloseAction.Restart : CloseAction.DoNotRestart,
      handled: true,
    }),
  };
}

/** The same channel, but for trace lines that a log must not hold. */
function withoutSecrets(output: LogOutputChannel): LogOutputChannel {
  return new Proxy(output, {
    get(target, key) {
      if (key === 'trace') return (line: string) => isTraceable(line) && target.trace(line);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
