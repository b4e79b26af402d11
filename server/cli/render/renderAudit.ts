import type { AuditProblem } from '../../engine/ports/audit.ts';
import { describeActor, describeBasis, describeRight } from '../../engine/audit/describeEntry.ts';
import type { AuditEntry } from '../../protocol/audit.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plainText.ts';

const colours = { allowed: 'green', denied: 'red', asked: 'yellow', noted: 'cyan' } as const;

/** One line of an entry, for people. */
export function renderEntry(entry: AuditEntry, paint: Paint): string {
  const time = paint.dim(timeOf(entry).replace('T', ' ').slice(0, 19));
  const decision = paint[colours[entry.decision]](entry.decision.padEnd(7));
  const said = plainLine(`${describeActor(entry.who, entry.user)}: ${describeRight(entry.right)}`);
  const rest = plainLine(
    [`by ${describeBasis(entry)}`, ...(entry.run === undefined ? [] : [`run ${entry.run}`])].join(', '),
  );
  return `${time} ${decision} ${said} ${paint.dim(`[${rest}]`)}\n`;
}

/** As it is exported: the entry as it is kept, with its time as people read it. */
export function toExported(entry: AuditEntry): object {
  return { ...entry, at: timeOf(entry), text: describeRight(entry.right) };
}

const columns = [
  'seq',
  'at',
  'user',
  'who',
  'name',
  'run',
  'right',
  'text',
  'decision',
  'by',
  'detail',
] as const;

/** RFC 4180, with a line of headings. */
export function renderAuditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => [
    String(entry.seq),
    timeOf(entry),
    entry.user,
    entry.who.kind,
    describeActor(entry.who, entry.user),
    entry.run ?? '',
    entry.right.kind,
    describeRight(entry.right),
    entry.decision,
    entry.by.kind,
    entry.by.detail ?? '',
  ]);
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A sheet would run what begins like a formula, and a name of a rule or a path may be a stranger's. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** A sentence. */
export function describeAuditProblem({ file, line, kind, entries }: AuditProblem): string {
  const [first, last] = entries ?? [];
  const which =
    first === undefined
      ? 'an entry'
      : first === last
        ? `entry ${first}`
        : `entries ${first} to ${last ?? first}`;
  const place = `${file}:${line}`;
  switch (kind) {
    case 'altered':
      return `${place}: ${which} was altered, or not written by this installation.`;
    case 'unreadable':
      return `${place}: this is no line of a log${first === undefined ? '' : `; ${which} stood here`}.`;
    case 'missing':
      return `${place}: ${which} before this line ${first === last ? 'is' : 'are'} missing.`;
    case 'moved':
      return `${place}: ${which} stands where it was not written: it was repeated, or an older copy was put back.`;
  }
}

function timeOf({ at }: AuditEntry): string {
  return new Date(at).toISOString();
}
