import type { Connection } from 'vscode-languageserver/node';
import type { Log } from '../engine/ports/log.ts';
import { createRedactor, type Redactor } from '../engine/safety/redact.ts';

/** The output channel of the editor, with its levels. No secret that it knows, and nothing shaped like one, gets through. */
export interface ConnectionLog extends Log {
  /** Masks this value from now on. */
  hide(secret: string): void;
  /** The text as the log would show it. */
  readonly redact: Redactor;
}

export function createConnectionLog(connection: Connection): ConnectionLog {
  const { console } = connection;
  const hidden = new Set<string>();
  let redactor = createRedactor([]);
  const redact: Redactor = (text) => redactor(text);
  return {
    redact,
    hide(secret) {
      if (hidden.has(secret)) return;
      hidden.add(secret);
      redactor = createRedactor([...hidden]);
    },
    trace: (message) => console.debug(redact(message)),
    debug: (message) => console.debug(redact(message)),
    info: (message) => console.info(redact(message)),
    warn: (message) => console.warn(redact(message)),
    error: (message) => console.error(redact(message)),
  };
}
