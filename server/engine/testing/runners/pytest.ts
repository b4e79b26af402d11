import type { TestRunOutcome } from '../../../protocol/tests.ts';
import { readJunit } from '../reports/readJunit.ts';
import { readCoverageContexts } from '../coverage/readCoverageContexts.ts';
import { readCoveragePy } from '../coverage/readCoveragePy.ts';
import { lineCollector } from '../reports/lineCollector.ts';
import { readLcov } from '../coverage/readLcov.ts';
import { agree, cleanDetail } from '../reports/reportText.ts';
import type { PackageFacts } from '../packageFacts.ts';
import {
  findPythonTests,
  isPythonTest,
  missingEnvironment,
  newPythonTestPath,
  pythonRootMarks,
} from './pythonPackage.ts';
import type { CommandRequest, Detection, ReportReading, Runner, RunnerCommand } from './runner.ts';

const reportName = 'pytest.xml';
const coverageName = 'pytest.lcov';
/** pytest's exit code for "no tests collected". */
const noTestsCode = 5;

/** `python -m pytest`, 6 and newer; coverage by pytest-cov, and which test ran which line by our own collector where that is missing. */
export const pytest: Runner = {
  id: 'pytest',
  title: 'pytest',
  language: 'python',
  rootMarks: pythonRootMarks,
  handles: (path) => path.endsWith('.py'),
  detect,
  isTestFile: isPythonTest,
  newTestPath: newPythonTestPath,
  command,
  read,
  readCoverage: (text, paths) => (text.startsWith('{') ? readCoveragePy : readLcov)(text, paths),
  readPerTest: readCoverageContexts,
  findTests: (source) => findPythonTests(source, true),
  advice:
    'Tests run with pytest. Write plain functions named `test_…` with bare `assert`; use `pytest.raises` and `pytest.mark.parametrize` where they fit. Use nothing outside the standard library and pytest unless the project already does.',
};

/** Python's default: it runs what unittest runs too. */
function detect({ names, imports, dependencies, config }: PackageFacts): Detection {
  if (imports.has('pytest')) return { certainty: 'sure', why: 'a test imports pytest' };
  if (names.includes('pytest.ini')) return { certainty: 'configured', why: 'pytest.ini is there' };
  if (names.includes('conftest.py')) return { certainty: 'configured', why: 'conftest.py is there' };
  for (const [name, section] of sections)
    if (section.test(config(name) ?? ''))
      return { certainty: 'configured', why: `${name} configures pytest` };
  if (dependencies.has('pytest')) return { certainty: 'likely', why: 'the package depends on pytest' };
  return { certainty: 'possible', why: 'it is the usual runner of Python' };
}

