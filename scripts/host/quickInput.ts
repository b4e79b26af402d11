import type { Locator, Page } from 'playwright-core';
import { timeLimits } from './timeLimits.ts';

/** A key that a starting window has missed is pressed again after this. */
const keyPatienceMs = 5_000;
/** How long a list is watched before it is asked anew: it does not ask again by itself. */
const listPatienceMs = [2_500, 5_000, 10_000, 20_000];

/** The box at the top of the window in which a person picks commands, files and answers. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
    this.#box = page.locator('.quick-input-widget input.input');
  }

  /**
   * Opens the box, asks for something and picks an entry. A list that is asked too early, before files are indexed or
   * an extension is there, stays as it is; and a window that is still starting may take the focus, which closes it.
   */
  async find(query: string, label: string): Promise<void> {
    const entry = this.#entry(label);
    for (const timeout of listPatienceMs) {
      if (await this.#widget.isVisible()) await this.#page.keyboard.press('Escape');
      await this.#open();
      await this.#box.fill(query);
      const found = await entry.waitFor({ timeout }).then(
        () => true,
        () => false,
      );
      if (found) return this.#choose(entry);
    }
    throw new Error(await this.#describeList(label));
  }

  /** Picks an entry of the list that is open or about to be. */
  async pick(label: string): Promise<void> {
    await this.#choose(this.#entry(label));
  }

  /** Answers the input box with this title that is open or about to be. */
  async answer(text: string, title: string): Promise<void> {
    const asked = this.#widget.filter({ hasText: title });
    await asked.waitFor();
    await this.#box.fill(text);
    await this.#page.keyboard.press('Enter');
    await asked.waitFor({ state: 'hidden' });
  }

  /** Asks for a place, such as `:3:1`, and goes there. */
  async goTo(place: string): Promise<void> {
    await this.#open();
    await this.#box.fill(place);
    await this.#page.keyboard.press('Enter');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  async #open(): Promise<void> {
    const deadline = Date.now() + timeLimits.actionMs;
    // The list moves when it is opened while still closing.
    await this.#widget.waitFor({ state: 'hidden' });
    for (;;) {
      await this.#page.keyboard.press('F1');
      try {
        await this.#box.waitFor({ timeout: keyPatienceMs });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** The entry is gone when the box has closed, and when it asks the next thing. */
  async #choose(entry: Locator): Promise<void> {
    await entry.click();
    await entry.waitFor({ state: 'hidden' });
  }

  async #describeList(missing: string): Promise<string> {
    const labels = this.#page.locator('.quick-input-list-row .label-name');
    const shown = (await labels.allInnerTexts()).slice(0, 10).join('; ');
    await this.#page.keyboard.press('Escape');
    return `"${missing}" is not in the list${shown ? `, which shows: ${shown}` : ''}.`;
  }

  /** An entry's first label line is compared whole: `Run` must not find `Run Task`. */
  #entry(label: string): Locator {
    const rows = this.#page.locator('.quick-input-list .monaco-list-row');
    const names = this.#page.locator('.quick-input-list-row .label-name', { hasText: exactly(label) });
    return rows.filter({ has: names }).first();
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
}
