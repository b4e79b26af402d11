import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readAudit } from '../adapters/audit/readAudit.ts';
import { createDiskEdits } from '../adapters/diskEdits.ts';
import { parseEnvironmentSettings, storageFolder } from '../adapters/environmentSettings.ts';
import { diskHooks } from '../adapters/diskHooks.ts';
import { createDiskWatch } from '../adapters/diskWatch.ts';
import { DiskFiles } from '../adapters/diskFiles.ts';
import { gitChanges } from '../adapters/gitChanges.ts';
import { createJsonlJournal } from '../adapters/journal/jsonlJournal.ts';
import { UserStorage } from '../adapters/journal/userStorage.ts';
import { landInTurn } from '../adapters/landInTurn.ts';
import { createFileCassettes } from '../adapters/models/fileCassettes.ts';
import { createMachineSandboxExam } from '../adapters/sandbox/examineSandbox.ts';
import { presets } from '../adapters/models/presets.ts';
import { sha256 } from '../adapters/sha256.ts';
import { systemClock } from '../adapters/systemClock.ts';
import { WorkerPatterns } from '../adapters/workerPatterns.ts';
import { composeEngine } from '../composeEngine.ts';
import { findProtected } from '../engine/safety/protectedPaths.ts';
import type { EngineOptions, RunningEngine } from './commandContext.ts';
import { unsetSettings } from '../engine/settings.ts';
import { createInvocationConsent } from './invocationConsent.ts';
import { runAsProcess } from './processHost.ts';
import { withoutLanding } from './readOnlyEdits.ts';
import { withRights } from './rightfulEdits.ts';
import { runCommandLine } from './runCommandLine.ts';
import { createTerminalInput } from './terminalInput.ts';

/** Runs what the process was started with and sets its exit code. */
export function start(): Promise<void> {
  return runAsProcess((output, signal) => {
    const { env } = process;
    const home = homedir();
    const installation = findInstallation(import.meta.dirname);
    const storage = resolve(storageFolder(env, { platform: process.platform, home }));
    return runCommandLine(
      {
        argv: process.argv.slice(2),
        cwd: process.cwd(),
        home,
        env,
        version: installation.version,
        digest: sha256,
        output,
        environment: parseEnvironmentSettings(env, unsetSettings),
        readAnswer: createTerminalInput(process),
        createEngine: (options) => createRunningEngine(options, storage, installation),
      },
      signal,
    );
  });
}

interface Installation {
  /** Absolute. */
  readonly folder: string;
  readonly version: string;
}

function createRunningEngine(
  options: EngineOptions,
  storage: string,
  installation: Installation,
): RunningEngine {
  const { settings, trusted, applyEdits, writesRules, terminal, log, person } = options;
  const files = new DiskFiles();
  const { engine, keys, rights, health } = composeEngine({
    storage,
    settings,
    trusted,
    interactive: false,
    ...(person === undefined ? {} : { person }),
    builtinRules: join(installation.folder, 'rules'),
    environment: process.env,
    // No editor, so no vault of one.
    secrets: { read: () => Promise.resolve(undefined) },
    terminal,
    log,
    edits: (disk) =>
      applyEdits
        ? landInTurn(createDiskEdits(disk), new UserStorage(storage))
        : withoutLanding(createDiskEdits(disk), '--apply'),
    consent: (kept) =>
      createInvocationConsent({ ...kept, isTrusted: (root) => kept.hasApproved(root) }, options, sha256),
  });
  return {
    engine,
    audit: { read: (root) => readAudit(new UserStorage(storage), root) },
    journals: createJsonlJournal(new UserStorage(storage), systemClock),
    secrets: keys,
    files,
    rights,
    edits: writesRules
      ? withRights(createDiskEdits(files), rights)
      : withoutLanding(createDiskEdits(files), '--write'),
    patterns: new WorkerPatterns(),
    digest: sha256,
    changes: gitChanges,
    hooks: diskHooks,
    folderWatch: createDiskWatch(),
    health: health(installation.version),
    sandbox: createMachineSandboxExam(process.env, (path) => findProtected(path) !== undefined),
    cassettes: createFileCassettes,
    providers: presets,
  };
}

/** The folder of the package that this file belongs to, bundled or not. */
function findInstallation(from: string): Installation {
  for (let folder = from; ; folder = dirname(folder)) {
    const version = readVersion(join(folder, 'package.json'));
    if (version !== undefined) return { folder, version };
    if (folder === dirname(folder))
      throw new Error('The installation is incomplete: package.json is missing.');
  }
}

function readVersion(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Not here: the package begins further up.
    return undefined;
  }
  return (JSON.parse(text) as { readonly version?: string }).version;
}
