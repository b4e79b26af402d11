import type { Finding } from '../../../protocol/text.ts';

const maxProblems = 200;

/** Problems as tools print them, a line each: `src/a.ts:3:5: error: message [code]`. */
export function problemLines(findings: readonly Finding[]): string {
  const lines = findings
    .slice(0, maxProblems)
    .map(
      ({ path, range: { start }, severity, message, code }) =>
        `${path}:${start.line + 1}:${start.character + 1}: ${severity}: ${message} [${code}]`,
    );
  const more = findings.length - lines.length;
  return [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n');
}
