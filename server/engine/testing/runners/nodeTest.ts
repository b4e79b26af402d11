import { nodeReporterUrl } from '../reports/nodeReporter.ts';
import { readNodeCoverage, readNodeEvents } from '../reports/readNodeEvents.ts';
import type { PackageFacts } from '../packageFacts.ts';
import { detectNodeRunner } from './detectNodeRunner.ts';
import type { TestRunOutcome } from '../../../protocol/tests.ts';
import type { CommandRequest, Detection, ReportReading, Runner, RunnerCommand } from './runner.ts';

const reportName = 'node-test.jsonl';

/** `node --test` of Node 20 and newer; of TypeScript where Node takes the types off by itself. */
export const nodeTest: Runner = {
  id: 'node-test',
  title: 'node --test',
  language: 'node',
  rootMarks: ['package.json'],
  handles: (path) => /\.[cm]?[jt]s$/u.test(path) && !isDeclaration(path),
  detect,
  isTestFile: (path) =>
    !isDeclaration(path) &&
    /(?:^|\/)(?:tests?|__tests__)\/.*\.[cm]?[jt]s$|(?:^|[/.\-_])test\.[cm]?[jt]s$|(?:^|\/)test-[^/]+\.[cm]?[jt]s$/u.test(
      path,
    ),
  newTestPath,
  command,
  read,
  readCoverage: readNodeCoverage,
  advice:
    'Tests run with `node --test`. Import `test` or `describe` and `it` from `node:test`, and assertions from `node:assert/strict`. Use no other test library.',
};

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/u.test(path);
}

/**
 * Node's own, so that nothing has to be installed for it; every other runner that says anything comes first. TypeScript has to
 * name it: most of it is not meant to run as it is.
 */
function detect(facts: PackageFacts): Detection | undefined {
  const found = detectNodeRunner(facts, { module: /^node:test\b/u, script: /\bnode\b.*\s--test\b/u });
  if (found !== undefined || !facts.path.endsWith('js')) return found;
  return { certainty: 'possible', why: 'nothing names another runner, and Node has this one built in' };
}

function read(reading: ReportReading): TestRunOutcome {
  const outcome = readNodeEvents(reading);
  const isTooOld =
    outcome.kind === 'finished' &&
    outcome.tests.some(({ status, failure }) => status === 'errored' && oldNode.test(failure?.detail ?? ''));
  if (!isTooOld) return outcome;
  return {
    kind: 'runnerMissing',
    message:
      'This Node does not run TypeScript. Use Node 22.18 or 23.6 or newer, which take the types off by themselves, or another runner (codegenLab.tests.runner).',
  };
}

const oldNode = /ERR_UNKNOWN_FILE_EXTENSION\]: Unknown file extension "\.[cm]?ts"/u;

function command({ program, files, ids, reports, coverage }: CommandRequest): RunnerCommand {
  const names = ids.map((id) => `--test-name-pattern=${exactName(id)}`);
  const flags = ['--test', ...(coverage !== 'none' ? ['--experimental-test-coverage'] : []), ...names];
  const reporters = [
    `--test-reporter=${nodeReporterUrl}`,
    `--test-reporter-destination=${reports}/${reportName}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
  ];
  return {
    argv: [...program, ...flags, ...reporters, ...files.map(asOperand)],
    env: {},
    display: ['node', ...flags, ...files].join(' '),
    report: reportName,
    ...(coverage !== 'none' ? { coverageReport: reportName } : {}),
  };
}

/**
 * A file name that begins with a dash must not be read as a flag, and since Node 21 none as a pattern. Braces are expanded whatever
 * stands around them, so that the closing one stands for any character. Node 20 knows no patterns: there a name stays as it is
 * unless it holds such a character.
 */
function asOperand(path: string): string {
  const literal = path.replaceAll(/[[\]*?{]|(?<=[@!+*?])\(/gu, '[$&]').replaceAll('}', '?');
  return literal.startsWith('-') ? `./${literal}` : literal;
}

/** The runner matches names, not ids: the last part, quoted as a regular expression. */
function exactName(id: string): string {
  const name = (id.split('::').at(-1) ?? id).replace(/#\d+$/u, '');
  return `/(^| )${name.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`)}$/`;
}

/** Beside the nearest tests; `src/a.js` with tests in `test/` gives `test/a.generated.test.js`. */
function newTestPath(source: string, near: string | undefined): string {
  const name = source.slice(source.lastIndexOf('/') + 1);
  const [, stem = name, ext = 'js'] = /^(.*)\.([cm]?js)$/u.exec(name) ?? [];
  const folder = near === undefined ? 'test' : near.slice(0, Math.max(0, near.lastIndexOf('/')));
  return `${folder === '' ? '' : `${folder}/`}${stem}.generated.test.${ext}`;
}
