import { appendFileSync } from 'node:fs';
import type { Runner } from 'mocha';
import type { ReportLine } from './suiteReport.ts';
import { hasScreen, screenshot } from './ui.ts';

const testLimitMs = 180_000;

/**
 * Runs a suite with mocha inside the extension host. The results go to the file `CODEGEN_LAB_TEST_REPORT`, because what
 * an extension host prints arrives late, mixed with the editor's own lines, or not at all. Rejects when a test failed.
 */
export async function runSuite(load: () => Promise<unknown>): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: testLimitMs,
    forbidOnly: true,
    reporter: Mocha.reporters.Base,
  });
  mocha.suite.afterEach('shows the screen of a failure', async function () {
    const test = this.currentTest;
    if (hasScreen && test?.state === 'failed')
      await screenshot(`failed-${test.title}`.replaceAll(/\W+/g, '-'));
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await load();
  const failures = await new Promise<number>((resolve) => follow(mocha.run(resolve)));
  report({ kind: 'end' });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
}

function follow(runner: Runner): void {
  runner.on('pass', (test) =>
    report({ kind: 'passed', title: test.fullTitle(), milliseconds: test.duration ?? 0 }),
  );
  runner.on('pending', (test) => report({ kind: 'skipped', title: test.fullTitle() }));
  runner.on('fail', (test, error: unknown) =>
    report({
      kind: 'failed',
      title: test.fullTitle(),
      milliseconds: test.duration ?? 0,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
}

function report(line: ReportLine): void {
  const path = process.env['CODEGEN_LAB_TEST_REPORT'];
  if (path) appendFileSync(path, `${JSON.stringify(line)}\n`);
}
