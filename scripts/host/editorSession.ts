import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import type { EditorWindow } from './editorWindow.ts';
import type { HostInstall } from './install.ts';
import { openHostWindow, type WindowOptions } from './page.ts';
import { type HostServer, startHostServer } from './server.ts';

export interface SessionOptions {
  readonly install: HostInstall;
  /** VSIX files that every window has installed. */
  readonly vsix: readonly string[];
  /** Where screenshots are written. */
  readonly screenshots: string;
}

export interface SessionWindowOptions extends Pick<WindowOptions, 'folder' | 'settings' | 'theme' | 'size'> {
  /** Otherwise the window opens in Restricted Mode. */
  readonly trusted: boolean;
  /** For a window that must not find what an extension has stored from another one. */
  readonly ownServer?: boolean;
}

/**
 * Windows as a user has them: extensions installed from their VSIX, no test in the extension host, real dialogs and
 * toasts. One Chromium serves all; windows with the same trust share a server, and with it the settings: those of the
 * last window that was opened hold for all that are still open.
 */
export class EditorSession {
  readonly #options: SessionOptions;
  readonly #servers = new Map<string, Promise<HostServer>>();
  readonly #windows = new Set<EditorWindow>();
  #browser: Promise<Browser> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The windows that have not been closed, in the order in which they were opened. */
  get windows(): readonly EditorWindow[] {
    return [...this.#windows].filter((window) => !window.page.isClosed());
  }

  async open(options: SessionWindowOptions): Promise<EditorWindow> {
    this.#browser ??= launchBrowser({ exitOnSignal: true });
    const [browser, server] = await Promise.all([this.#browser, this.#server(options)]);
    const { screenshots } = this.#options;
    const window = await openHostWindow(browser, server, { ...options, screenshots });
    this.#windows.add(window);
    return window;
  }

  /** Where the windows with this trust keep what a user's editor keeps, until `close`; undefined before there was one. */
  async userFolder(trusted: boolean): Promise<string | undefined> {
    return (await this.#servers.get(trusted ? 'trusted' : 'restricted'))?.userFolder;
  }

  /** Ends everything that was started. Never rejects. */
  async close(): Promise<void> {
    const browser = await this.#browser?.catch(() => undefined);
    await browser?.close().catch(() => undefined);
    const servers = [...this.#servers.values()];
    await Promise.all(servers.map((server) => server.then(({ stop }) => stop()).catch(() => undefined)));
  }

  #server({ trusted, ownServer = false }: SessionWindowOptions): Promise<HostServer> {
    const key = ownServer ? `own ${this.#servers.size}` : trusted ? 'trusted' : 'restricted';
    const { install, vsix } = this.#options;
    const server = this.#servers.get(key) ?? startHostServer({ install, vsix, trusted });
    this.#servers.set(key, server);
    return server;
  }
}
