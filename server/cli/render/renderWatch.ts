import type { Finding } from '../../protocol/text.ts';
import type { RunView } from '../../protocol/viewState.ts';
import { pathShower, type CommandContext } from '../commandContext.ts';
import type { FoundChange } from '../commands/foundSoFar.ts';
import { plainLine } from './plainText.ts';
import { renderFindings } from './renderFindings.ts';
import { renderJson } from './renderJson.ts';

/** Tells a person or a program what a watch sees. */
export interface WatchReport {
  began(rules: number, found: FoundChange): void;
  /** Nothing is told where nothing is otherwise. */
  changed(found: FoundChange): void;
  bulk(files: number): void;
  ran(run: RunView): void;
  polling(reason: string): void;
}

export type WatchFormat = 'human' | 'json';

type ReportContext = Pick<CommandContext, 'root' | 'cwd' | 'paints' | 'output'>;

export function createWatchReport(format: WatchFormat, context: ReportContext): WatchReport {
  return format === 'json' ? jsonReport(context) : humanReport(context);
}

const noReason = 'The system watches no more folders';

function humanReport(context: ReportContext): WatchReport {
  const { output, paints } = context;
  const showPath = pathShower(context);
  const paint = paints.stdout;
  const tellFindings = ({ added, fixed, left }: FoundChange): void => {
    for (const finding of fixed) output.stdout(`${paint.green('fixed')} ${place(finding, showPath)}\n`);
    if (added.length > 0) output.stdout(renderFindings({ findings: added, showPath, paint }));
    if (fixed.length > 0 || added.length > 0) output.stdout(paint.dim(`${left} left.\n`));
  };
  return {
    began(rules, found) {
      output.stdout(renderFindings({ findings: found.added, showPath, paint }));
      output.stderr(`Watching ${plainLine(context.root)} with ${rules} rules. Press Ctrl+C to stop.\n`);
    },
    changed: tellFindings,
    bulk: (files) =>
      output.stderr(`${files} files were changed at once: they are checked, and no rule starts anything.\n`),
    ran: ({ rule, file, outcome = '', message }) =>
      output.stdout(
        `${paint.bold(plainLine(rule))} on ${plainLine(showPath(file))}: ${outcome}. ${plainLine(message)}\n`,
      ),
    polling: (reason) =>
      output.stderr(`${noReason} (${plainLine(reason)}), so all files are looked at every second.\n`),
  };
}

function place({ path, rule, message }: Finding, showPath: (path: string) => string): string {
  return `${plainLine(showPath(path))}: ${plainLine(message)}${rule === undefined ? '' : ` (${plainLine(rule)})`}`;
}

/** One JSON document per line. */
function jsonReport({ output }: ReportContext): WatchReport {
  const write = (value: unknown): void => output.stdout(`${renderJson(value).replace(/\n\s*/gu, '')}\n`);
  return {
    began: (rules, { added, left }) => write({ event: 'began', rules, added, left }),
    changed(found) {
      if (found.added.length + found.fixed.length > 0) write({ event: 'changed', ...found });
    },
    bulk: (files) => write({ event: 'bulk', files }),
    ran: ({ run, rule, file, outcome, code, message }) =>
      write({ event: 'ran', run, rule, file, outcome, code, message }),
    polling: (reason) => write({ event: 'polling', reason }),
  };
}
