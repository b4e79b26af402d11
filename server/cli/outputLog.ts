import type { Log } from '../engine/ports/log.ts';
import { createGuardedLog } from '../engine/safety/guardLog.ts';
import type { LogLevel } from '../protocol/logLevels.ts';
import type { Output } from './output.ts';
import { plainBlock } from './render/plainText.ts';

/** What is told where neither `--log-level` nor the level of an editor says it. */
const levelOfTrace = { off: 'warning', messages: 'info', verbose: 'trace' } as const;

/** Messages on standard error. `level`: as the user asked for it; undefined: as the trace of the server has it. */
export function createOutputLog(
  output: Output,
  level: LogLevel | undefined,
  trace: keyof typeof levelOfTrace,
): Log {
  return createGuardedLog(
    (at, message) => output.stderr(plainBlock(message, `${at}: `)),
    level ?? levelOfTrace[trace],
  );
}
