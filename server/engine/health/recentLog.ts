import type { Log } from '../ports/log.ts';

const maxLines = 100;

export interface RecentLog {
  readonly log: Log;
  /** The last lines, the oldest first; those of the levels `trace` and `debug` are not kept. */
  readonly lines: () => readonly string[];
}

/** A log that remembers what was said last, so that a report of an issue can hold it. */
export function createRecentLog(inner: Log): RecentLog {
  const lines: string[] = [];
  const keep = (level: string, message: string): void => {
    lines.push(`${level}: ${message.slice(0, 2_000)}`);
    if (lines.length > maxLines) lines.shift();
  };
  return {
    lines: () => [...lines],
    log: {
      trace: (message) => inner.trace(message),
      debug: (message) => inner.debug(message),
      info(message) {
        keep('info', message);
        inner.info(message);
      },
      warn(message) {
        keep('warn', message);
        inner.warn(message);
      },
      error(message) {
        keep('error', message);
        inner.error(message);
      },
    },
  };
}
