import { execFileSync } from 'node:child_process';
import { resolveTrustedTool } from '../trustedTool.ts';

/** Ids of living processes whose command line holds `mark`; empty where nothing here lists processes. */
export function findRunning(mark: string): readonly number[] {
  const ps = resolveTrustedTool('ps');
  if (ps === undefined) return [];
  const text = execFileSync(ps, ['-axo', 'pid=,stat=,args='], {
    encoding: 'utf8',
    timeout: 5_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return text.split('\n').flatMap((line) => {
    const [, pid, state = 'Z', args = ''] = /^\s*(\d+)\s+(\S+)\s+(.*)$/u.exec(line) ?? [];
    return args.includes(mark) && !state.startsWith('Z') ? [Number(pid)] : [];
  });
}
