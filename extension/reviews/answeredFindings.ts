import type { Memento } from 'vscode';

const key = 'codegenLab.answeredFindings';
/** Of so many runs nobody keeps a journal. */
const kept = 2_000;

/** Findings that a person has applied or dismissed, also before the window was reloaded. */
export class AnsweredFindings {
  readonly #state: Memento;
  readonly #ids: Set<string>;

  constructor(state: Memento) {
    this.#state = state;
    const stored: unknown = state.get(key);
    this.#ids = new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  async add(id: string): Promise<void> {
    this.#ids.add(id);
    await this.#state.update(key, [...this.#ids].slice(-kept));
  }
}
