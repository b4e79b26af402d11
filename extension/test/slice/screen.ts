import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { ui } from '../support/ui.ts';

/** The text of the status item, without its icon. */
export function statusText(): Promise<string> {
  return ui(async ({ page }) => (await page.locator('[id$="codegenLab.status"] a').innerText()).trim());
}

/** What a screen reader says of the status item. */
export async function statusName(): Promise<string> {
  return (await namesOf('[id$="codegenLab.status"] a')).join('');
}

export async function waitForStatus(pattern: RegExp): Promise<void> {
  await eventually(async () => assert.match(await statusText(), pattern));
}

/** Begins to note what the status item says; it may change faster than anybody asks. */
export async function followStatus(): Promise<void> {
  await ui(`await page.evaluate(() => {
    const seen = (window.codegenLabStatus = []);
    const look = () => {
      const text = document.querySelector('[id$="codegenLab.status"] a')?.textContent?.trim();
      if (text && text !== seen.at(-1)) seen.push(text);
    };
    new MutationObserver(look).observe(document.querySelector('.statusbar'), {
      subtree: true, childList: true, characterData: true,
    });
    look();
  });`);
}

/** What the status item said since `followStatus`, in order. */
export function statusHistory(): Promise<readonly string[]> {
  return ui('return page.evaluate(() => window.codegenLabStatus);');
}

/** The labels of the lenses that the editor in front shows, from top to bottom. */
export function shownLenses(): Promise<readonly string[]> {
  return ui(({ page }) =>
    page.locator('.editor-group-container.active .codelens-decoration a').allInnerTexts(),
  );
}

/** What the notification centre holds, newest first: in test mode no toast shows. */
export async function messages(): Promise<readonly string[]> {
  await vscode.commands.executeCommand('notifications.showList');
  return ui(({ page }) => page.locator('.notifications-center .notification-list-item').allInnerTexts());
}

/** Waits for a message, clicks one of its buttons and closes the list. */
export async function answerMessage(text: RegExp, button: string): Promise<void> {
  await eventually(async () => assert.match((await messages()).join('\n'), text));
  await ui(
    async ({ page, value }) => {
      const item = page
        .locator('.notifications-center .notification-list-item')
        .filter({ hasText: new RegExp(value.text) })
        .first();
      await item.getByRole('button', { name: value.button, exact: true }).click();
    },
    { text: text.source, button },
  );
  await vscode.commands.executeCommand('notifications.hideList');
}

/** The accessible names of the rows that a list shows, from top to bottom. */
export function rowsOf(selector: string): Promise<readonly string[]> {
  return namesOf(`${selector} .monaco-list-row`);
}

/** What a screen reader calls the elements of a CSS selector. */
export function namesOf(selector: string): Promise<readonly string[]> {
  return ui(
    `return page.locator(value).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));`,
    selector,
  );
}

/** Opens every node of a tree. */
export async function expandTree(selector: string): Promise<void> {
  await ui(async ({ page, value }) => {
    const closed = page.locator(`${value} .monaco-tl-twistie.collapsible.collapsed`);
    while ((await closed.count()) > 0) await closed.first().click();
  }, selector);
}

/** Waits for a row of the runs' view, which may stand below what it shows at first; then shows its top again. */
export async function findRunRow(matches: (row: string) => boolean): Promise<void> {
  await vscode.commands.executeCommand('codegenLab.runs.focus');
  await eventually(async () => {
    const rows = await rowsOf('.sidebar');
    if (rows.some(matches)) return;
    await vscode.commands.executeCommand('list.focusPageDown');
    assert.fail(rows.join('\n'));
  });
  await vscode.commands.executeCommand('list.focusFirst');
}
