import type { ScanFinding, Scanner, SeverityTable } from './scanner.ts';
import { fieldsOf, listOf, parseReport, placeOf, textOf } from './reportValues.ts';

const severities: SeverityTable = {
  'detect-eval-with-expression': 'error',
  'detect-child-process': 'error',
  'detect-bidi-characters': 'error',
  'detect-invisible-characters': 'error',
  'detect-disable-mustache-escape': 'error',
  // It reports nearly each access by a variable.
  'detect-object-injection': 'information',
  'detect-non-literal-fs-filename': 'information',
};

/** All rules of the plugin, for scripts, and for TypeScript where the project has a parser for it. Nothing else of a configuration counts. */
const configuration = `import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(join(process.cwd(), 'package.json'));
const tryLoad = (name) => {
  try {
    return load(name);
  } catch {
    return undefined;
  }
};
const security = load('eslint-plugin-security');
const parser = tryLoad('@typescript-eslint/parser') ?? tryLoad('typescript-eslint')?.parser;
const rules = Object.fromEntries(Object.keys(security.rules).map((name) => ['security/' + name, 'warn']));
const checked = {
  plugins: { security },
  rules,
  // Comments that silence a rule are not heard: the code that is judged may hold them.
  linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
};
const jsx = { parserOptions: { ecmaFeatures: { jsx: true } } };
export default [
  { ...checked, files: ['**/*.js', '**/*.mjs', '**/*.jsx'], languageOptions: jsx },
  { ...checked, files: ['**/*.cjs'], languageOptions: { ...jsx, sourceType: 'commonjs' } },
  ...(parser === undefined
    ? []
    : [{ ...checked, files: ['**/*.ts', '**/*.mts', '**/*.cts', '**/*.tsx'], languageOptions: { ...jsx, parser } }]),
];
`;

const configurationName = 'scan.config.mjs';

/** eslint-plugin-security, by the project's ESLint 9 or newer. */
export const eslintSecurity: Scanner = {
  id: 'eslint',
  title: 'eslint-plugin-security',
  handles: (path) => /\.(?:[cm]?[jt]s|[jt]sx)$/u.test(path) && !/\.d\.[cm]?ts$/u.test(path),
  async find({ exists }) {
    if (!(await exists('node_modules/eslint-plugin-security/package.json'))) return undefined;
    return (await exists('node_modules/eslint/package.json'))
      ? { kind: 'npm', package: 'eslint' }
      : {
          kind: 'missing',
          message: 'ESLint itself is not installed beside it. Install it: npm install --save-dev eslint.',
        };
  },
  command: ({ program, files, support }) => ({
    argv: [
      ...program,
      ...['--no-config-lookup', '--config', `${support}/${configurationName}`, '--format', 'json'],
      ...['--no-ignore', '--no-warn-ignored', '--no-error-on-unmatched-pattern', '--', ...files],
    ],
    display: `eslint --plugin security ${files.join(' ')}`,
    support: [{ name: configurationName, text: configuration }],
  }),
  leavesOut: 'For TypeScript the project needs @typescript-eslint/parser.',
  read({ text, exitCode }) {
    const report = parseReport(text);
    if (!Array.isArray(report))
      return { kind: 'unreadable', reason: `it ended with code ${exitCode} and printed no report` };
    const files = listOf(report);
    return { kind: 'read', findings: files.flatMap(readFile), looked: files.flatMap(lookedAt) };
  },
};

/** A file that did not parse is reported with that alone. */
function lookedAt(value: unknown): readonly string[] {
  const { filePath, fatalErrorCount } = fieldsOf(value);
  const path = textOf(filePath);
  return path === undefined || fatalErrorCount !== 0 ? [] : [path];
}

function readFile(value: unknown): readonly ScanFinding[] {
  const { filePath, messages } = fieldsOf(value);
  const path = textOf(filePath);
  return path === undefined ? [] : listOf(messages).flatMap((message) => readMessage(path, message));
}

function readMessage(path: string, value: unknown): readonly ScanFinding[] {
  const { ruleId, message, line, column, endLine, endColumn } = fieldsOf(value);
  const rule = /^security\/([\w-]+)$/u.exec(textOf(ruleId) ?? '')?.[1];
  const said = textOf(message);
  if (rule === undefined || said === undefined) return [];
  const start = placeOf(line, column, 1);
  const end = endLine === undefined ? start : placeOf(endLine, endColumn, 1);
  const severity = severities[rule] ?? 'warning';
  const learnMore = `https://github.com/eslint-community/eslint-plugin-security/blob/main/docs/rules/${rule}.md`;
  return [{ path, range: { start, end }, severity, rule, message: said, learnMore }];
}
