import { inspect } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import type { EditorWindow } from './editorWindow.ts';
import type { HostInstall } from './install.ts';
import { openHostWindow } from './page.ts';
import { type HostServer, startHostServer } from './server.ts';
import { timeLimits } from './timeLimits.ts';
import { startUiBridge, type UiBridge } from './uiBridge.ts';

export interface TestModeOptions {
  readonly install: HostInstall;
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** The extension's folder, absolute. */
  readonly extension: string;
  /** A CommonJS file whose `run()` resolves when all is well. */
  readonly tests: string;
  readonly extensionsFolder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly screenshots: string;
  /** Gets what the editor and its extension host write to their consoles. */
  readonly onLog: (line: string) => void;
  readonly limitMs?: number;
}

/** Environment variable with the address of the UI bridge. */
const bridgeVariable = 'CODEGEN_LAB_UI_BRIDGE';

/** Runs tests in the extension host of a real window. Returns their exit code; rejects when they never ended. */
export async function runInTestMode(options: TestModeOptions, signal: AbortSignal): Promise<number> {
  const window = createDeferred<EditorWindow>();
  const end = createDeferred<number>();
  const limit = options.limitMs ?? timeLimits.suiteMs;
  const timer = setTimeout(() => end.reject(new Error(`The tests did not end in ${limit / 1000} s.`)), limit);
  const onAbort = () => end.reject(new Error('The tests were cancelled.'));
  signal.addEventListener('abort', onAbort, { once: true });
  const bridge = await startUiBridge(window.promise);
  let host: { readonly server: HostServer; readonly browser: Browser } | undefined;
  try {
    signal.throwIfAborted();
    host = await startHost(options, bridge);
    void host.server.ended.then(() => end.reject(new Error('The editor ended before the tests did.')));
    const opening = openTestWindow(host, options, end);
    opening.then(window.resolve, (error: unknown) => {
      window.reject(error);
      end.reject(error);
    });
    return await end.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    await Promise.all([host?.browser.close(), host?.server.stop(), bridge.close()]);
  }
}

async function startHost(options: TestModeOptions, bridge: UiBridge) {
  const server = await startHostServer({
    install: options.install,
    trusted: true,
    testMode: true,
    ...(options.extensionsFolder ? { extensionsFolder: options.extensionsFolder } : {}),
    environment: { [bridgeVariable]: bridge.address },
  });
  try {
    return { server, browser: await launchBrowser() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function openTestWindow(
  { server, browser }: { readonly server: HostServer; readonly browser: Browser },
  options: TestModeOptions,
  end: Deferred<number>,
): Promise<EditorWindow> {
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  const prepare = async (page: Page): Promise<void> => {
    page.once('crash', () => end.reject(new Error('The browser page crashed.')));
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
      options.onLog(`[${type}] ${args.map(renderArgument).join(' ')}`),
    );
    await page.exposeFunction('codeAutomationExit', (code: number) => end.resolve(code));
  };
  return openHostWindow(browser, server, {
    folder: options.folder,
    screenshots: options.screenshots,
    ...(options.settings ? { settings: options.settings } : {}),
    payload: {
      extensionDevelopmentPath: remote(options.extension),
      extensionTestsPath: remote(options.tests),
      skipWelcome: 'true',
    },
    prepare,
  });
}

function renderArgument(argument: unknown): string {
  return typeof argument === 'string' ? argument : inspect(argument);
}
