import type { Finding, Severity } from '../../protocol/text.ts';
import type { Paint } from './paint.ts';
import { plainLine } from './plainText.ts';

export interface FindingsView {
  readonly findings: readonly Finding[];
  /** How a path is shown. */
  readonly showPath: (path: string) => string;
  readonly paint: Paint;
}

/** Findings by file, one line each, and a last line with their number. */
export function renderFindings({ findings, showPath, paint }: FindingsView): string {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const found = files.get(finding.path);
    if (found === undefined) files.set(finding.path, [finding]);
    else found.push(finding);
  }
  const blocks = [...files].map(
    ([path, found]) => `${paint.bold(plainLine(showPath(path)))}\n${renderRows(found, paint)}\n`,
  );
  return `${blocks.join('')}${renderTotal(findings, paint)}\n`;
}

function renderRows(findings: readonly Finding[], paint: Paint): string {
  const rows = findings
    .toSorted(
      (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
    )
    .map((finding) => ({
      place: `${finding.range.start.line + 1}:${finding.range.start.character + 1}`,
      severity: finding.severity,
      message: plainLine(finding.message),
      source: plainLine(finding.rule === undefined ? finding.code : `${finding.code} (${finding.rule})`),
    }));
  const width = (key: 'place' | 'severity' | 'message'): number =>
    Math.min(100, Math.max(...rows.map((row) => row[key].length)));
  return rows
    .map(
      ({ place, severity, message, source }) =>
        `  ${paint.dim(place.padStart(width('place')))}  ` +
        `${colourOf(severity, paint)(severity.padEnd(width('severity')))}  ` +
        `${message.padEnd(width('message'))}  ${paint.dim(source)}\n`,
    )
    .join('');
}

function renderTotal(findings: readonly Finding[], paint: Paint): string {
  if (findings.length === 0) return paint.green('No problems.');
  const counts = (['error', 'warning', 'information', 'hint'] as const)
    .map(
      (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count > 1 && severity !== 'information' ? 's' : ''}`);
  const worst = findings.some((finding) => finding.severity === 'error') ? paint.red : paint.yellow;
  return worst(counts.join(', '));
}

function colourOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, information: paint.cyan, hint: paint.dim }[severity];
}
