import type { Severity } from '../../protocol/text.ts';
import { isPythonTest } from './ruff.ts';
import type { ScanFinding, Scanner } from './scanner.ts';
import { fieldsOf, linkOf, listOf, parseReport, placeOf, textOf } from './reportValues.ts';

const severities: Readonly<Record<string, Severity>> = {
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'information',
};

/** bandit, where a project has it. */
export const bandit: Scanner = {
  id: 'bandit',
  title: 'bandit',
  handles: (path) => path.endsWith('.py'),
  async find({ exists }) {
    for (const venv of ['.venv', 'venv', 'env'])
      if (await exists(`${venv}/bin/bandit`)) return { kind: 'module', name: 'bandit' };
    return undefined;
  },
  command: ({ program, files }) => ({
    argv: [...program, '-f', 'json', '-q', '--exit-zero', '--ignore-nosec', '--', ...files],
    display: `bandit ${files.join(' ')}`,
  }),
  read({ text, exitCode }) {
    const report = fieldsOf(parseReport(text));
    if (!Array.isArray(report['results']))
      return { kind: 'unreadable', reason: `it ended with code ${exitCode} and printed no report` };
    const failed = new Set(listOf(report['errors']).map((error) => textOf(fieldsOf(error)['filename'])));
    const looked = Object.keys(fieldsOf(report['metrics'])).filter(
      (path) => path !== '_totals' && !failed.has(path),
    );
    return { kind: 'read', findings: listOf(report['results']).flatMap(readFinding), looked };
  },
};

function readFinding(value: unknown): readonly ScanFinding[] {
  const result = fieldsOf(value);
  const [rule, path, message] = [
    textOf(result['test_id']),
    textOf(result['filename']),
    textOf(result['issue_text']),
  ];
  if (rule === undefined || path === undefined || message === undefined) return [];
  if (rule === 'B101' && isPythonTest(path)) return [];
  const start = placeOf(result['line_number'], result['col_offset'], 0);
  const severity = severities[textOf(result['issue_severity']) ?? ''] ?? 'warning';
  return [
    {
      path: path.replace(/^\.\//u, ''),
      range: { start, end: endOf(start, result['end_col_offset']) },
      severity,
      rule,
      message,
      ...linkOf(result['more_info']),
    },
  ];
}

function endOf(start: ScanFinding['range']['start'], column: unknown): ScanFinding['range']['end'] {
  const end = placeOf(1, column, 0).character;
  return { line: start.line, character: Math.max(end, start.character) };
}