const sections: readonly (readonly [string, RegExp])[] = [
  ['pyproject.toml', /^\[tool\.pytest\b/mu],
  ['setup.cfg', /^\[tool:pytest\]/mu],
  ['tox.ini', /^\[pytest\]/mu],
];

/** pytest with tests in another order: modules, the classes of each, and the tests of each. */
const shuffledPytest = String.raw`
import importlib.util, random, sys
import pytest
seed, args = sys.argv[1], sys.argv[2:]


class Shuffle:
    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        def shuffled(group, keys):
            if not keys:
                dice.shuffle(group)
                return group
            parts = {}
            for item in group:
                parts.setdefault(keys[0](item), []).append(item)
            names = list(parts)
            dice.shuffle(names)
            return [item for name in names for item in shuffled(parts[name], keys[1:])]

        dice = random.Random(int(seed))
        items[:] = shuffled(items, [lambda item: str(item.fspath), lambda item: str(getattr(item, "cls", None))])


if importlib.util.find_spec("pytest_randomly"):
    sys.exit(pytest.main(["--randomly-seed=" + seed, *args]))
if importlib.util.find_spec("random_order"):
    sys.exit(pytest.main(["--random-order-seed=" + seed, *args]))
sys.exit(pytest.main(args, plugins=[Shuffle()]))
`;

/**
 * pytest with the report that says which test ran which line: that of coverage.py in the place of the plain one, which stays
 * where it cannot be written; without pytest-cov, that of our own collector. Takes the report, how many arguments are for
 * pytest-cov alone, and then all of them.
 */
const measuredPytest = String.raw`
import importlib.util, os, sys
import pytest
report, count, args, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3:], os.getcwd()
${lineCollector}

class Lines:
    def __init__(self):
        self.lines = collect_lines(folder)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        self.lines.begin(item.nodeid)
        yield
        self.lines.begin("")


if importlib.util.find_spec("pytest_cov") is None:
    meter = Lines()
    code = pytest.main(args[count:], plugins=[meter])
    write = meter.lines.write
else:
    code = pytest.main(args)

    def write(path):
        import coverage
        measured = coverage.Coverage()
        measured.load()
        measured.set_option("json:show_contexts", True)
        measured.json_report(outfile=path)


try:
    os.chdir(folder)
    write(report + ".json")
    os.replace(report + ".json", report)
except Exception as error:
    print("Which test ran which line is not known:", error, file=sys.stderr)
sys.exit(code)
`;

function command({ program, files, ids, reports, coverage, seed, failFast }: CommandRequest): RunnerCommand {
  const isPerTest = coverage === 'perTest' && seed === undefined;
  // `--cov` takes an optional value, so it must not stand before a file name.
  const cover =
    coverage !== 'none'
      ? ['--cov', '--cov-branch', '--cov-fail-under=0', `--cov-report=lcov:${reports}/${coverageName}`]
      : [];
  if (isPerTest) cover.push('--cov-context=test');
  const main = isPerTest
    ? ['-c', measuredPytest, `${reports}/${coverageName}`, String(cover.length)]
    : ['-m', 'pytest'];
  const targets = ids.length > 0 ? ids.map((id) => id.replace(/#\d+$/u, '')) : files;
  return {
    argv: [
      ...program,
      ...(seed === undefined ? main : ['-c', shuffledPytest, String(seed)]),
      ...cover,
      '--color=yes',
      // Written into a read-only tree, a cache would only make warnings.
      '-pno:cacheprovider',
      '-ojunit_family=xunit1',
      `--junitxml=${reports}/${reportName}`,
      ...(failFast === true ? ['--maxfail=1'] : []),
      '--',
      ...targets,
    ],
    // A tree that is to be read only cannot take the data file of coverage.py.
    env: {
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUNBUFFERED: '1',
      ...(coverage !== 'none' ? { COVERAGE_FILE: `${reports}/coverage.data` } : {}),
    },
    display: ['python -m pytest', ...(coverage !== 'none' ? ['--cov'] : []), ...targets].join(' '),
    report: reportName,
    ...(seed === undefined
      ? {}
      : { shuffled: 'the tests, by pytest-randomly or pytest-random-order where one is installed' }),
    ...(coverage !== 'none' ? { coverageReport: coverageName } : {}),
  };
}

function read(reading: ReportReading): TestRunOutcome {
  const { exitCode, output, report } = reading;
  // Without a report nothing ran, so that these words are the interpreter's and not a test's.
  if (report === undefined && /No module named '?pytest\b/u.test(output)) {
    return {
      kind: 'runnerMissing',
      message:
        'pytest is not installed for this Python. Install it (python -m pip install pytest), or choose another interpreter in codegenLab.tests.pythonPath.',
    };
  }
  if (report === undefined && /unrecognized arguments:.*--cov/u.test(output)) {
    return { kind: 'runnerMissing', message: 'Coverage needs pytest-cov: python -m pip install pytest-cov.' };
  }
  const unmade = report === undefined ? missingEnvironment(output) : undefined;
  if (unmade !== undefined) return unmade;
  const tests = report === undefined ? undefined : readJunit(report, reading.paths);
  if (!tests) {
    const message = `pytest ended with code ${exitCode} and left no whole report. Look at its output.`;
    return { kind: 'noReport', message, output: cleanDetail(output) };
  }
  if (tests.length === 0 && exitCode === noTestsCode) {
    return { kind: 'noTests', message: 'pytest collected no test in these files.' };
  }
  return agree(tests, exitCode, reading);
}
