import type { CoverageReport, CoverageStamp } from '../../protocol/testDisplay.ts';
import type { FileCoverage } from '../../protocol/tests.ts';

/** What was measured last in each open folder, for the screens. It is not kept: the next run measures anew. */
export class LastCoverage {
  readonly #reports = new Map<string, CoverageReport>();

  note(root: string, report: CoverageReport): void {
    this.#reports.set(root, report);
  }

  report(root: string): CoverageReport | undefined {
    return this.#reports.get(root);
  }

  file(root: string, path: string): FileCoverage | undefined {
    return this.#reports.get(root)?.files.find((file) => file.path === path);
  }

  /** One per folder in which something was measured. */
  stamps(): readonly CoverageStamp[] {
    return [...this.#reports].map(([folder, { run }]) => ({ folder, run }));
  }

  forget(root: string): void {
    this.#reports.delete(root);
  }
}
