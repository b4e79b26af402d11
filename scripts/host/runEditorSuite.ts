import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runTests } from '@vscode/test-electron';
import type { LaneResult } from '../lanes/lane.ts';
import type { SuiteSetup } from '../../extension/test/support/suiteSetup.ts';
import { copyExtension } from './copyExtension.ts';
import { copyWorkspace } from './copyWorkspace.ts';
import type { HostVersion } from './recipes.ts';
import { readReport, renderReport } from './suiteReport.ts';

export interface EditorSuite {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly name: string;
  /** The bundled suite, absolute. */
  readonly tests: string;
  /** The folder of the extension that is tested, absolute. */
  readonly extension: string;
  readonly setup: SuiteSetup;
  readonly version: HostVersion;
  /** A desktop editor; the host of this folder by default. */
  readonly executable?: string | undefined;
  /** The console by default. */
  readonly print?: (text: string) => void;
}

/** Runs one suite in a window on a fresh workspace and prints its tests. A suite that broke off counts as one failure. */
export async function runEditorSuite(suite: EditorSuite): Promise<LaneResult> {
  const print = suite.print ?? console.log;
  const started = performance.now();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-suite-')));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // On Ctrl+C `runTests` ends this process before anything else can happen; SIGTERM would end it at once.
  const exit = () => process.exit(143);
  process.once('exit', remove);
  process.once('SIGTERM', exit);
  try {
    const report = join(folder, 'report.jsonl');
    const output = await runInEditor(suite, folder, report);
    const { result, lines } = readReport(report);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    print(`  ${suite.name} (${seconds} s)\n${renderReport(lines)}`);
    if (result) return result;
    print(`The suite ${suite.name} did not run to its end. The editor said:\n${output()}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    process.off('exit', remove);
    process.off('SIGTERM', exit);
    remove();
  }
}

/** Returns what the editor printed. That tests failed is not an error here: the report tells it. */
async function runInEditor(suite: EditorSuite, folder: string, report: string): Promise<() => string> {
  const { root, name, setup } = suite;
  const workspace = await copyWorkspace(root, setup.workspace ?? 'sample', folder);
  await setup.prepare?.(workspace);
  const userFolder = join(folder, 'user');
  const extensionsFolder = join(folder, 'extensions');
  mkdirSync(join(userFolder, 'User'), { recursive: true });
  mkdirSync(extensionsFolder);
  for (const extension of setup.extensions ?? []) await copyExtension(extension, extensionsFolder);
  writeFileSync(join(userFolder, 'User', 'settings.json'), JSON.stringify(setup.settings ?? {}));
  const output = collectOutput();
  try {
    await runTests({
      vscodeExecutablePath: suite.executable ?? join(root, 'scripts', 'host', 'editor.mjs'),
      extensionDevelopmentPath: suite.extension,
      extensionTestsPath: suite.tests,
      launchArgs: [workspace, `--user-data-dir=${userFolder}`, `--extensions-dir=${extensionsFolder}`],
      extensionTestsEnv: {
        CODEGEN_LAB_TEST_REPORT: report,
        CODEGEN_LAB_HOST_VERSION: suite.version,
        CODEGEN_LAB_SCREENSHOTS: join(root, 'out', 'screenshots', suite.version, name),
      },
      stdout: output.stream,
      stderr: output.stream,
    });
  } catch (error) {
    output.append(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  return output.text;
}

function collectOutput() {
  let text = '';
  const append = (chunk: string) => {
    text = (text + chunk).slice(-50_000);
  };
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      append(chunk.toString());
      done();
    },
  });
  return { stream, append, text: () => text };
}
