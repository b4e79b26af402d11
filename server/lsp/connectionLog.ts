import type { Connection } from 'vscode-languageserver/node';
import { createGuardedLog, type GuardedLog } from '../engine/safety/guardLog.ts';
import type { LogLevel } from '../protocol/logLevels.ts';

/** The output channel of the editor. It knows no level below `debug`: traces go as such, and only where they are wanted. */
export function createConnectionLog({ console }: Connection, level: LogLevel): GuardedLog {
  return createGuardedLog((at, message) => {
    switch (at) {
      case 'trace':
      case 'debug':
        return console.debug(message);
      case 'info':
        return console.info(message);
      case 'warning':
        return console.warn(message);
      case 'error':
        return console.error(message);
    }
  }, level);
}
