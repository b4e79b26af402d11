import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

const listAttempts = 6;
const listPatienceMs = 2_500;

/** What a person does in a window of VS Code and sees there, by keyboard, mouse and screen alone. */
export class EditorWindow {
  readonly page: Page;
  /** The workspace folder, absolute. */
  readonly folder: string;
  readonly #screenshots: string;

  constructor(page: Page, options: { readonly folder: string; readonly screenshots: string }) {
    this.page = page;
    this.folder = options.folder;
    this.#screenshots = options.screenshots;
  }

  /** Opens a file by its name or path in the workspace and puts the cursor into it. */
  async openFile(path: string): Promise<void> {
    await this.#pick(path, path.slice(path.lastIndexOf('/') + 1));
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.page.locator('.tab.active', { hasText: name }).first().waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  }

  /** Runs a command as the palette shows it: `Codegen Lab: Run Rule`. */
  async runCommand(title: string): Promise<void> {
    await this.#pick(`>${title}`, title);
  }

  /** Picks an entry of the list that is open (a quick pick of a command), by its label. */
  async pickEntry(label: string): Promise<void> {
    const entry = this.#entry(label);
    await entry.waitFor();
    await entry.click();
  }

  /** Answers an input box that is open. */
  async answerInput(text: string): Promise<void> {
    await this.page.locator('.quick-input-widget input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Moves the cursor of the file that is open; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#openQuickInput();
    await this.page.locator('.quick-input-widget input').fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Types into whatever has the focus, key by key: an editor closes brackets and indents as it does for a person. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts text in as it is, as a paste does. */
  async insert(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Saves the file that is open and has changes, and waits until its tab says that it is saved. */
  async save(): Promise<void> {
    const changed = this.page.locator('.tab.active.dirty').first();
    await changed.waitFor();
    await this.page.keyboard.press('ControlOrMeta+s');
    await changed.waitFor({ state: 'detached' });
  }

  /** Waits for a modal dialog, clicks one of its buttons and returns what it said. */
  async acceptModal(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = await dialog.innerText();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    return text;
  }

  /** What the toasts say that show now, newest first. */
  async notifications(): Promise<readonly string[]> {
    return this.#toasts().allInnerTexts();
  }

  /** Waits for a toast that says this, clicks one of its buttons and returns the toast's text. */
  async answerNotification(text: string | RegExp, button: string): Promise<string> {
    const toast = this.#toasts().filter({ hasText: text }).first();
    await toast.waitFor();
    const said = await toast.innerText();
    await toast.getByRole('button', { name: button, exact: true }).click();
    return said;
  }

  /** The status bar's items, from left to right. */
  async statusBar(): Promise<readonly string[]> {
    const texts = await this.page.locator('.statusbar .statusbar-item').allInnerTexts();
    return texts.map((text) => text.trim()).filter(Boolean);
  }

  /** Waits until the status bar has an item that says this. */
  async waitForStatus(text: string | RegExp): Promise<void> {
    await this.page.locator('.statusbar .statusbar-item', { hasText: text }).first().waitFor();
  }

  /** Waits until the window shows this text, or the part of it that a CSS selector names. */
  async waitForText(text: string | RegExp, within = '.monaco-workbench'): Promise<void> {
    await this.page.locator(within).getByText(text).first().waitFor();
  }

  /** Waits until the terminal that shows has a line that says this. */
  async waitForTerminal(text: string | RegExp): Promise<void> {
    const lines = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    await lines.filter({ hasText: text }).first().waitFor();
  }

  /** The labels of what the Problems panel lists: `message source code [Ln 3, Col 5]`. Opens the panel. */
  async problems(): Promise<readonly string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    const empty = this.page.locator('.markers-panel .message-box-container');
    await rows.first().or(empty).waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** Trusts the workspace that is open in Restricted Mode, on the page that VS Code has for it. */
  async grantTrust(): Promise<void> {
    await this.runCommand('Workspaces: Manage Workspace Trust');
    await this.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await this.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
  }

  /** Writes what the window shows, and returns the file. */
  async screenshot(name: string): Promise<string> {
    const path = join(this.#screenshots, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  /** Closes the window without a question about unsaved files. */
  async close(): Promise<void> {
    await this.page.context().close();
  }

  #toasts(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  async #openQuickInput(): Promise<void> {
    // The list moves when it is opened while still closing.
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').waitFor();
  }

  /**
   * A list that is asked too early, before files are indexed or an extension is there, does not ask again; and a
   * window that is still starting may take the focus, which closes the list.
   */
  async #pick(query: string, label: string): Promise<void> {
    const entry = this.#entry(label);
    for (let asked = 0; !(await entry.isVisible()); asked += 1) {
      if (asked === listAttempts) throw new Error(await this.#describeList(label));
      if (asked > 0) await this.page.keyboard.press('Escape');
      await this.#openQuickInput();
      await this.page.locator('.quick-input-widget input').fill(query);
      await entry.waitFor({ timeout: listPatienceMs }).catch(() => undefined);
    }
    await entry.click();
    await this.page.locator('.quick-input-widget .quick-input-filter').waitFor({ state: 'hidden' });
  }

  async #describeList(missing: string): Promise<string> {
    const labels = this.page.locator('.quick-input-list-row .label-name');
    const shown = (await labels.allInnerTexts()).slice(0, 10).join('; ');
    await this.page.keyboard.press('Escape');
    return `"${missing}" is not in the list${shown ? `, which shows: ${shown}` : ''}.`;
  }

  /** An entry's first label line is compared whole: `Run` must not find `Run Task`. */
  #entry(label: string): Locator {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    const names = this.page.locator('.quick-input-list-row .label-name', { hasText: exactly(label) });
    return rows.filter({ has: names }).first();
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
}
