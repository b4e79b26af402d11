import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { timeLimits } from './timeLimits.ts';

const lookAgainMs = 20;

export interface EditorWindowOptions {
  readonly folder: string;
  readonly dataFolder: string;
  /** Where `screenshot(name)` writes `name.png`. */
  readonly screenshots: string;
}

/** What a person does in a window of VS Code and sees there, by keyboard, mouse and screen alone. */
export class EditorWindow {
  readonly page: Page;
  /** The workspace folder, absolute. */
  readonly folder: string;
  /** What the editor keeps of all its windows, absolute: settings, logs, storage of extensions. */
  readonly dataFolder: string;
  readonly #screenshots: string;
  readonly #quickInput: QuickInput;
  readonly #notifications: Notifications;

  constructor(page: Page, { folder, dataFolder, screenshots }: EditorWindowOptions) {
    this.page = page;
    this.folder = folder;
    this.dataFolder = dataFolder;
    this.#screenshots = screenshots;
    this.#quickInput = new QuickInput(page);
    this.#notifications = new Notifications(page, () => this.runCommand('Notifications: Show Notifications'));
  }

  /** Opens a file by its name or path in the workspace and puts the cursor into it. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await this.#quickInput.find(path, name);
    await this.page.locator('.tab.active', { hasText: name }).first().waitFor();
    await this.#focusedEditor().waitFor();
  }

  /** Runs a command as the palette shows it: `Codegen Lab: Run Rule`. */
  async runCommand(title: string): Promise<void> {
    await this.#quickInput.find(`>${title}`, title);
  }

  /** Picks an entry of the list that is open (a quick pick of a command), by its label. */
  async pickEntry(label: string): Promise<void> {
    await this.#quickInput.pick(label);
  }

  /** Answers the input box that shows this title. */
  async answerInput(text: string, title: string): Promise<void> {
    await this.#quickInput.answer(text, title);
  }

  /** Moves the cursor of the file that is open; both count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.#quickInput.goTo(`:${line}:${column}`);
    await this.#focusedEditor().waitFor();
    await this.waitForStatus(`Ln ${line}, Col ${column}`);
  }

  /** Types into the editor in front, key by key: it closes brackets and indents as it does for a person. */
  async type(text: string): Promise<void> {
    await this.#enter(() => this.page.keyboard.type(text));
  }

  /** Puts text into the editor in front as it is, as a paste does. */
  async insert(text: string): Promise<void> {
    await this.#enter(() => this.page.keyboard.insertText(text));
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Saves the file that is open and has changes, and waits until its tab says that it is saved. */
  async save(): Promise<void> {
    const changed = this.page.locator('.editor-group-container.active .tab.active.dirty');
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

  /** What the notifications say that show now, newest first. */
  async notifications(): Promise<readonly string[]> {
    return this.#notifications.texts();
  }

  /** Waits for a notification that says this, and returns its whole text. */
  async waitForNotification(text: string | RegExp): Promise<string> {
    return this.#notifications.waitFor(text);
  }

  /** Waits for a notification that says this, clicks one of its buttons and returns its whole text. */
  async answerNotification(text: string | RegExp, button: string): Promise<string> {
    return this.#notifications.answer(text, button);
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
    const rows = await this.#showProblems();
    const empty = this.page.locator('.markers-panel .message-box-container:visible');
    await rows.or(empty).first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  /** Waits until the Problems panel lists one that says this. Opens the panel. */
  async waitForProblem(text: string | RegExp): Promise<void> {
    const rows = await this.#showProblems();
    await rows.filter({ hasText: text }).first().waitFor();
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

  async #showProblems(): Promise<Locator> {
    await this.runCommand('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  #focusedEditor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor.focused').first();
  }

  /** Keys that are pressed before the editor has the focus go elsewhere; so it is waited for, and for their effect. */
  async #enter(write: () => Promise<void>): Promise<void> {
    const editor = this.#focusedEditor();
    await editor.waitFor();
    const lines = editor.locator('.view-lines');
    const before = await lines.innerHTML();
    await write();
    const deadline = Date.now() + timeLimits.actionMs;
    while ((await lines.innerHTML()) === before) {
      if (Date.now() > deadline) throw new Error('The editor shows nothing of what was typed.');
      await this.page.waitForTimeout(lookAgainMs);
    }
  }
}
