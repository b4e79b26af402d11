import { LogLevel as EditorLevel } from 'vscode';
import type { LogLevel } from '../../server/protocol/logLevels.ts';

/** What the person chose for our output channel (*Developer: Set Log Level…*), as the server takes it. */
export function toLogLevel(level: EditorLevel): LogLevel {
  switch (level) {
    case EditorLevel.Trace:
      return 'trace';
    case EditorLevel.Debug:
      return 'debug';
    case EditorLevel.Info:
      return 'info';
    case EditorLevel.Warning:
      return 'warning';
    case EditorLevel.Error:
      return 'error';
    case EditorLevel.Off:
      return 'off';
  }
}
