import type { Finding } from '../../protocol/text.ts';
import { plainLine } from './plainText.ts';

export interface JunitView {
  readonly findings: readonly Finding[];
  readonly showPath: (path: string) => string;
}

/**
 * Findings as a JUnit report: a suite per file, a case per finding. Errors are failures; what is less is a case that passed
 * and says it in its output, so that the report is red where the exit code is. Without findings it has one case, which passed.
 */
export function renderJunit({ findings, showPath }: JunitView): string {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const found = files.get(finding.path);
    if (found === undefined) files.set(finding.path, [finding]);
    else found.push(finding);
  }
  const suites = [...files].map(([path, found]) => renderSuite(plainLine(showPath(path)), found));
  const content = suites.length > 0 ? suites : [passed];
  const totals = countsOf(findings.length === 0 ? 1 : findings.length, findings);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="codegen-lab" ${totals}>\n${content.join('')}</testsuites>\n`;
}

const passed =
  '  <testsuite name="codegen-lab" tests="1" failures="0" errors="0">\n    <testcase classname="codegen-lab" name="No problems"/>\n  </testsuite>\n';

function countsOf(tests: number, findings: readonly Finding[]): string {
  const failures = findings.filter(({ severity }) => severity === 'error').length;
  return `tests="${tests}" failures="${failures}" errors="0"`;
}

function renderSuite(path: string, findings: readonly Finding[]): string {
  const cases = findings.map((finding) => renderCase(path, finding)).join('');
  return `  <testsuite name="${escape(path)}" ${countsOf(findings.length, findings)}>\n${cases}  </testsuite>\n`;
}

function renderCase(path: string, { range: { start }, severity, code, message, rule }: Finding): string {
  const place = `${start.line + 1}:${start.character + 1}`;
  const source = plainLine(rule === undefined ? code : `${code} (${rule})`);
  const said = escape(plainLine(message));
  const text = `${escape(`${path}:${place}`)}: ${said}`;
  const outcome =
    severity === 'error'
      ? `<failure type="error" message="${said}">${text}</failure>`
      : `<system-out>${severity}: ${text}</system-out>`;
  return `    <testcase classname="${escape(path)}" name="${escape(`${place} ${source}`)}" file="${escape(path)}" line="${start.line + 1}">${outcome}</testcase>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Of the characters that no XML document may hold, harmless lines have these two left. */
function escape(text: string): string {
  return text.replaceAll(/["&<>\uFFFE\uFFFF]/g, (character) => entities[character] ?? '\uFFFD');
}
