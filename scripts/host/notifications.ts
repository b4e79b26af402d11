import type { Locator, Page } from 'playwright-core';
import { timeLimits } from './timeLimits.ts';

/** A toast goes away by itself; the notification centre keeps what it said. */
const toastPatienceMs = 5_000;

/** What the window tells in its corner: toasts, and the notification centre that holds those that are over. */
export class Notifications {
  readonly #page: Page;
  readonly #openCentre: () => Promise<void>;

  constructor(page: Page, openCentre: () => Promise<void>) {
    this.#page = page;
    this.#openCentre = openCentre;
  }

  /** What shows now, newest first. */
  async texts(): Promise<readonly string[]> {
    return this.#all().allInnerTexts();
  }

  /** Waits for one that says this, and returns its whole text. */
  async waitFor(text: string | RegExp): Promise<string> {
    return (await this.#find(text)).innerText();
  }

  /** Waits for one that says this, clicks one of its buttons and returns its whole text. */
  async answer(text: string | RegExp, button: string): Promise<string> {
    const found = await this.#find(text);
    const said = await found.innerText();
    await found.getByRole('button', { name: button, exact: true }).click();
    return said;
  }

  async #find(text: string | RegExp): Promise<Locator> {
    const found = this.#all().filter({ hasText: text }).first();
    const deadline = Date.now() + timeLimits.actionMs;
    for (;;) {
      try {
        await found.waitFor({ timeout: toastPatienceMs });
        return found;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
      // Its toast may have come and gone on a machine that is busy.
      if (!(await this.#centre().isVisible())) await this.#openCentre();
    }
  }

  #centre(): Locator {
    return this.#page.locator('.notifications-center.visible');
  }

  #all(): Locator {
    return this.#page.locator(
      '.notifications-toasts .notification-list-item, .notifications-center.visible .notification-list-item',
    );
  }
}
