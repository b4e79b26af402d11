import { readCoverageContexts } from '../coverage/readCoverageContexts.ts';
import { readCoveragePy } from '../coverage/readCoveragePy.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { readUnittestEvents } from '../reports/readUnittestEvents.ts';
import { unittestReporter } from '../reports/unittestReporter.ts';
import type { PackageFacts } from '../packageFacts.ts';
import {
  findPythonTests,
  isPythonTest,
  missingEnvironment,
  newPythonTestPath,
  pythonRootMarks,
} from './pythonPackage.ts';
import type { CommandRequest, Detection, Runner, RunnerCommand } from './runner.ts';

const reportName = 'unittest.jsonl';
const coverageName = 'unittest.lcov';

/**
 * `python -m unittest` of Python 3.8 and newer; coverage by coverage.py, and which test ran which line by our own
 * collector where that is missing.
 */
export const unittest: Runner = {
  id: 'unittest',
  title: 'unittest',
  language: 'python',
  rootMarks: pythonRootMarks,
  handles: (path) => path.endsWith('.py'),
  detect,
  isTestFile: isPythonTest,
  newTestPath: newPythonTestPath,
  command,
  read: (reading) =>
    (reading.report === undefined ? missingEnvironment(reading.output) : undefined) ??
    readUnittestEvents(reading),
  readCoverage: (text, paths) => (text.startsWith('{') ? readCoveragePy : readLcov)(text, paths),
  readPerTest: readCoverageContexts,
  findTests: (source) => findPythonTests(source, false),
  advice:
    'Tests run with unittest. Write classes that derive from `unittest.TestCase` with methods named `test_…` and its assertions; use `self.subTest` where there are several cases. Use nothing outside the standard library unless the project already does.',
};

/** Only where nothing speaks for pytest, which runs the same tests. */
function detect({ imports, dependencies, names, scripts, config }: PackageFacts): Detection | undefined {
  if (dependencies.has('pytest') || imports.has('pytest')) return undefined;
  if (names.includes('pytest.ini') || names.includes('conftest.py')) return undefined;
  const tox = config('tox.ini') ?? '';
  if (/\bpython3? -m unittest\b/u.test([tox, ...scripts].join('\n')))
    return { certainty: 'likely', why: 'tox.ini runs it' };
  if (imports.has('unittest'))
    return { certainty: 'likely', why: 'a test imports unittest, and nothing names pytest' };
  return undefined;
}

function command({ program, files, ids, reports, coverage, seed, failFast }: CommandRequest): RunnerCommand {
  const names = ids.map(nameOf);
  const shown = ids.length > 0 ? [...new Set(names.map(([path]) => path))] : files;
  const asked = {
    files: shown,
    // The id of a whole file names nothing in it.
    names: names.filter(([, name]) => name !== ''),
    seed: seed ?? null,
    failFast: failFast === true,
    coverage: coverage === 'none' ? null : `${reports}/${coverageName}`,
    perTest: coverage === 'perTest',
    data: `${reports}/coverage.data`,
  };
  const words =
    ids.length > 0 ? names.map(([path, name]) => (name === '' ? path : dotted(path, name))) : files;
  return {
    argv: [
      ...program,
      `${reports}/${unittestReporter.name}`,
      `${reports}/${reportName}`,
      JSON.stringify(asked),
    ],
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
    display: ['python -m unittest', ...words].join(' '),
    report: reportName,
    support: [unittestReporter],
    ...(coverage === 'none' ? {} : { coverageReport: coverageName }),
    ...(seed === undefined ? {} : { shuffled: 'classes, and the tests of each' }),
  };
}

/** Path and `Class.method`: a subtest cannot be run alone, so that the test around it is. */
function nameOf(id: string): readonly [string, string] {
  const [path = '', ...parts] = id.replace(/#\d+$/u, '').split('::');
  const end = parts.findIndex((part) => !/^\w+$/u.test(part));
  return [path, (end < 0 ? parts : parts.slice(0, end)).filter((part) => part !== '').join('.')];
}

function dotted(path: string, name: string): string {
  return `${path.replace(/\.py$/u, '').replaceAll('/', '.')}.${name}`;
}
