import { join, relative, sep } from 'node:path';
import type { Engine, Health } from '../engine/engine.ts';
import type { Rights } from '../engine/audit/rights.ts';
import type { AuditLog } from '../engine/ports/audit.ts';
import type { CassetteStore } from '../engine/ports/cassettes.ts';
import type { Digest } from '../engine/ports/digest.ts';
import type { Edits } from '../engine/ports/edits.ts';
import type { Files } from '../engine/ports/files.ts';
import type { FolderWatch } from '../engine/ports/folderWatch.ts';
import type { GitChanges } from '../engine/ports/gitChanges.ts';
import type { GitHooks } from '../engine/ports/gitHooks.ts';
import type { JournalStore } from '../engine/ports/journal.ts';
import type { Log } from '../engine/ports/log.ts';
import type { Patterns } from '../engine/ports/patterns.ts';
import type { Person } from '../engine/ports/person.ts';
import type { SandboxExam } from '../engine/ports/sandboxExam.ts';
import type { Secrets } from '../engine/ports/secrets.ts';
import type { Terminal } from '../engine/ports/terminal.ts';
import type { ApprovedRule } from '../engine/rules/approval/approvalsFile.ts';
import type { EditorSettings } from '../protocol/requests.ts';
import type { Output, Paints } from './output.ts';

/** What one command line needs of the product. */
export interface EngineOptions {
  readonly settings: EditorSettings;
  /** The person typed `--trust`: for this one invocation. */
  readonly trusted: boolean;
  /** The rules that the person approves by a file; undefined: no file was named. */
  readonly approved: readonly ApprovedRule[] | undefined;
  /** What acts are rules alone, each with an approval of its own. */
  readonly byRules: boolean;
  /** The person typed `--apply`, `--ask` or `undo`; without them nothing is written into the user's files. */
  readonly applyEdits: boolean;
  /** The command may write the files that it is about, since the person typed that it shall. */
  readonly writesRules: boolean;
  readonly terminal: Terminal;
  readonly log: Log;
  /** undefined: nobody can answer here. */
  readonly person: Person | undefined;
}

/** The engine with what commands look at beside it. Whoever made it disposes `engine`. */
export interface RunningEngine {
  readonly engine: Engine;
  readonly journals: Pick<JournalStore, 'recent'>;
  readonly audit: Pick<AuditLog, 'read'>;
  /** For what a command does beside the engine. */
  readonly rights: Rights;
  readonly secrets: Secrets;
  readonly files: Files;
  /** Lands nothing unless `writesRules`. */
  readonly edits: Edits;
  readonly patterns: Patterns;
  readonly digest: Digest;
  readonly changes: GitChanges;
  readonly hooks: GitHooks;
  readonly folderWatch: FolderWatch;
  readonly sandbox: SandboxExam;
  readonly health: Health;
  /** The recordings in a folder, absolute. */
  readonly cassettes: (folder: string) => CassetteStore;
  readonly providers: readonly ProviderInfo[];
}

/** A provider that this installation knows. */
export interface ProviderInfo {
  readonly id: string;
  /** For people. */
  readonly label: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
  /** Environment variables that hold its key. */
  readonly keyVariables: readonly string[];
}

/** What a command gets besides its own words. */
export interface CommandContext extends RunningEngine {
  readonly root: string;
  /** The root was named, or looks like a workspace. */
  readonly isWorkspace: boolean;
  readonly cwd: string;
  readonly settings: EditorSettings;
  readonly output: Output;
  readonly paints: Paints;
  /** Of this product. */
  readonly version: string;
}

/** How a path of the workspace folder is shown: as seen from where the person is, so that a terminal can open it. */
export function pathShower({ root, cwd }: Pick<CommandContext, 'root' | 'cwd'>): (path: string) => string {
  return (path) => {
    // Rules of the library have no place in the folder.
    if (path.startsWith('builtin:')) return path;
    return relative(cwd, join(root, path)).split(sep).join('/') || '.';
  };
}
