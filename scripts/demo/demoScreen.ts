import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { EditorWindow } from '../host/editorWindow.ts';
import type { TypedEdit } from './typedEdits.ts';

const patienceMs = 250;

/** What the demo's person does in a window beyond what every test does. */
export class DemoScreen {
  readonly editor: EditorWindow;

  constructor(editor: EditorWindow) {
    this.editor = editor;
  }

  /** Opens a view of the activity bar by its name. */
  async openView(name: string): Promise<void> {
    const action = this.editor.page.locator('.activitybar .action-item', {
      has: this.editor.page.locator(`.action-label[aria-label^="${name}"]`),
    });
    const isOpen = (await action.getAttribute('aria-selected')) === 'true';
    if (!isOpen) await action.click();
    await this.editor.waitForText(name, '.part.sidebar .title-label');
  }

  /** Drags the edge of the side bar, so that its rows can be read. */
  async widenSideBar(width: number): Promise<void> {
    const { page } = this.editor;
    const box = await page.locator('.part.sidebar').boundingBox();
    if (!box) return;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width, y);
    await page.mouse.down();
    await page.mouse.move(box.x + width, y, { steps: 4 });
    await page.mouse.up();
  }

  /** Types changes into the file that is open. */
  async typeEdits(edits: readonly TypedEdit[]): Promise<void> {
    for (const { line, column, selected, text } of edits) {
      await this.editor.goTo(line, column);
      for (let count = 0; count < selected; count += 1) await this.editor.press('Shift+ArrowRight');
      await (text === '' ? this.editor.press('Delete') : this.editor.insert(text));
    }
  }

  /** Clicks the first lens that says this in the editor that has the focus. */
  async clickLens(text: string | RegExp): Promise<void> {
    await this.lens(text).first().click();
  }

  lens(text: string | RegExp): Locator {
    return this.editor.page.locator('.editor-instance .codelens-decoration a', { hasText: text });
  }

  /** Shows the lenses above the first line, which an editor that was scrolled there hides. */
  async scrollToTop(): Promise<void> {
    await this.editor.press('ControlOrMeta+Home');
    const editorBox = await this.editor.page.locator('.editor-instance .monaco-editor').first().boundingBox();
    if (!editorBox) return;
    await this.editor.page.mouse.move(editorBox.x + 300, editorBox.y + 100);
    await this.editor.page.mouse.wheel(0, -1000);
    await this.restMouse();
  }

  /** Moves the mouse to where it makes nothing appear. */
  async restMouse(): Promise<void> {
    await this.editor.page.mouse.move(700, 890);
  }

  /** Shows the first test of the file that is open, with the lenses over it. */
  async showFirstTest(path: string): Promise<void> {
    await this.editor.openFile(path);
    const lines = readFileSync(join(this.editor.folder, path), 'utf8').split('\n');
    const line = lines.findIndex((text) => /^(?:test|it|describe)\(|^(?:async )?def test_/.test(text));
    await (line < 20 ? this.scrollToTop() : this.editor.goTo(line + 1));
    await this.lens(/passed/i)
      .first()
      .waitFor();
  }

  toast(text: string | RegExp): Locator {
    return this.editor.page
      .locator('.notifications-toasts .notification-list-item')
      .filter({ hasText: text })
      .first();
  }

  /** The product's item in the status bar, when it says this. */
  statusItem(text: string | RegExp): Locator {
    return this.editor.page
      .locator('.statusbar-item', { has: this.editor.page.locator('a[aria-label^="Codegen Lab"]') })
      .filter({ hasText: text })
      .first();
  }

  /** A row of a tree in the side bar. */
  treeRow(text: string | RegExp): Locator {
    return this.editor.page.locator('.sidebar .monaco-list-row').filter({ hasText: text }).first();
  }

  /** Opens a row of a tree, and with it those below it, as the arrow key does. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.treeRow(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.click();
    await this.editor.press('ArrowRight');
  }

  /** Shows what the status item tells when the mouse rests on it. */
  async hoverStatus(): Promise<void> {
    await this.statusItem(/Codegen Lab/).hover();
    await this.editor.page.locator('.monaco-hover', { hasText: 'Model' }).first().waitFor();
  }

  /** Opens the Problems panel and goes to the first problem. */
  async showFirstProblem(): Promise<void> {
    await this.editor.runCommand('Problems: Focus on Problems View');
    await this.editor.page.locator('.markers-panel .monaco-list-row', { hasText: '[Ln' }).first().click();
  }

  /** Waits until a file of the workspace has this text. */
  async waitForFile(path: string, text: string): Promise<void> {
    const file = join(this.editor.folder, path);
    await this.until(() => readFileSync(file, 'utf8') === text, `${path} has another text than was typed`);
  }

  /** Waits until a check holds; else throws what is wrong. */
  async until(check: () => boolean, problem: string, limitMs = 15_000): Promise<void> {
    const deadline = Date.now() + limitMs;
    while (!check()) {
      if (Date.now() > deadline) throw new Error(`${problem}.`);
      await this.editor.page.waitForTimeout(patienceMs);
    }
  }
}
