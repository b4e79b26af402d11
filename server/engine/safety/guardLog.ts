import { logLevels, type LogLevel, type MessageLevel } from '../../protocol/logLevels.ts';
import type { Log } from '../ports/log.ts';
import { createRedactor, type Redactor } from './redact.ts';

/** The one way to where a log is read: no secret that it knows, and nothing shaped like one, gets through. */
export interface GuardedLog extends Log {
  /** Masks this value from now on. */
  hide(secret: string): void;
  /** The text as the log would show it. */
  readonly redact: Redactor;
  /** Messages of the levels before it are dropped from now on. */
  setLevel(level: LogLevel): void;
}

/** Of one message, in UTF-16 units. */
const longestShown = 8_000;
/** Of one message, in UTF-16 units: what stands behind it is not even looked at. */
const longestRead = 64_000;

/** `write` gets each message that `level` lets through, masked and bounded. */
export function createGuardedLog(
  write: (level: MessageLevel, message: string) => void,
  level: LogLevel,
): GuardedLog {
  const hidden = new Set<string>();
  let redactor = createRedactor([]);
  let least = logLevels.indexOf(level);
  const redact: Redactor = (text) => redactor(text);
  const at = (messageLevel: MessageLevel) => {
    const rank = logLevels.indexOf(messageLevel);
    return (message: string): void => {
      if (rank >= least) write(messageLevel, bound(redact(message.slice(0, longestRead)), message.length));
    };
  };
  return {
    redact,
    hide(secret) {
      if (hidden.has(secret)) return;
      hidden.add(secret);
      redactor = createRedactor([...hidden]);
    },
    setLevel(next) {
      least = logLevels.indexOf(next);
    },
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warning'),
    error: at('error'),
  };
}

function bound(text: string, length: number): string {
  if (text.length <= longestShown && length <= longestRead) return text;
  return `${text.slice(0, longestShown).toWellFormed()}… (of ${length} characters)`;
}
