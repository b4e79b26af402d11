import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createDiskEdits } from '../adapters/diskEdits.ts';
import { diskHooks } from '../adapters/diskHooks.ts';
import { createDiskWatch } from '../adapters/diskWatch.ts';
import { DiskFiles } from '../adapters/diskFiles.ts';
import { gitChanges } from '../adapters/gitChanges.ts';
import { createFileCassettes } from '../adapters/models/fileCassettes.ts';
import { createMachineSandboxExam } from '../adapters/sandbox/examineSandbox.ts';
import { sha256 } from '../adapters/sha256.ts';
import type { Health } from '../engine/engine.ts';
import type { EngineOptions, RunningEngine } from '../cli/commandContext.ts';
import { unsetSettings } from '../engine/settings.ts';
import { withoutLanding } from '../cli/readOnlyEdits.ts';
import { runCommandLine, type CommandLine } from '../cli/runCommandLine.ts';
import { latePatterns } from './scriptPatterns.ts';
import { createScriptedEngine } from './scriptedEngine.ts';
import { findProtected } from '../engine/safety/protectedPaths.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the engine was made with; undefined: none was made. */
  readonly options: EngineOptions | undefined;
}

export interface CommandLineSetup {
  readonly engine?: Partial<RunningEngine>;
  readonly line?: Partial<CommandLine>;
  readonly signal?: AbortSignal;
  readonly terminal?: boolean;
}

/** What an engine that is scripted leaves to the real disk. */
export function diskPorts(
  writesRules = true,
): Pick<
  RunningEngine,
  | 'audit'
  | 'rights'
  | 'files'
  | 'edits'
  | 'patterns'
  | 'digest'
  | 'changes'
  | 'hooks'
  | 'folderWatch'
  | 'sandbox'
  | 'cassettes'
  | 'health'
> {
  const files = new DiskFiles();
  const edits = createDiskEdits(files);
  const landing = writesRules ? edits : withoutLanding(edits, '--write');
  return {
    files,
    edits: landing,
    patterns: latePatterns,
    digest: sha256,
    changes: gitChanges,
    hooks: diskHooks,
    folderWatch: createDiskWatch(),
    audit: {
      read: () => ({ entries: [], problems: [], foreign: false, cut: false, forgotten: 0, files: [] }),
    },
    rights: { take: async () => undefined, note: async () => undefined },
    sandbox: createMachineSandboxExam(process.env, (path) => findProtected(path) !== undefined),
    cassettes: createFileCassettes,
    health: noHealth,
  };
}

/** For commands that do not look at it. */
const noHealth: Health = {
  examine: async () => ({ version: '1.2.3', checks: [] }),
  describeIssue: async () => '',
};

/** A workspace folder on disk, in which command lines are run in process, over an engine that a test scripts. */
export class CommandLineWorkspace {
  readonly root: string;

  constructor(files: Readonly<Record<string, string>>) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-cli-')));
    mkdirSync(join(this.root, '.git'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
  }

  async run(words: string | readonly string[], setup: CommandLineSetup = {}): Promise<Ended> {
    let stdout = '';
    let stderr = '';
    let options: EngineOptions | undefined;
    const line: CommandLine = {
      argv: typeof words === 'string' ? words.split(' ').filter(Boolean) : words,
      cwd: this.root,
      home: '/home/nobody',
      env: {},
      version: '1.2.3',
      digest: sha256,
      output: {
        stdout: (text) => void (stdout += text),
        stderr: (text) => void (stderr += text),
        stdoutIsTerminal: setup.terminal ?? false,
        stderrIsTerminal: setup.terminal ?? false,
      },
      environment: { settings: unsetSettings, problems: [], unknown: [] },
      createEngine: (given) => {
        options = given;
        return {
          engine: createScriptedEngine(),
          journals: { recent: async () => [] },
          secrets: { read: async () => undefined },
          providers: [],
          ...diskPorts(given.writesRules),
          ...setup.engine,
        };
      },
      ...setup.line,
    };
    const code = await runCommandLine(line, setup.signal ?? new AbortController().signal);
    return { code, stdout, stderr, options };
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
