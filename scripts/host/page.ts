import type { Browser, Page } from 'playwright-core';
import { EditorWindow } from './editorWindow.ts';
import { hostSettings } from './hostSettings.ts';
import type { HostServer } from './server.ts';
import { timeLimits } from './timeLimits.ts';

export interface WindowOptions {
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** The user's settings, over those of hostSettings.ts. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly theme?: string;
  /** In pixels; 1440 x 900 by default. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Where `screenshot(name)` writes `name.png`. */
  readonly screenshots: string;
  /** What a page tells a server in test mode; see testMode.ts. */
  readonly payload?: Readonly<Record<string, string>>;
  /** Called before the editor loads. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/**
 * Opens a window on a folder: a browser context of its own, so that nothing of another window is remembered. Returns
 * when the workbench shows.
 */
export async function openHostWindow(
  browser: Browser,
  server: HostServer,
  options: WindowOptions,
): Promise<EditorWindow> {
  const theme = options.theme ? { 'workbench.colorTheme': options.theme } : {};
  server.writeSettings({ ...hostSettings, ...theme, ...options.settings });
  const context = await browser.newContext({ viewport: options.size ?? { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(timeLimits.actionMs);
  try {
    await options.prepare?.(page);
    await page.goto(server.address(options.folder, options.payload), { timeout: timeLimits.loadMs });
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: timeLimits.loadMs });
    return new EditorWindow(page, { ...options, dataFolder: server.dataFolder });
  } catch (error) {
    await context.close();
    throw error;
  }
}
