import type { Log } from '../engine/ports/log.ts';
import type { Output } from './output.ts';
import { plainBlock } from './render/plainText.ts';

/** Messages on standard error: warnings and errors always, the rest as the user asked for it. */
export function createOutputLog(output: Output, trace: 'off' | 'messages' | 'verbose'): Log {
  const write = (level: string) => (message: string) => output.stderr(plainBlock(message, `${level}: `));
  const silent = (): void => undefined;
  return {
    trace: trace === 'verbose' ? write('trace') : silent,
    debug: trace === 'verbose' ? write('debug') : silent,
    info: trace === 'off' ? silent : write('info'),
    warn: write('warning'),
    error: write('error'),
  };
}
