import type { ScanFinding, Scanner, SeverityTable } from './scanner.ts';
import { fieldsOf, linkOf, listOf, parseReport, placeOf, textOf } from './reportValues.ts';

/** ruff's own severity is that of a linter. These run what comes from elsewhere, or switch a check off. */
const grave: SeverityTable = Object.fromEntries(
  'S102 S105 S106 S107 S202 S301 S302 S305 S306 S307 S312 S321 S323 S501 S502 S503 S506 S507 S508 S509 S601 S602 S604 S605 S608 S609 S611 S612 S701 S702 S704'
    .split(' ')
    .map((rule) => [rule, 'error'] as const),
);
/** Worth a look at most. */
const slight: SeverityTable = Object.fromEntries(
  'S101 S110 S112 S311 S401 S402 S403 S404 S405 S406 S407 S408 S409 S411 S412 S413 S415 S603 S606 S607'
    .split(' ')
    .map((rule) => [rule, 'information'] as const),
);

/** The rules `S` of ruff, which are those of bandit. */
export const ruff: Scanner = {
  id: 'ruff',
  title: 'ruff',
  handles: (path) => /\.pyi?$/u.test(path),
  async find({ exists, text }) {
    for (const venv of ['.venv', 'venv', 'env'])
      if (await exists(`${venv}/bin/ruff`)) return { kind: 'file', path: `${venv}/bin/ruff` };
    const isConfigured =
      (await exists('ruff.toml')) ||
      (await exists('.ruff.toml')) ||
      /^\[tool\.ruff|["']ruff\b/mu.test((await text('pyproject.toml')) ?? '');
    return isConfigured ? { kind: 'onPath', name: 'ruff' } : undefined;
  },
  // Comments that silence a rule are not heard: the code that is judged may hold them.
  command: ({ program, files }) => ({
    argv: [
      ...program,
      'check',
      ...['--select', 'S', '--output-format', 'json', '--ignore-noqa', '--no-cache', '--no-fix'],
      ...['--exit-zero', '--', ...files],
    ],
    display: `ruff check --select S ${files.join(' ')}`,
  }),
  read({ text, exitCode }) {
    const report = parseReport(text);
    if (!Array.isArray(report))
      return { kind: 'unreadable', reason: `it ended with code ${exitCode} and printed no report` };
    return { kind: 'read', findings: listOf(report).flatMap(readFinding) };
  },
};

function readFinding(value: unknown): readonly ScanFinding[] {
  const { code, filename, message, location, end_location: end, url } = fieldsOf(value);
  const [rule, path, said] = [textOf(code), textOf(filename), textOf(message)];
  // A text that does not parse is the concern of other gates, and asserts are how Python's tests speak.
  if (rule === undefined || path === undefined || said === undefined || !/^S\d+$/u.test(rule)) return [];
  if (rule === 'S101' && isPythonTest(path)) return [];
  const [from, to] = [fieldsOf(location), fieldsOf(end)];
  const range = { start: placeOf(from['row'], from['column'], 1), end: placeOf(to['row'], to['column'], 1) };
  const severity = grave[rule] ?? slight[rule] ?? 'warning';
  return [{ path, range, severity, rule, message: said, ...linkOf(url) }];
}

export function isPythonTest(path: string): boolean {
  return /(?:^|\/)(?:tests?\/.*|test_[^/]*|[^/]*_test|conftest)\.py$|(?:^|\/)tests?\//u.test(path);
}
