import type { Finding, Severity } from '../../protocol/text.ts';
import { plainLine } from './plainText.ts';

export interface GithubView {
  readonly findings: readonly Finding[];
  readonly showPath: (path: string) => string;
}

const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Findings as annotations of GitHub Actions, one line each, see
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions. Escaped as its toolkit does, so that no
 * path or message can end a line or begin a command of its own.
 */
export function renderGithub({ findings, showPath }: GithubView): string {
  return findings.map((finding) => `${renderLine(finding, showPath(finding.path))}\n`).join('');
}

function renderLine({ range: { start, end }, severity, code, message }: Finding, path: string): string {
  const isOneLine = start.line === end.line;
  const properties: readonly (readonly [string, string | number])[] = [
    ['file', plainLine(path)],
    ['line', start.line + 1],
    ['endLine', end.line + 1],
    // Columns are taken only where both ends are on one line.
    ...(isOneLine
      ? ([
          ['col', start.character + 1],
          ['endColumn', Math.max(end.character, start.character + 1)],
        ] as const)
      : []),
    ['title', code],
  ];
  const written = properties.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',');
  return `::${commands[severity]} ${written}::${escapeData(plainLine(message))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
