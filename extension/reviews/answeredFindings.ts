import type { Memento } from 'vscode';
import type { ReviewFinding } from '../../server/protocol/testDisplay.ts';

const key = 'codegenLab.answeredFindings';
const dismissedKey = 'codegenLab.dismissedFindings';
/** Of so many runs nobody keeps a journal. */
const kept = 2_000;

/** Findings that a person has applied or dismissed, also before the window was reloaded. */
export class AnsweredFindings {
  readonly #state: Memento;
  readonly #ids: Set<string>;
  readonly #dismissed: Set<string>;

  constructor(state: Memento) {
    this.#state = state;
    this.#ids = new Set(readTexts(state, key));
    this.#dismissed = new Set(readTexts(state, dismissedKey));
  }

  has(finding: ReviewFinding): boolean {
    return this.#ids.has(finding.id) || this.#dismissed.has(sayingOf(finding));
  }

  async add(id: string): Promise<void> {
    this.#ids.add(id);
    await this.#state.update(key, [...this.#ids].slice(-kept));
  }

  /** What is said again of the same file by a later review is no news to the person. */
  async dismiss(finding: ReviewFinding): Promise<void> {
    this.#dismissed.add(sayingOf(finding));
    await this.#state.update(dismissedKey, [...this.#dismissed].slice(-kept));
    await this.add(finding.id);
  }
}

/** Wherever in the file it stands by now. */
function sayingOf({ folder, path, rule, message }: ReviewFinding): string {
  return JSON.stringify([folder, path, rule ?? '', message]);
}

function readTexts(state: Memento, name: string): readonly string[] {
  const stored: unknown = state.get(name);
  return Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
}
