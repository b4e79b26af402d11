import type { RunEvent } from '../../protocol/runEvents.ts';
import type { RunView, TestFileView } from '../../protocol/viewState.ts';
import type { RunSnapshot } from '../ports/journal.ts';
import {
  foldActionFindings,
  listActionFindings,
  type ActionFinding,
  type ActionFindings,
} from './actionFindings.ts';
import { foldRunEvent } from './foldRun.ts';
import { foldTests, type TestResults } from './foldTests.ts';

const keptRuns = 200;

/** Every run that this process knows, folded from events as they are recorded. Holds no truth of its own. */
export class RunLedger {
  readonly #views = new Map<string, RunView>();
  readonly #listeners = new Set<(event: RunEvent) => void>();
  #tests: TestResults = new Map();
  #findings: ActionFindings = new Map();
  /** Asked for with every event by several; dropped when one of them is another. */
  #sorted: readonly RunView[] | undefined;

  apply(root: string, event: RunEvent): void {
    const view = foldRunEvent(root, this.#views.get(event.run), event);
    if (view) this.#views.set(event.run, view);
    this.#sorted = undefined;
    this.#forgetOldest();
    this.#tell(root, view, event);
  }

  /** As if every step of a run that has ended were applied. */
  restore(root: string, { view, events }: RunSnapshot): void {
    this.#views.set(view.run, view);
    this.#sorted = undefined;
    this.#forgetOldest();
    for (const event of events) this.#tell(root, view, event);
  }

  /** undefined: no such run, or one so old that it was forgotten. */
  view(run: string): RunView | undefined {
    return this.#views.get(run);
  }

  /** Newest first. */
  views(): readonly RunView[] {
    this.#sorted ??= [...this.#views.values()].sort((a, b) => b.startedAt - a.startedAt);
    return this.#sorted;
  }

  testFiles(): readonly TestFileView[] {
    return [...this.#tests.values()];
  }

  /** Forgets results of files, or of all files in folders, that are gone. Returns whether there were some. */
  forgetTests(root: string, gone: readonly string[]): boolean {
    const left = [...this.#tests].filter(
      ([, { folder, path }]) =>
        folder !== root || !gone.some((each) => path === each || path.startsWith(`${each}/`)),
    );
    if (left.length === this.#tests.size) return false;
    this.#tests = new Map(left);
    return true;
  }

  /** What the problem matchers of rules read last in the output of commands. */
  actionFindings(root: string): readonly ActionFinding[] {
    return listActionFindings(this.#findings, root);
  }

  /** Forgets the runs and results of a folder that is not open any more. */
  forget(root: string): void {
    for (const [run, view] of this.#views) if (view.folder === root) this.#views.delete(run);
    this.#sorted = undefined;
    this.#tests = new Map([...this.#tests].filter(([, file]) => file.folder !== root));
    this.#findings = new Map([...this.#findings].filter(([, known]) => known.root !== root));
  }

  /** Returns how to stop listening. */
  onDidApply(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(root: string, view: RunView | undefined, event: RunEvent): void {
    this.#tests = foldTests(root, this.#tests, event);
    this.#findings = foldActionFindings(this.#findings, view, event);
    for (const listener of this.#listeners) listener(event);
  }

  #forgetOldest(): void {
    for (const [run, view] of this.#views) {
      if (this.#views.size <= keptRuns) return;
      if (view.phase === 'finished') this.#views.delete(run);
    }
  }
}
