import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureHost } from './install.ts';
import { currentHost, type HostVersion, hostRecipes } from './recipes.ts';
import { runInTestMode } from './testMode.ts';

export interface EditorArguments {
  readonly folder: string;
  readonly extension: string;
  readonly tests: string;
  readonly extensionsFolder?: string;
  readonly userFolder?: string;
}

const root = dirname(dirname(import.meta.dirname));
const usageError = 2;
const couldNotRun = 70;

/**
 * Does what a desktop VS Code does with `--extensionDevelopmentPath=... --extensionTestsPath=... [FOLDER]`: runs the
 * tests in a window and returns their exit code. `CODEGEN_LAB_HOST_VERSION` chooses the VS Code,
 * `CODEGEN_LAB_SCREENSHOTS` the folder of the screenshots.
 */
export async function runEditorCommand(args: readonly string[]): Promise<number> {
  const given = parseEditorArguments(args);
  if (typeof given === 'string') {
    console.error(given);
    return usageError;
  }
  const version = process.env['CODEGEN_LAB_HOST_VERSION'] ?? currentHost;
  if (!isKnown(version)) {
    console.error(
      `There is no VS Code ${version} here; there are ${Object.keys(hostRecipes).join(' and ')}.`,
    );
    return usageError;
  }
  try {
    const settings = readSettings(given.userFolder);
    return await runInTestMode(
      {
        ...given,
        install: await ensureHost(root, version),
        screenshots: process.env['CODEGEN_LAB_SCREENSHOTS'] ?? join(root, 'out', 'screenshots'),
        onLog: (line) => console.log(line),
        ...(settings ? { settings } : {}),
      },
      endOfParent(),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return couldNotRun;
  }
}

/** Returns what is wrong in words. Options that only a desktop editor knows are passed over. */
export function parseEditorArguments(args: readonly string[]): EditorArguments | string {
  const options = new Map(args.filter((arg) => arg.startsWith('--')).map((arg) => splitOption(arg)));
  const folder = args.find((arg) => !arg.startsWith('--'));
  const extension = options.get('extensionDevelopmentPath');
  const tests = options.get('extensionTestsPath');
  if (!folder || !extension || !tests)
    return 'Usage: editor.mjs --extensionDevelopmentPath=FOLDER --extensionTestsPath=FILE FOLDER';
  const extensionsFolder = options.get('extensions-dir');
  const userFolder = options.get('user-data-dir');
  return {
    folder,
    extension,
    tests,
    ...(extensionsFolder ? { extensionsFolder } : {}),
    ...(userFolder ? { userFolder } : {}),
  };
}

function splitOption(arg: string): [string, string] {
  const [name = '', ...value] = arg.slice(2).split('=');
  return [name, value.join('=')];
}

function isKnown(version: string): version is HostVersion {
  return Object.hasOwn(hostRecipes, version);
}

/** As a desktop VS Code keeps them; there are none before the first start. */
function readSettings(userFolder: string | undefined): Record<string, unknown> | undefined {
  if (!userFolder) return undefined;
  try {
    return JSON.parse(readFileSync(join(userFolder, 'User', 'settings.json'), 'utf8')) as Record<
      string,
      unknown
    >;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Aborts on a signal, and when the process that waits for the tests is gone, which closes standard input. */
function endOfParent(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => controller.abort());
  process.stdin.once('end', () => controller.abort());
  process.stdin.resume();
  return controller.signal;
}
