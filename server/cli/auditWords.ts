import { commonOptions, type Command } from './command.ts';
import { usageError } from './invocation.ts';
import { WrongWords, type Words } from './words.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `clctl audit`. */
export const auditCommand: Command = {
  topic: 'ctl audit',
  options: [...commonOptions, 'run', 'who', 'since', 'format'],
  interpret: (words) => {
    const [task = '', ...others] = words.positionals;
    if (task !== 'verify' && task !== 'show' && task !== 'export')
      return usageError('ctl audit', 'Say what to do: verify, show or export.');
    if (others.length > 0) return usageError('ctl audit', `${others[0] ?? ''} is not expected here.`);
    const selection = { run: words.text('run'), who: words.text('who'), since: readSince(words) };
    if (task === 'verify' && Object.values(selection).some((value) => value !== undefined))
      return usageError('ctl audit', 'verify looks at the whole log; leave out --run, --who and --since.');
    if (task !== 'export' && words.has('format'))
      return usageError('ctl audit', '--format belongs to export; show has --json.');
    const format = words.choice('format', ['json', 'csv']) ?? 'json';
    return { kind: 'audit', ...words.common(), task, selection, format };
  },
};

/** A date as in `2026-11-21` or `2026-11-21T09:00Z`, or how long ago as in `2h`. */
function readSince(words: Words): number | undefined {
  const written = words.text('since');
  if (written === undefined) return undefined;
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/u.exec(written) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * (units[unit] ?? 0);
  const at = /^\d{4}-\d{2}-\d{2}/u.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(at))
    throw new WrongWords('--since must be a date such as 2026-11-21, or how long ago such as 30m, 2h or 7d.');
  return at;
}
