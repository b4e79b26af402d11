import { selectEntries } from '../../engine/audit/selectEntries.ts';
import type { AuditReading } from '../../engine/ports/audit.ts';
import type { CommandContext } from '../commandContext.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { AuditInvocation } from '../invocation.ts';
import { plainLine } from '../render/plainText.ts';
import { describeAuditProblem, renderAuditCsv, renderEntry, toExported } from '../render/renderAudit.ts';
import { renderJson } from '../render/renderJson.ts';

/** `clctl audit`: who asked for what right in the folder, what was decided, and whether the log of it is whole. */
export async function manageAudit(
  { task, selection, format, json }: AuditInvocation,
  context: CommandContext,
): Promise<ExitCode> {
  const { audit, root, output, paints } = context;
  const reading = audit.read(root);
  if (task === 'verify') return verify(reading, json, context);
  const entries = selectEntries(reading.entries, selection);
  if (task === 'export')
    output.stdout(
      format === 'csv'
        ? renderAuditCsv(entries)
        : entries.map((each) => `${JSON.stringify(toExported(each))}\n`).join(''),
    );
  else if (json) output.stdout(renderJson(entries.map(toExported)));
  else output.stdout(entries.map((entry) => renderEntry(entry, paints.stdout)).join(''));
  if (entries.length === 0) output.stderr('No entry of the audit log of this folder is about that.\n');
  if (reading.problems.length > 0)
    output.stderr(
      'The audit log is damaged, and this is what can be vouched for: clctl audit verify tells more.\n',
    );
  return exitCodes.good;
}

function verify(reading: AuditReading, json: boolean, { output }: CommandContext): ExitCode {
  const { entries, problems, foreign, cut, forgotten, files } = reading;
  const isWhole = problems.length === 0;
  const last = entries.at(-1);
  if (json)
    output.stdout(
      renderJson({
        whole: isWhole,
        foreign,
        cut,
        forgotten,
        entries: entries.length,
        last: last === undefined ? null : { seq: last.seq, at: new Date(last.at).toISOString() },
        files,
        problems,
      }),
    );
  else output.stdout(describeReading(reading));
  return isWhole ? exitCodes.good : exitCodes.findings;
}

function describeReading({ entries, problems, foreign, cut, forgotten, files }: AuditReading): string {
  if (files.length === 0)
    return 'Nobody has asked for a right in this folder yet, so there is no audit log.\n';
  const place = `${plainLine(files.join(', '))}\n`;
  if (foreign)
    return `The audit log was not written by this installation for this folder, or its key is another one.\n${place}`;
  const last = entries.at(-1);
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  const until = last === undefined ? '' : `, the last one ${new Date(last.at).toISOString()}`;
  const tail = cut
    ? 'Its last line has no end: a process ended while it wrote, and what it asked for was not given.\n'
    : '';
  const gone =
    forgotten === 0
      ? ''
      : `The oldest ${forgotten} are gone since the log is bounded, as one of its lines vouches for.\n`;
  if (problems.length === 0) return `The audit log is whole: ${count}${until}.\n${gone}${tail}${place}`;
  const said = problems.map((problem) => `${plainLine(describeAuditProblem(problem))}\n`).join('');
  return `The audit log is damaged. ${count} can be vouched for${until}.\n${said}${tail}`;
}
