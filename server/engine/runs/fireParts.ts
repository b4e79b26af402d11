import type { FiringLog } from '../ports/firingLog.ts';
import type { Patterns } from '../ports/patterns.ts';
import type { Settings } from '../settings.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import type { RecentEvents } from '../triggers/recentEvents.ts';
import type { FiringQueue } from './firingQueue.ts';
import type { FolderState } from './folderState.ts';
import type { QuietHours } from './quietHours.ts';
import type { RunStarter } from './startRun.ts';

/** What is needed to decide about events of one folder and to queue what fires. */
export interface FireParts extends RunStarter {
  readonly patterns: Patterns;
  readonly queue: FiringQueue;
  readonly recent: RecentEvents;
  readonly folder: FolderState;
  readonly settings: Settings;
  readonly firings: FiringLog;
  /** A firing that waited already: this rule alone is decided. `run`: the run that it was to become. */
  readonly left?: LeftFiring;
  readonly quiet: QuietHours;
  /** Decides anew about a firing that was held back, on what the file is by then. */
  readonly decideAnew: (event: FileEvent, left: Required<LeftFiring>) => void;
}

export interface LeftFiring {
  readonly ruleId: string;
  readonly run?: string;
}
