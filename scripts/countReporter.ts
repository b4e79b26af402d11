import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const countFile = process.env['CODEGEN_LAB_TEST_COUNTS'];
const graceMs = 5_000;

/**
 * Shows a dot per test and each failure in full, and leaves the counts in a file for the lane that started mocha. A run
 * that does not end by itself after its last test is ended and counts as one more failure: some test left a server, a
 * process or a timer behind.
 */
export default class CountReporter extends Mocha.reporters.Dot {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    if (countFile) runner.once('end', () => this.#finish(countFile));
  }

  #finish(path: string): void {
    this.#writeCounts(path, 0);
    const timer = setTimeout(() => {
      console.error(`A test left something open: ${process.getActiveResourcesInfo().join(', ')}.`);
      this.#writeCounts(path, 1);
      process.exit(1);
    }, graceMs);
    timer.unref();
  }

  #writeCounts(path: string, more: number): void {
    const { passes, failures, pending } = this.stats;
    writeFileSync(path, JSON.stringify({ passed: passes, failed: failures + more, skipped: pending }));
  }
}
